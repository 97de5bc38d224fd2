// Package pages is the customer's side of the Back Office: activate, log in,
// forgotten password, the account with profile, password and activity, and
// the landing of a log-in-as. Pages are rendered on the server and work
// without script; only /enter has one, which reads its link's fragment.
//
// It decides nothing about statuses, links or sessions: the store does. It
// never writes to a database and never shows what only the partner may see.
package pages
