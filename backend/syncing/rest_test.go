package syncing

import (
	"context"
	"sync/atomic"
	"testing"
	"time"
)

// away can't be reached the first few times.
type away struct {
	Remote
	misses atomic.Int32
}

func (a *away) Reachable(context.Context) bool { return a.misses.Add(-1) < 0 }

// TestTheReturnEndsThePause: long before the hour is over.
func TestTheReturnEndsThePause(t *testing.T) {
	t.Parallel()
	remote := &away{}
	remote.misses.Store(1)
	s := &Syncer{o: Options{Remote: remote, Random: func() float64 { return 0 }}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if !s.rest(ctx, time.Hour, nil) {
		t.Error("it slept through the return")
	}
}

// TestAWakeEndsThePause: also when the Back Office was there all the time.
func TestAWakeEndsThePause(t *testing.T) {
	t.Parallel()
	s := &Syncer{o: Options{Remote: &away{}, Random: func() float64 { return 0 }}}
	woken := make(chan struct{})
	close(woken)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if !s.rest(ctx, time.Hour, woken) {
		t.Error("it slept on")
	}
}
