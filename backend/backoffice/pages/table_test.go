package pages_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/pages"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// accountRow is a page of an account, below /c/{id}.
type accountRow struct {
	method, path string
	form         []string
}

func accountRows() []accountRow {
	return []accountRow{
		{"GET", "", nil}, {"GET", "/{$}", nil}, {"GET", "/profile", nil}, {"GET", "/password", nil}, {"GET", "/activity", nil},
		{"POST", "/profile", []string{"city", "Gouda"}},
		{"POST", "/password", []string{"current", goodPassword, "password", goodPassword, "confirm", goodPassword}},
		{"POST", "/logout", nil},
	}
}

// openRow is a page that needs no session.
type openRow struct {
	method, pattern, path string
	status                int
}

func openRows(style string) []openRow {
	return []openRow{
		{"GET", "/{$}", "/", 303},
		{"GET", "/login", "/login", 200},
		{"POST", "/login", "/login", 422}, // without a password
		{"GET", "/activate", "/activate", 410},
		{"POST", "/activate", "/activate", 410},
		{"GET", "/reset", "/reset", 410},
		{"POST", "/reset", "/reset", 410},
		{"GET", "/forgot", "/forgot", 200},
		{"POST", "/forgot", "/forgot", 422},
		{"GET", "/enter", "/enter", 200},
		{"POST", "/enter", "/enter", 422},
		{"GET", "/ended", "/ended", 200},
		{"GET", "/assets/{file}", style, 200},
		{"GET", "/assets/{file}", "/assets/office.db", 404},
		{"GET", "/", "/nowhere", 404},
	}
}

// TestEveryPageIsInATable fails when a page is added without a row, or takes
// posts without one.
func TestEveryPageIsInATable(t *testing.T) {
	t.Parallel()
	style, err := pages.StylePath()
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t)
	methods, example := map[string][]string{}, map[string]string{}
	for _, r := range accountRows() {
		pattern := "/c/{id}" + r.path
		methods[pattern] = append(methods[pattern], r.method)
		example[pattern] = strings.NewReplacer("{id}", "x", "{$}", "").Replace(pattern)
	}
	for _, r := range openRows(style) {
		methods[r.pattern] = append(methods[r.pattern], r.method)
		example[r.pattern] = r.path
	}
	served := pages.Patterns()
	for pattern, listed := range methods {
		if !slices.Contains(served, pattern) {
			t.Errorf("%s has a row and is not served", pattern)
		}
		if pattern == "/assets/{file}" {
			continue // says "not found" to all other methods
		}
		allowed := strings.Split(strings.Replace(o.browser().do(http.MethodDelete, example[pattern], "", "").sent.Get("Allow"), "GET, HEAD", "GET", 1), ", ")
		if slices.Sort(listed); !slices.Equal(slices.Compact(listed), allowed) {
			t.Errorf("%s takes %q, the table has %q", pattern, allowed, listed)
		}
	}
	for _, pattern := range served {
		if methods[pattern] == nil {
			t.Errorf("%s has no row", pattern)
		}
	}
}

// TestWhatNeedsNoSession answers everybody alike, and tells nobody anything.
func TestWhatNeedsNoSession(t *testing.T) {
	t.Parallel()
	style, err := pages.StylePath()
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	cookies := map[string]string{"nobody": "", "the customer": o.browser().logIn(c).cookie(c)}
	before := o.revision()
	for who, cookie := range cookies {
		for _, row := range openRows(style) {
			b := o.browser()
			b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			b.header.Set("Cookie", "pd_session="+cookie)
			if row.method == "GET" {
				b.get(row.path)
			} else {
				b.post(row.path)
			}
			if b.status != row.status {
				t.Errorf("%s %s by %s: %d, want %d", row.method, row.path, who, b.status, row.status)
			}
			if strings.Contains(b.body, c.Username) || strings.Contains(b.body, c.Company) {
				t.Errorf("%s %s by %s shows the account", row.method, row.path, who)
			}
		}
	}
	if o.revision() != before {
		t.Error("something was changed")
	}
}

// stranger is the owner of another partner, with a customer of its own.
func (o *office) stranger() (store.SignIn, customer.Customer) {
	o.t.Helper()
	hash, ours := o.hash(goodPassword), o.signIn
	defer func() { o.signIn = ours }()
	_, owner, err := o.store.CreatePartner(o.t.Context(), "desk@other.example", "Other Agency", hash)
	if err != nil {
		o.t.Fatal(err)
	}
	if _, o.signIn, err = o.store.CreateSignIn(o.t.Context(), owner.ID, hash, 24*time.Hour); err != nil {
		o.t.Fatal(err)
	}
	return o.signIn, o.add("carl@other.example", customer.Activated)
}

// TestWhoGetsInToAnAccount is the table of every page of an account by whoever
// may come: a visit opens the customer's own pages to each role, and nothing
// else opens them.
func TestWhoGetsInToAnAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c, other := o.add("anna@visser.example", customer.Activated), o.add("bob@visser.example", customer.Activated)
	owner := o.signIn
	visitor := func(in store.SignIn) func() string {
		return func() string {
			o.signIn = in
			defer func() { o.signIn = owner }()
			return o.browser().visit(c, "", "").want(200, "/c/"+c.ID+"/profile").cookie(c)
		}
	}
	stranger, theirs := o.stranger()
	gone := o.member(owner, "gone@agency.example", "Gone", api.RoleOwner)
	goneCookie := visitor(gone)()
	yes := true
	if _, err := o.store.ChangeMember(t.Context(), owner, gone.Member.ID, store.MemberChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []struct {
		name   string
		cookie func() string // of a session that is opened for one row
		in     bool
	}{
		{"nobody", func() string { return "" }, false},
		{"the customer", func() string { return o.browser().logIn(c).cookie(c) }, true},
		{"another customer", func() string { return o.browser().logIn(other).cookie(other) }, false},
		{"an owner", visitor(owner), true},
		{"a manager", visitor(o.member(owner, "mo@agency.example", "Mo", api.RoleManager)), true},
		{"support", visitor(o.member(owner, "dana@agency.example", "Dana", api.RoleSupport)), true},
		{"a member who was disabled", func() string { return goneCookie }, false},
		{"another partner's customer", func() string { return o.browser().logIn(theirs).cookie(theirs) }, false},
		{"another partner's member", func() string {
			o.signIn = stranger
			defer func() { o.signIn = owner }()
			return o.browser().visit(theirs, "", "").want(200, "/c/"+theirs.ID+"/profile").cookie(theirs)
		}, false},
	} {
		for _, row := range accountRows() {
			cookie := who.cookie()
			b := o.browser()
			b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			b.header.Set("Cookie", "pd_session="+cookie)
			csrf := ""
			if who.in {
				csrf = b.get("/c/" + c.ID + "/profile").csrf()
			}
			before := o.revision()
			if row.method == "GET" {
				b.get("/c/" + c.ID + strings.TrimSuffix(row.path, "{$}"))
			} else {
				b.post("/c/"+c.ID+row.path, append(row.form, "csrf", csrf)...)
			}
			got := strconv.Itoa(b.status) + " " + b.sent.Get("Location")
			in := b.status == 200 || strings.HasPrefix(b.sent.Get("Location"), "/c/"+c.ID) ||
				row.path == "/logout" && b.status == 303 && b.sent.Get("Location") != ""
			if in != who.in {
				t.Errorf("%s %s by %s: %s", row.method, row.path, who.name, got)
			}
			if !in && (strings.Contains(b.body, c.Username) || o.revision() != before) {
				t.Errorf("%s %s by %s shows or changes the account: %s", row.method, row.path, who.name, got)
			}
		}
	}
}
