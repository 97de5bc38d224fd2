// Package store is the Back Office's SQLite database and the one place where
// the rules of a customer account are enforced: what a change of status or
// username does to links, mails and sessions, who may see what, and what is
// written to the history.
//
// Every method that changes something is one transaction. Tokens of sign-ins,
// links, tickets and sessions are kept as SHA-256 only; a mail keeps its text
// and link only while it waits to go out. The package knows nothing of HTTP,
// SMTP or pages, and never holds a password in clear.
package store
