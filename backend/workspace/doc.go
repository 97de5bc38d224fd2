// Package workspace opens and closes what the window works on: a partner's
// replica, its syncing, and the Back Office that runs embedded on this
// computer. It decides which screen comes first and keeps the partner's
// credential in the OS keyring.
//
// It wires packages together and holds no rule about customers.
package workspace
