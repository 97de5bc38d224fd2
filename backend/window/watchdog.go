package window

import (
	"context"
	"sync"
	"time"
)

const pagePatience = 30 * time.Second

// A Watchdog tells when the page in the window never came up: a renderer that
// draws nothing leaves a window that is empty for ever.
type Watchdog struct {
	ready chan struct{}
	once  sync.Once
}

// NewWatchdog returns one that has not heard of the page yet.
func NewWatchdog() *Watchdog { return &Watchdog{ready: make(chan struct{})} }

// PageReady says that the page is there.
func (w *Watchdog) PageReady() { w.once.Do(func() { close(w.ready) }) }

// Watch calls missing when the page has not come up in that time, at most once.
// It returns when the page is there, after missing, or when ctx ends.
func (w *Watchdog) Watch(ctx context.Context, patience time.Duration, missing func()) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-w.ready:
	case <-ctx.Done():
	case <-timer.C:
		missing()
	}
}

// EmptyPage is what the user is told when the page did not come up; log is the
// path of the log.
func EmptyPage(log string) string {
	return "The window of Partner Desk stayed empty. Your data is safe.\n\n" + emptyPageAdvice + "\n\nIts log is " + log
}

// WebViewEnded is what the user is told when what draws the window on Windows
// has ended, and the program ends with it; log is the path of the log.
func WebViewEnded(log string) string {
	return "Microsoft Edge WebView2, which draws the window of Partner Desk, has ended unexpectedly. Your data is safe.\n\n" +
		"Start Partner Desk again. If this comes back, repair “Microsoft Edge WebView2 Runtime” in the system's list of installed apps.\n\n" +
		"Its log is " + log
}
