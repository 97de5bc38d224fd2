// Command build sets up, runs and tests Partner Desk: `go run ./build run`.
//
// It needs Go and Node.js and nothing else: it imports the standard library
// only, so that it starts from a fresh clone before any dependency is there.
// Each set-up step is skipped when there is nothing to do, and otherwise says
// in one line what it does.
package main
