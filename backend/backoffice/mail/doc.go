// Package mail writes the Back Office's letters to customers, and sends them
// by SMTP or saves them as files.
//
// It knows nothing of the database: what waits to be sent comes from an Outbox,
// and the Outbox is told the truth about each try. It never logs a link, an
// address or a password.
package mail
