// Package update tells whether a newer Partner Desk is there. It reads a small
// manifest that the publisher has signed (minisign), at an address that can be
// changed, and only when the user has asked for it. It never fetches or replaces
// a program.
package update
