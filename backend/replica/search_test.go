package replica_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	people "partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica"
)

// TestSearchAgreesWithAPlainScan holds the fast search against a walk over all
// customers: random data in several scripts, random queries, and random edits
// between them.
func TestSearchAgreesWithAPlainScan(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := &searcher{T: t, r: openQuick(t), random: rand.New(rand.NewPCG(seed, 77)), all: plain{}}
			s.bring(people.Slice(seed, 300)...)
			s.bring(crowd(150, seed)...)
			for range 150 {
				s.edit()
				for range 4 {
					s.ask()
				}
			}
		})
	}
}

type searcher struct {
	*testing.T
	r        *replica.Replica
	random   *rand.Rand
	all      plain
	ids      []string
	revision int64
	made     int
}

// bring takes customers from the Back Office.
func (s *searcher) bring(all ...customer.Customer) {
	for i := range all {
		s.revision++
		all[i].Revision = s.revision
	}
	absorb(s, s.r, fmt.Sprint(s.revision), all...)
	for _, c := range all {
		s.look(c.ID)
	}
}

// look reads a customer again, as it is shown.
func (s *searcher) look(id string) {
	rec, err := s.r.Get(s.Context(), id)
	if customer.CodeOf(err) == customer.NotFound {
		delete(s.all, id)
		s.ids = slices.DeleteFunc(s.ids, func(other string) bool { return other == id })
		return
	}
	if err != nil {
		s.Fatal(err)
	}
	if _, known := s.all[id]; !known {
		s.ids = append(s.ids, id)
	}
	s.all[id] = rec
}

func (s *searcher) one() customer.Customer { return s.all[s.ids[s.random.IntN(len(s.ids))]].Customer }

// changed is a customer with some of another's values.
func (s *searcher) changed(c customer.Customer) customer.Customer {
	from := s.one()
	for range 1 + s.random.IntN(3) {
		switch s.random.IntN(9) {
		case 0:
			c.FirstName, c.LastName = from.FirstName, from.LastName
		case 1:
			c.Company = from.Company + strings.Repeat(" of", s.random.IntN(2))
		case 2:
			c.City, c.Country = from.City, from.Country
		case 3:
			c.Tags = append(append([]string{}, from.Tags...), "new tag")
		case 4:
			c.Status = customer.Statuses()[s.random.IntN(3)]
		case 5:
			c.Notes = from.Notes + "\nWas told " + from.FirstName
		case 6:
			s.made++
			c.Username = fmt.Sprintf("Né%d.%s", s.made, from.Username)
		case 7:
			c.Phone, c.Language = from.Phone, "de"
		case 8:
			c.Tags, c.Notes, c.City = []string{}, "", ""
		}
	}
	return c
}

func (s *searcher) edit() {
	c := s.one()
	s.made++
	switch s.random.IntN(8) {
	case 0: // from elsewhere
		c.LastLoginAt, c.ActivatedAt = customer.Time(s.random.Int64N(1e12)), customer.Time(s.random.Int64N(2)*5e11)
		some := []customer.Customer{s.changed(c), s.changed(s.one())}
		if some[0].ID == some[1].ID {
			some = some[:1]
		}
		s.bring(some...)
	case 1:
		s.bring(people.Slice(uint64(s.made)+1000, 3)...)
	case 2:
		id := fmt.Sprint("made-here-", s.made)
		after := s.changed(c)
		after.Username = id + "@shop.example"
		enqueue(s, s.r, customer.Mutation{ID: fmt.Sprint("m", s.made), CustomerID: id, Kind: customer.Create,
			Fields: customer.Diff(customer.Customer{}, after), MadeAt: customer.Time(s.made)})
		s.look(id)
	case 3:
		if err := s.r.Discard(s.Context(), c.ID); err != nil && customer.CodeOf(err) != customer.Conflict {
			s.Fatal(err)
		}
		s.look(c.ID)
	case 4:
		for _, m := range outgoing(s, s.r) {
			switch s.random.IntN(3) {
			case 0:
				settle(s, s.r, customer.Result{MutationID: m.ID, Outcome: customer.Rejected, Error: customer.Fail(customer.Invalid, "No.")})
			case 1: // with a day of the Back Office's own
				s.revision++
				there := s.all[m.CustomerID].Customer
				there.Revision, there.CreatedAt = s.revision, there.CreatedAt+customer.Time(s.random.Int64N(1e10))
				settle(s, s.r, customer.Result{MutationID: m.ID, Outcome: customer.Applied, Customer: &there})
			}
			s.look(m.CustomerID)
		}
	default:
		f := customer.Diff(c, s.changed(c))
		if f.Empty() {
			return
		}
		enqueue(s, s.r, customer.Mutation{ID: fmt.Sprint("m", s.made), CustomerID: c.ID, Kind: customer.Update,
			BaseRevision: c.Revision, Fields: f, Base: f.Of(c)})
		s.look(c.ID)
	}
}

// part is a random part of a text, as somebody may type it.
func (s *searcher) part(text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return "x"
	}
	from := s.random.IntN(len(runes))
	runes = runes[from : from+1+s.random.IntN(min(len(runes)-from, 9))]
	switch s.random.IntN(4) {
	case 0:
		return strings.ToUpper(string(runes))
	case 1:
		return query.Fold(string(runes))
	}
	return string(runes)
}

// text is a random query text; where it is refused, another is tried.
func (s *searcher) text() string {
	for {
		var parts []string
		for range s.random.IntN(4) {
			parts = append(parts, s.term())
		}
		text := strings.Join(parts, " ")
		if _, err := query.Parse(text, now()); err == nil {
			return text
		}
	}
}

func (s *searcher) term() string {
	c := s.one()
	fields := map[query.Field]string{
		query.Name: c.Name(), query.Username: c.Username, query.Company: c.Company, query.Phone: c.Phone,
		query.City: c.City, query.Note: c.Notes, query.Tag: strings.Join(c.Tags, " "),
	}
	in := query.Searched()[s.random.IntN(len(fields))]
	quoted := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
	not := ""
	if s.random.IntN(5) == 0 {
		not = "-"
	}
	switch s.random.IntN(9) {
	case 0, 1:
		return not + s.part(fields[in])
	case 2:
		return not + quoted(s.part(fields[in]))
	case 3:
		return not + quoted(fields[in])
	case 4:
		return not + string(in) + ":" + quoted(s.part(fields[in]))
	case 5:
		if in == query.Tag && len(c.Tags) > 0 {
			fields[in] = c.Tags[0]
		}
		return not + string(in) + ":=" + quoted(fields[in])
	case 6:
		return not + []string{"status:locked", "status:p", "is:waiting", "is:attention", "language:de", "country:" + c.Country, "country:n", "status:a"}[s.random.IntN(8)]
	case 7:
		day := c.CreatedAt.Time().Format("2006-01-02")
		return not + []string{"created:" + day, "created:<" + day, "created:" + day[:7] + "..", "login:never", "login:>2025", "activated:never", "activated:2026-0"}[s.random.IntN(7)]
	}
	return not + []string{"a", "e", ".", "@", "example", "@g", "l.example", "n", "'", "ß", "김", "о", "7", "info@", "- ", `" "`}[s.random.IntN(16)]
}

func (s *searcher) ask() {
	sorts := []customer.SortField{
		"", customer.SortName, customer.SortUsername, customer.SortCompany, customer.SortCity, customer.SortCountry,
		customer.SortStatus, customer.SortCreated, customer.SortActivated, customer.SortLastLogin,
	}
	q := customer.Query{
		Text: s.text(), Sort: sorts[s.random.IntN(len(sorts))], Descending: s.random.IntN(2) == 0,
		Offset: s.random.IntN(1 + s.random.IntN(500)), Limit: 1 + s.random.IntN(50),
		Status: append(customer.Statuses(), "", "", "")[s.random.IntN(6)],
	}
	if s.random.IntN(4) == 0 {
		q.CreatedFrom = s.one().CreatedAt
	}
	if s.random.IntN(4) == 0 {
		q.CreatedTo = s.one().CreatedAt
	}
	want, ids := s.all.list(s, q)
	if got := list(s, s.r, q); !reflect.DeepEqual(got, want) {
		s.Fatalf("%+v\n got %d rows of %d, %+v\nwant %d rows of %d, %+v\n%+v\n%+v", q, len(got.Rows), got.Total, got.Counts,
			len(want.Rows), want.Total, want.Counts, got.Rows, want.Rows)
	}
	if got, ok, err := s.r.ListEarly(s.Context(), q); err != nil || ok && !reflect.DeepEqual(got, want) {
		s.Fatalf("%+v early: %v\n got %+v\nwant %+v", q, err, got, want)
	}
	if got, err := s.r.Matching(s.Context(), customer.Selection{Query: &q}); err != nil || !slices.Equal(got, ids) {
		s.Fatalf("%+v: %d matching, want %d, %v", q, len(got), len(ids), err)
	}
}
