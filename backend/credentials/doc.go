// Package credentials keeps secrets in the OS keyring: the Secret Service on
// Linux (GNOME Keyring, KWallet), the Keychain on macOS, the Credential Manager
// on Windows. A secret is never written anywhere else and never logged.
//
// A keyring that is missing, locked or silent is an error of its own and is
// never taken for "no such secret"; nothing is overwritten on it.
package credentials
