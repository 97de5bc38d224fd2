package backoff_test

import (
	"testing"
	"time"

	"partnerdesk/backend/backoff"
)

func TestPausesGrowUpToAMinute(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		random float64
		want   []time.Duration // in milliseconds
	}{
		{0, []time.Duration{1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000}},
		{0.5, []time.Duration{1000, 1500, 3000, 6000, 12000, 24000, 45000, 45000}},
	} {
		b := backoff.Backoff{Random: func() float64 { return test.random }}
		for range 2 {
			for i, want := range test.want {
				if got := b.Next(); got != want*time.Millisecond {
					t.Errorf("random %v, failure %d: %s", test.random, i+1, got)
				}
			}
			b.Reset()
		}
	}
}
