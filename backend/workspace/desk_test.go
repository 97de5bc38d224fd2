package workspace_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// TestTheDeskSeesAndEndsItsVisits goes into an account by the link that the
// browser was given, and ends that from the desk.
func TestTheDeskSeesAndEndsItsVisits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	home := b.setUp(t).Workspace.Address
	c := b.add(t, "anna@bikes.example", customer.Activated, customerWord)
	d := b.desk(t)
	if err := d.LogInAs(t.Context(), c.ID, "Help with a banner", "activity"); err != nil {
		t.Fatal(err)
	}
	if visits, err := d.Visits(t.Context()); err != nil || len(visits) != 0 {
		t.Errorf("before the link was opened: %+v, %v", visits, err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Client{Jar: jar}
	_, ticket, _ := strings.Cut(b.links.opened[0], "#")
	open := func(method, path string, form url.Values) (status int, ended string) {
		r, err := http.NewRequestWithContext(t.Context(), method, home+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := web.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		return answer.StatusCode, answer.Request.URL.Path
	}
	account := "/c/" + c.ID + "/activity"
	if status, path := open(http.MethodPost, "/enter", url.Values{"ticket": {ticket}}); status != http.StatusOK || path != account {
		t.Fatalf("entered: %d at %s", status, path)
	}
	visits, err := d.Visits(t.Context())
	if err != nil || len(visits) != 1 {
		t.Fatalf("visits %+v, %v", visits, err)
	}
	v := visits[0]
	if v.CustomerID != c.ID || v.CustomerName != "Anna de Vries" || v.Reason != "Help with a banner" ||
		time.Duration(v.ExpiresAt-v.StartedAt)*time.Millisecond != time.Hour {
		t.Errorf("visit %+v", v)
	}
	if err := d.EndVisit(t.Context(), v.ID); err != nil {
		t.Fatal(err)
	}
	if status, _ := open(http.MethodGet, account, nil); status != http.StatusUnauthorized {
		t.Errorf("after End session the account answers %d", status)
	}
	if err := d.EndVisit(t.Context(), v.ID); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("ended twice: %v", err)
	}
	events, err := d.Events(t.Context(), c.ID, 0)
	if err != nil || len(events.Events) < 2 || events.Events[0].Kind != customer.EventVisitEnded || events.Events[1].Kind != customer.EventVisited {
		t.Errorf("history %+v, %v", events, err)
	}
}

// TestReasonsAreRemembered keeps the last ten, each once.
func TestReasonsAreRemembered(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	c := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	d := b.desk(t)
	for i := range 12 {
		if err := d.LogInAs(t.Context(), c.ID, "reason "+strconv.Itoa(i), ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, again := range []string{" REASON 5 ", ""} {
		if err := d.LogInAs(t.Context(), c.ID, again, ""); err != nil {
			t.Fatal(err)
		}
	}
	opened := len(b.links.opened)
	for _, wrong := range []string{strings.Repeat("ü", 201), "two\nlines"} {
		if err := d.LogInAs(t.Context(), c.ID, wrong, ""); err == nil {
			t.Errorf("reason %q was taken", wrong)
		}
	}
	if err := d.LogInAs(t.Context(), c.ID, "kept out", "nowhere"); customer.CodeOf(err) != customer.Invalid {
		t.Errorf("an unknown destination: %v", err)
	}
	o, err := d.LogInAsOptions(t.Context())
	want := []string{"REASON 5", "reason 11", "reason 10", "reason 9", "reason 8", "reason 7", "reason 6", "reason 4", "reason 3", "reason 2"}
	if err != nil || !slices.Equal(o.Reasons, want) {
		t.Errorf("reasons %q, %v", o.Reasons, err)
	}
	if len(b.links.opened) != opened {
		t.Error("a link was opened for a refused log-in-as")
	}
}

func TestTheListViewSurvivesARestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	want := desk.ListView{Text: "bikes", Status: customer.Locked, DatePreset: "custom", DateFrom: "2026-01-01", DateTo: "2026-02-01",
		Sort: "company", Descending: true, Columns: []desk.Column{{Field: "name", Width: 200}, {Field: "city"}}}
	if err := b.desk(t).SaveListView(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	b.Start(t.Context(), false)
	if got, err := b.desk(t).ListView(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("view %+v, %v", got, err)
	}
}
