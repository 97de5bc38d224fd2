// Command backoffice is the Back Office of Partner Desk as a program of its
// own, shared by several desks and by customers elsewhere. It is static and
// needs no C, no window and no other program.
//
// This package only wires and operates: it reads the configuration, opens the
// Back Office and serves it. What a Back Office does is in backend/backoffice.
package main
