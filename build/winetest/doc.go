// Package winetest has no code but tests of what Partner Desk is on Windows: its
// installer, what that leaves in the system, and the signed program. They run
// Windows programs by wine and change the Windows that they run in, so they do
// nothing unless `go run ./build test` has made one for them.
package winetest
