// Package backoffice puts the Back Office together: its database, its HTTP API
// for Partner Desk, the pages for customers and the mail queue, as one handler.
// The desktop app embeds it on loopback and the server program serves it to the
// world; both are the same handler.
//
// It wires and guards; the rules are the store's, the pages are in pages, the
// contract in server.
package backoffice
