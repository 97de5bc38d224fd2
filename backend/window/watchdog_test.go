package window_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"partnerdesk/backend/window"
)

func TestWatchdogTellsOfAPageThatNeverCame(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began, told := time.Now(), time.Time{}
		window.NewWatchdog().Watch(t.Context(), 30*time.Second, func() { told = time.Now() })
		if told.Sub(began) != 30*time.Second {
			t.Errorf("told after %v", told.Sub(began))
		}
	})
}

func TestWatchdogIsQuietOnceThePageIsThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dog := window.NewWatchdog()
		go func() {
			time.Sleep(29 * time.Second)
			dog.PageReady()
			dog.PageReady() // it was loaded again
		}()
		dog.Watch(t.Context(), 30*time.Second, func() { t.Error("told of a page that came") })
	})
}

func TestWatchdogEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	window.NewWatchdog().Watch(ctx, time.Hour, func() { t.Error("told at the end") })
}
