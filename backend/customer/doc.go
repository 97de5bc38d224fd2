// Package customer is the domain of Partner Desk: the customer account, its
// statuses and rules, what can be changed about it, and the errors a user can
// meet. It knows nothing of SQL, HTTP, Wails or the screen, and imports the
// standard library only.
//
// The rules live here once; the window, the replica and the Back Office all
// call them.
package customer
