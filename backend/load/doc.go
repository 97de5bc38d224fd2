// Package load measures what a Back Office bears: benchmarks only, run by
// `go run ./build bench`. Each has a bare net/http handler beside it, driven in
// the same way and with answers of the same size, as the yardstick. Driver and
// server share the machine.
package load
