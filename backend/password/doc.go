// Package password hashes, verifies, judges and makes passwords.
//
// A password never leaves this package in clear, and never reaches a log or an
// error message. Hashes are argon2id PHC strings; a stored hash with parameters
// outside fixed bounds is refused before any work is done for it.
package password
