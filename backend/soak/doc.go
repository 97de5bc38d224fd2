// Package soak holds the property tests of sharing a Back Office: random
// histories of one Back Office and two or three desks, each a process of its
// own on real SQLite files, over real HTTP on loopback. It has no code but
// tests.
//
// A history edits, goes offline, loses requests and replies, delivers them
// twice or late, answers 5xx, moves clocks, ends sign-ins and kills either side
// in the middle of a write. Then everything heals and the end is compared with
// what a model that knows nothing of the code calls for: see check_test.go.
//
// `go test ./backend/soak` runs a few dozen histories, `go run ./build soak -n N`
// as many as wanted. A failure is shrunk and comes with its seed.
package soak
