package syncing_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"partnerdesk/backend/syncing"
)

// feed answers the nth question for a page of the feed, counted from zero, in its own way;
// nil leaves it to the office. It returns what was asked so far.
func (o *office) feed(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request, next http.Handler)) (asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var since []string
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		q := r.URL.Query()
		if !strings.HasSuffix(r.URL.Path, "/changes") || q.Get("wait") != "" {
			next.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		n := len(since)
		since = append(since, q.Get("since"))
		mu.Unlock()
		q.Set("limit", fmt.Sprint(pageSize))
		r.URL.RawQuery = q.Encode()
		answer(n, w, r, next)
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(since)
	}
}

// TestAPageThatFails is asked for again; the one before it, which was absorbed
// meanwhile, is not.
func TestAPageThatFails(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.addMany(t)
	asked := o.feed(t, func(n int, w http.ResponseWriter, r *http.Request, next http.Handler) {
		if n == 2 {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
	d := openDesk(t, o)
	d.until(t, "with everybody", func() bool { return d.customers(t) == many })
	d.untilPhase(t, syncing.Saved)
	if since := asked(); len(since) != 4 || since[0] != "" || since[1] == since[2] || since[2] != since[3] {
		t.Errorf("asked from %q", since)
	}
}

// TestAnotherEpochAmongThePages begins anew: what was asked for ahead by the old
// cursor counts for nothing.
func TestAnotherEpochAmongThePages(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.addMany(t)
	epoch := regexp.MustCompile(`"epoch":"[^"]*"`)
	asked := o.feed(t, func(n int, w http.ResponseWriter, r *http.Request, next http.Handler) {
		real := httptest.NewRecorder()
		next.ServeHTTP(real, r)
		body := real.Body.Bytes()
		if n > 0 {
			body = epoch.ReplaceAll(body, []byte(`"epoch":"another"`))
		}
		maps.Copy(w.Header(), real.Header())
		w.Header().Del("Content-Length")
		w.WriteHeader(real.Code)
		_, _ = bytes.NewReader(body).WriteTo(w)
	})
	d := openDesk(t, o)
	d.until(t, "with everybody", func() bool { return d.customers(t) == many })
	d.untilPhase(t, syncing.Saved)
	w, err := d.Waiting(t.Context())
	must(t, err)
	if since := asked(); w.NeedsAttention != 0 || !slices.Contains(since[1:], "") {
		t.Errorf("asked from %q, and %d need attention", since, w.NeedsAttention)
	}
	cursor, err := d.Cursor(t.Context())
	must(t, err)
	if want := fmt.Sprint(o.newest(t)); cursor != want {
		t.Errorf("goes on at %s, want %s", cursor, want)
	}
}

// newest is the revision of the last change.
func (o *office) newest(t *testing.T) (revision int64) {
	t.Helper()
	for _, c := range o.all(t) {
		revision = max(revision, c.Revision)
	}
	return revision
}
