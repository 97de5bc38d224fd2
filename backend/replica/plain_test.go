package replica_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

// plain answers queries with a walk over every customer: what the fast search
// is held against.
type plain map[string]customer.Record

func (p plain) list(t testing.TB, q customer.Query) (page customer.Page, ids []string) {
	t.Helper()
	terms, err := query.Parse(q.Text, now())
	if err != nil {
		t.Fatal(err)
	}
	page = customer.Page{Rows: []customer.Row{}, Everything: len(p)}
	var found []customer.Record
	for _, rec := range p {
		c := rec.Customer
		if q.CreatedFrom != 0 && c.CreatedAt < q.CreatedFrom || q.CreatedTo != 0 && c.CreatedAt >= q.CreatedTo ||
			slices.ContainsFunc(terms.Terms, func(t query.Term) bool { return holds(t, rec) == t.Not }) {
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
			found = append(found, rec)
		}
	}
	slices.SortFunc(found, func(a, b customer.Record) int {
		order := cmp.Or(compare(q.Sort, a.Customer, b.Customer), cmp.Compare(a.Customer.ID, b.Customer.ID))
		if q.Descending {
			return -order
		}
		return order
	})
	page.Total = len(found)
	ids = []string{}
	for i, rec := range found {
		ids = append(ids, rec.Customer.ID)
		if i >= q.Offset && i < q.Offset+q.Limit {
			page.Rows = append(page.Rows, rowOf(rec, terms))
		}
	}
	return page, ids
}

func rowOf(rec customer.Record, q query.Query) customer.Row {
	c := rec.Customer
	return customer.Row{
		ID: c.ID, Username: c.Username, FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Phone: c.Phone,
		City: c.City, Country: c.Country, Tags: c.Tags, Status: c.Status, CreatedAt: c.CreatedAt, ActivatedAt: c.ActivatedAt,
		LastLoginAt: c.LastLoginAt, LockReason: c.LockReason, MailKind: c.MailKind, MailState: c.MailState,
		LinkExpiresAt: c.LinkExpiresAt, Waiting: rec.Waiting, NeedsAttention: rec.Problem != nil, Matches: q.Matches(c),
	}
}

func compare(by customer.SortField, a, b customer.Customer) int {
	text := func(of func(customer.Customer) string) int {
		return strings.Compare(query.Fold(of(a)), query.Fold(of(b)))
	}
	switch by {
	case customer.SortUsername:
		return strings.Compare(strings.ToLower(a.Username), strings.ToLower(b.Username))
	case customer.SortCompany:
		return text(func(c customer.Customer) string { return c.Company })
	case customer.SortCity:
		return text(func(c customer.Customer) string { return c.City })
	case customer.SortCountry:
		return text(func(c customer.Customer) string { return query.CountryName(c.Country) })
	case customer.SortStatus:
		return cmp.Compare(slices.Index(customer.Statuses(), a.Status), slices.Index(customer.Statuses(), b.Status))
	case customer.SortCreated:
		return cmp.Compare(a.CreatedAt, b.CreatedAt)
	case customer.SortActivated:
		return cmp.Compare(a.ActivatedAt, b.ActivatedAt)
	case customer.SortLastLogin:
		return cmp.Compare(a.LastLoginAt, b.LastLoginAt)
	}
	return text(customer.Customer.Name)
}

// holds reports what a term says of a customer, without its not.
func holds(t query.Term, rec customer.Record) bool {
	c := rec.Customer
	in := func(at customer.Time) bool { return at >= t.From && at < t.To }
	switch t.Field {
	case query.Status:
		return slices.Contains(t.Values, string(c.Status))
	case query.Country:
		return slices.Contains(t.Values, c.Country)
	case query.Language:
		return slices.Contains(t.Values, c.Language)
	case query.Is:
		return slices.Contains(t.Values, query.Waiting) && rec.Waiting || slices.Contains(t.Values, query.Attention) && rec.Problem != nil
	case query.Created:
		return in(c.CreatedAt)
	case query.Activated:
		return in(c.ActivatedAt)
	case query.Login:
		return in(c.LastLoginAt)
	}
	texts := append([]string{c.Name(), c.Username, c.Company, c.Phone, c.City, c.Notes}, c.Tags...)
	switch t.Field {
	case query.Name:
		texts = texts[0:1]
	case query.Username:
		texts = texts[1:2]
	case query.Company:
		texts = texts[2:3]
	case query.Phone:
		texts = texts[3:4]
	case query.City:
		texts = texts[4:5]
	case query.Note:
		texts = texts[5:6]
	case query.Tag:
		texts = texts[6:]
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		if t.Exact {
			return query.Fold(text) == t.Folded
		}
		return strings.Contains(query.Fold(text), t.Folded)
	})
}
