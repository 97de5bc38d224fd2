package syncing

import (
	"context"
	"time"
)

// probeEvery is how often a Back Office that is away is asked whether it is
// there while the pause before the next real try lasts.
const probeEvery = time.Second

// rest pauses after a failure, until it is woken, or until the Back Office can
// serve again after it could not meanwhile. It returns false when ctx has ended.
func (s *Syncer) rest(ctx context.Context, pause time.Duration, woken <-chan struct{}) bool {
	if pause <= probeEvery { // untilWoken among them
		return wait(ctx, pause, woken)
	}
	missed := false
	for end := time.Now().Add(pause); ; {
		left := time.Until(end)
		if left <= 0 {
			return ctx.Err() == nil
		}
		// Many desks that wait for one Back Office don't ask as one.
		step := probeEvery + time.Duration(s.o.Random()*float64(probeEvery))
		if !wait(ctx, min(step, left), woken) {
			return false
		}
		select {
		case <-woken:
			return true
		default:
		}
		if answers := s.o.Remote.Reachable(ctx); !answers {
			missed = true
		} else if missed {
			return ctx.Err() == nil
		}
	}
}
