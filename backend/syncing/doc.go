// Package syncing keeps a desk's replica and its Back Office in step: it sends
// the outbox and follows the change feed, in the background and for as long as
// it takes.
//
// Two loops share the work. The puller signs in, reads the feed and is the one
// that decides whether the Back Office can be reached; the pusher sends only
// while it can, so that a change made offline stays untried and can still be
// dropped. A change is tried again until it is answered; the Back Office makes
// sure that a second time has no effect.
//
// The package reaches the replica and the Back Office through interfaces and
// imports neither.
package syncing
