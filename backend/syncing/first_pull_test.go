package syncing_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/syncing"
)

const (
	many     = 25
	pageSize = 10 // customers in a page of the feed, by the wire's doing
)

func (o *office) addMany(t *testing.T) {
	t.Helper()
	for i := range many {
		o.elsewhere(t, customer.Mutation{CustomerID: newID(), Kind: customer.Create, Fields: person(fmt.Sprint("c", i))})
	}
}

// holdSecondPage makes the feed's pages small and keeps the second one back
// until release is closed; it hangs up where the desk stops waiting.
func (o *office) holdSecondPage(release <-chan struct{}) {
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if q := r.URL.Query(); strings.HasSuffix(r.URL.Path, "/changes") {
			if q.Get("since") != "" {
				select {
				case <-release:
				case <-r.Context().Done():
					hangUp(w)
					return
				}
			}
			q.Set("limit", fmt.Sprint(pageSize))
			r.URL.RawQuery = q.Encode()
		}
		next.ServeHTTP(w, r)
	})
}

func (d *desk) customers(t *testing.T) int {
	t.Helper()
	page, err := d.List(t.Context(), customer.Query{Limit: 1})
	must(t, err)
	return page.Total
}

func (d *desk) untilFirstPage(t *testing.T) {
	t.Helper()
	d.until(t, "with the first page", func() bool {
		s := d.State()
		return s.Phase == syncing.Syncing && s.Fetched == pageSize && s.ToFetch == many && d.customers(t) == pageSize
	})
}

// TestAFirstPullThatIsCut can be used from its first page, and goes on where it
// was when the program starts again.
func TestAFirstPullThatIsCut(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.addMany(t)
	o.holdSecondPage(nil)
	path := filepath.Join(t.TempDir(), "replica.db")
	d := openDeskOn(t, o, path)
	d.untilFirstPage(t)
	cursor, err := d.Cursor(t.Context())
	must(t, err)
	d.stop()
	must(t, d.Close())

	asked := make(chan string, 1)
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/changes") {
			select {
			case asked <- r.URL.Query().Get("since"):
			default: // only the first counts
			}
		}
		next.ServeHTTP(w, r)
	})
	d = openDeskOn(t, o, path)
	if first := <-asked; first != cursor || cursor == "" {
		t.Errorf("asked from %q, was at %q", first, cursor)
	}
	d.untilPhase(t, syncing.Saved)
	if s := d.State(); d.customers(t) != many || s.Fetched != 0 || s.ToFetch != 0 {
		t.Errorf("%d customers, state %+v", d.customers(t), s)
	}
}

// TestADiskThatIsFullHere ends the fetching on screen and says why.
func TestADiskThatIsFullHere(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.addMany(t)
	release := make(chan struct{})
	o.holdSecondPage(release)
	path := filepath.Join(t.TempDir(), "replica.db")
	d := openDeskOn(t, o, path)
	d.untilFirstPage(t)
	refuseWrites(t, path)
	close(release)
	d.untilPhase(t, syncing.Waiting)
	if s := d.State(); s.Message == "" || s.Fetched != 0 || s.ToFetch != 0 {
		t.Errorf("state %+v", s)
	}
}

// refuseWrites makes a replica that is open refuse any further customer, as one
// on a full disk does.
func refuseWrites(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	must(t, err)
	_, err = db.ExecContext(t.Context(),
		"CREATE TRIGGER full BEFORE INSERT ON customer BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END")
	must(t, err)
	must(t, db.Close())
}
