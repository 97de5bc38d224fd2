// Package replica is the desk's own database: every customer as the Back Office
// last said, the changes that still wait to go there (the outbox), and the
// desk's settings.
//
// A customer's effective values, which all reads show, are the server's copy
// with the waiting changes laid on top. An edit and its outbox entry are
// written in one transaction, so nothing that was acknowledged can be lost.
//
// In the outbox a customer has either one problem (a change that came back), or
// at most one attempted mutation followed by at most one that was never
// attempted. The package knows nothing of HTTP and checks no rule of a field;
// package customer does.
package replica
