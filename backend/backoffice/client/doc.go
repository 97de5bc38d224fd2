// Package client speaks the Back Office's HTTP contract for Partner Desk. Every
// failure it returns is a *customer.Error that a user can read: a Back Office
// that can't be reached is "offline", a sign-in that ended "unauthorized", and
// a refusal has the Back Office's own code, field and sentence.
//
// It talks https, or http to loopback only. It keeps nothing but the token.
package client
