package replica_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

// crowd makes n customers with names that collide in case, accents and parts.
func crowd(n int, seed uint64) []customer.Customer {
	random := rand.New(rand.NewPCG(seed, 1))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	all := make([]customer.Customer, n)
	for i := range all {
		first := pick("Ann", "ann", "Émile", "Emile", "Zoë", "ÅSA", "Bob_", "50%", "O'Neil", "李", "بشار", "🙂", "anna-maria")
		last := pick("Lee", "de Vries", "DE VRIES", "Müller", "Mueller", "x", "İstanbul", "Straße")
		all[i] = customer.Customer{
			ID: fmt.Sprintf("%08x-%d", random.Uint32(), i), FirstName: first, LastName: last,
			Username: fmt.Sprintf("%s%d@%s.example", pick("a", "B", "info", "x_y"), i, pick("shop", "SHOP", "bakery")),
			Company:  pick("Shop & Co", "shop & co", "Bäckerei", "Ünique", "100%", "a_b"),
			Status:   customer.Statuses()[random.IntN(3)], Tags: []string{},
			Facts: customer.Facts{
				CreatedAt: customer.Time(random.IntN(50) * 1000), LastLoginAt: customer.Time(random.IntN(5) * 1000),
				Revision: int64(i + 1),
			},
		}
	}
	return all
}

// fold is the sort key, written another way.
var fold = strings.NewReplacer("é", "e", "ë", "e", "å", "a", "ü", "u", "ä", "a", "i̇", "i")

func plainKey(s string) string { return fold.Replace(strings.ToLower(s)) }

// scan answers q with a plain walk over all customers.
func scan(all []customer.Customer, q customer.Query) customer.Page {
	page := customer.Page{Rows: []customer.Row{}, Everything: len(all)}
	text := strings.ToLower(strings.TrimSpace(q.Text))
	var matches []customer.Customer
	for _, c := range all {
		has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
		if !has(c.Name()) && !has(c.Username) && !has(c.Company) ||
			q.CreatedFrom != 0 && c.CreatedAt < q.CreatedFrom || q.CreatedTo != 0 && c.CreatedAt >= q.CreatedTo {
			continue
		}
		page.Counts.All++
		switch c.Status {
		case customer.PendingActivate:
			page.Counts.PendingActivate++
		case customer.Activated:
			page.Counts.Activated++
		case customer.Locked:
			page.Counts.Locked++
		}
		if q.Status == "" || q.Status == c.Status {
			matches = append(matches, c)
		}
	}
	key := func(a, b customer.Customer) int {
		switch q.Sort {
		case customer.SortUsername:
			return cmp.Compare(strings.ToLower(a.Username), strings.ToLower(b.Username))
		case customer.SortCompany:
			return cmp.Compare(plainKey(a.Company), plainKey(b.Company))
		case customer.SortStatus:
			return cmp.Compare(slices.Index(customer.Statuses(), a.Status), slices.Index(customer.Statuses(), b.Status))
		case customer.SortCreated:
			return cmp.Compare(a.CreatedAt, b.CreatedAt)
		case customer.SortLastLogin:
			return cmp.Compare(a.LastLoginAt, b.LastLoginAt)
		}
		return cmp.Compare(plainKey(a.Name()), plainKey(b.Name()))
	}
	slices.SortFunc(matches, func(a, b customer.Customer) int {
		order := cmp.Or(key(a, b), cmp.Compare(a.ID, b.ID))
		if q.Descending {
			return -order
		}
		return order
	})
	page.Total = len(matches)
	for _, c := range matches[min(q.Offset, len(matches)):min(q.Offset+q.Limit, len(matches))] {
		page.Rows = append(page.Rows, customer.Row{
			ID: c.ID, Username: c.Username, FirstName: c.FirstName, LastName: c.LastName, Company: c.Company,
			Tags: c.Tags, Status: c.Status, CreatedAt: c.CreatedAt, LastLoginAt: c.LastLoginAt, Matches: []customer.Match{},
		})
	}
	return page
}

func TestListAgreesWithAPlainScan(t *testing.T) {
	t.Parallel()
	all := crowd(700, 7)
	r := open(t)
	absorb(t, r, "700", all...)
	random := rand.New(rand.NewPCG(3, 4))
	texts := []string{
		"", "", "", "ann", "ANN", " ann ", "ann lee", "nn l", "é", "É", "%", "_", "'", "o'n", "50%", "x_y", "İ", "ß", "李", "🙂",
		"بش", "nobody", "lee\nann", "ann\x00", "\x00", "\xff", "shop.example", "bakery", "& co", `\`, `"`, "*", ";--",
	}
	sorts := []customer.SortField{
		"", customer.SortName, customer.SortUsername, customer.SortCompany, customer.SortStatus,
		customer.SortCreated, customer.SortLastLogin,
	}
	for range 600 {
		q := customer.Query{
			Text: texts[random.IntN(len(texts))], Sort: sorts[random.IntN(len(sorts))],
			Descending: random.IntN(2) == 0, Offset: random.IntN(800), Limit: 1 + random.IntN(100),
			Status: append(customer.Statuses(), "", "", "")[random.IntN(6)],
		}
		if random.IntN(3) == 0 {
			q.CreatedFrom = customer.Time(random.IntN(50) * 1000)
		}
		if random.IntN(3) == 0 {
			q.CreatedTo = customer.Time(random.IntN(50) * 1000)
		}
		if random.IntN(2) == 0 {
			q.Offset = random.IntN(20)
		}
		got, want := list(t, r, q), scan(all, q)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n got %d rows, %+v\nwant %d rows, %+v\n%+v\n%+v", q, len(got.Rows), got.Counts,
				len(want.Rows), want.Counts, got.Rows, want.Rows)
		}
	}
}

func TestListBounds(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "600", crowd(600, 1)...)
	for _, c := range []struct{ limit, offset, want int }{
		{0, 0, 1}, {-5, 0, 1}, {500, 0, 500}, {501, 0, 500}, {1 << 40, 0, 500}, {10, -3, 10}, {10, 595, 5},
		{10, 600, 0}, {10, 1 << 60, 0},
	} {
		if page := list(t, r, customer.Query{Limit: c.limit, Offset: c.offset}); len(page.Rows) != c.want || page.Total != 600 {
			t.Errorf("limit %d, offset %d: %d rows of %d", c.limit, c.offset, len(page.Rows), page.Total)
		}
	}
	_, err := r.List(t.Context(), customer.Query{Sort: "name; DROP TABLE entry"})
	wantCode(t, err, customer.Invalid)
	_, err = r.List(t.Context(), customer.Query{Status: "locked' OR 1=1"})
	wantCode(t, err, customer.Invalid)
}

func TestListHostileText(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "50", crowd(50, 1)...)
	for _, text := range []string{
		strings.Repeat("a", 1<<20), strings.Repeat("\x00", 1<<20), strings.Repeat("%", 1<<20), strings.Repeat("İ", 1<<19),
		"' OR 1=1 --", "\u202e", "\xc3\x28", "a\x00", strings.Repeat("(", 5000),
	} {
		if page := list(t, r, customer.Query{Text: text, Limit: 10}); page.Total != 0 || page.Everything != 50 {
			t.Errorf("%.20q: %d of %d", text, page.Total, page.Everything)
		}
	}
}

func TestListSeesEveryChange(t *testing.T) {
	t.Parallel()
	r := open(t)
	empty := list(t, r, customer.Query{Limit: 10})
	if empty.Rows == nil || empty.Everything != 0 {
		t.Errorf("empty: %+v", empty)
	}
	absorb(t, r, "1", ann(1))
	enqueue(t, r, create("bob", "m1"))
	page := list(t, r, customer.Query{Limit: 10, Sort: customer.SortUsername})
	if page.Counts.PendingActivate != 2 || page.Rows[0].Waiting || !page.Rows[1].Waiting {
		t.Errorf("after adding: %+v", page)
	}
	enqueue(t, r, update("m2", customer.Fields{Status: p(customer.PendingActivate)}, customer.Fields{Status: p(customer.Locked)}))
	page = list(t, r, customer.Query{Limit: 10, Status: customer.Locked, Text: "ann"})
	if page.Total != 1 || page.Counts.Locked != 1 || page.Rows[0].Status != customer.Locked || !page.Rows[0].Waiting {
		t.Errorf("after locking: %+v", page)
	}
	outgoing(t, r)
	settle(t, r, customer.Result{MutationID: "m2", Outcome: customer.Rejected, Error: customer.Fail(customer.Invalid, "No.")})
	page = list(t, r, customer.Query{Limit: 10, Status: customer.Locked, Text: "ann"})
	if page.Total != 1 || page.Rows[0].Waiting || !page.Rows[0].NeedsAttention {
		t.Errorf("after the refusal: %+v", page)
	}
}

func TestUsernameOwner(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	if id, err := r.UsernameOwner(t.Context(), " ANN@shop.Example "); id != "ann" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
	enqueue(t, r, update("m1", customer.Fields{Username: p("ann@shop.example")}, customer.Fields{Username: p("new@shop.example")}))
	_, err := r.UsernameOwner(t.Context(), "ann@shop.example")
	wantCode(t, err, customer.NotFound)
	if id, err := r.UsernameOwner(t.Context(), "new@shop.example"); id != "ann" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
}
