package backoffice

import (
	"net/http"
	"sync"
)

// gate is whether the customers' pages are served.
type gate struct {
	mu  sync.RWMutex // held for reading by the requests under way
	why string       // what is shown instead; empty while open
}

// Suspend leaves the accounts to Partner Desk alone until it is called with an
// empty sentence: customers see the sentence in the place of their pages, and
// mails wait. Pages that were asked for before are done when it returns.
func (b *BackOffice) Suspend(why string) {
	b.queue.Hold(why != "")
	b.pages.mu.Lock()
	defer b.pages.mu.Unlock()
	b.pages.why = why
}

func (g *gate) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.RLock()
		defer g.mu.RUnlock()
		if g.why != "" {
			plain(w, http.StatusServiceUnavailable, g.why)
			return
		}
		next.ServeHTTP(w, r)
	})
}
