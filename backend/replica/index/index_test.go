package index_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica/index"
)

// docOf is a customer as package replica hands it over.
func docOf(seq int64, c customer.Customer) index.Doc {
	d := index.Doc{
		Seq: seq, ID: c.ID, Name: query.Fold(c.Name()), Username: query.Fold(c.Username), Company: query.Fold(c.Company),
		City: query.Fold(c.City), Phone: query.Fold(c.Phone), Notes: query.Fold(c.Notes), Country: c.Country, Language: c.Language,
		UsernameKey: customer.UsernameKey(c.Username), Status: slices.Index(customer.Statuses(), c.Status),
		CreatedAt: int64(c.CreatedAt), ActivatedAt: int64(c.ActivatedAt), LastLogin: int64(c.LastLoginAt),
	}
	for _, t := range c.Tags {
		d.Tags = append(d.Tags, query.Fold(t))
	}
	return d
}

// contains reports what a term of text says of d.
func contains(t query.Term, d *index.Doc) bool {
	texts := [...]string{d.Company, d.Name, d.Username, d.Phone, d.City, d.Notes}
	in := func(s string) bool { return strings.Contains(s, t.Folded) }
	return t.Field == query.Company && in(d.Company) ||
		t.Field == query.Any && (slices.ContainsFunc(texts[:], in) || slices.ContainsFunc(d.Tags, in))
}

// TestManyAgreeWithAScan has so many customers that every core takes part, and
// changes thousands of them at once; package replica tests the finer things.
func TestManyAgreeWithAScan(t *testing.T) {
	t.Parallel()
	const n = 120_000
	var docs []index.Doc
	for c := range crowd.Customers(3, n) {
		docs = append(docs, docOf(int64(2*len(docs)+2), c))
	}
	x, i := index.New(), 0
	err := x.Load(func() (index.Doc, bool, error) {
		if i == n {
			return index.Doc{}, false, nil
		}
		i++
		return docs[i-1], true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		inOrder := make([]*index.Doc, len(docs)) // the race detector makes copying them dear
		for i := range docs {
			inOrder[i] = &docs[i]
		}
		slices.SortFunc(inOrder, byCompany)
		for _, text := range []string{"", "a", "er", "info@", "l.example", `"de vries"`, "muller bakkerij", "company:e", "-an", "gmail.e", "@"} {
			agree(t, x, inOrder, text)
		}
	}
	check()
	var changed []index.Doc
	var gone []int64
	at := map[int64]int{}
	for i, d := range docs {
		at[d.Seq] = i
	}
	for i, c := range crowd.Slice(4, 9000) { // every tenth is another, and some are new
		d := docOf(int64(2*i*13+1+i%2), c)
		place, there := at[d.Seq]
		switch {
		case there && i%3 == 0:
			gone = append(gone, d.Seq)
			docs[place] = index.Doc{}
			continue
		case there:
			docs[place] = d
		default:
			docs = append(docs, d)
		}
		changed = append(changed, d)
	}
	docs = slices.DeleteFunc(docs, func(d index.Doc) bool { return d.Seq == 0 })
	x.Apply(changed, gone)
	check()
}

// TestChangedAgainAndAgain lets so much be left behind that it is tidied away.
func TestChangedAgainAndAgain(t *testing.T) {
	t.Parallel()
	x := index.New()
	for seed := range uint64(3) {
		var docs []index.Doc
		var inOrder []*index.Doc
		for i, c := range crowd.Slice(seed, 6000) {
			docs = append(docs, docOf(int64(i+1), c))
		}
		x.Apply(docs, nil)
		for i := range docs {
			inOrder = append(inOrder, &docs[i])
		}
		slices.SortFunc(inOrder, byCompany)
		for _, text := range []string{"an", `"de vries"`, "muller bakkerij", "company:e"} {
			agree(t, x, inOrder, text)
		}
	}
}

// TestAPhraseStaysWithinAValue has values that are cut where others begin.
func TestAPhraseStaysWithinAValue(t *testing.T) {
	t.Parallel()
	x := index.New()
	x.Apply([]index.Doc{{Seq: 1, ID: "a", Username: "ann.lee@shop.example", Company: "x .net", Tags: []string{"vip", ".net"}}}, nil)
	for text, want := range map[string]int{
		`"vip.net"`: 0, "tag:=.net": 1, "tag:=vip": 1, "company:=.net": 0, `company:="x .net"`: 1, "username:=@shop.example": 0,
		"username:=.example": 0, "username:=ann": 0, "username:=ann.lee@shop.example": 1, "lee@shop": 1,
	} {
		q, err := query.Parse(text, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := x.Find(t.Context(), index.Search{Query: q, Status: -1}); err != nil || r.Total != want {
			t.Errorf("%s: %d, want %d, %v", text, r.Total, want, err)
		}
	}
}

func byCompany(a, b *index.Doc) int {
	return cmp.Or(strings.Compare(a.Company, b.Company), strings.Compare(a.ID, b.ID))
}

func agree(t *testing.T, x *index.Index, docs []*index.Doc, text string) {
	t.Helper()
	q, err := query.Parse(text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var want []*index.Doc
	for _, d := range docs {
		if !slices.ContainsFunc(q.Terms, func(term query.Term) bool { return contains(term, d) == term.Not }) {
			want = append(want, d)
		}
	}
	s := index.Search{Query: q, Status: -1, Sort: index.ByCompany, Limit: 100}
	for _, s.Offset = range []int{0, len(want) / 3, max(0, len(want)-50)} {
		r, err := x.Find(context.Background(), s)
		if err != nil || r.Total != len(want) || r.Everything != len(docs) {
			t.Fatalf("%q: %d of %d, want %d of %d, %v", text, r.Total, r.Everything, len(want), len(docs), err)
		}
		for i, seq := range r.Seqs {
			if seq != want[s.Offset+i].Seq {
				t.Fatalf("%q: at %d is %d, want %d", text, s.Offset+i, seq, want[s.Offset+i].Seq)
			}
		}
	}
	s.Descending, s.Offset = true, 5
	if r, err := x.Find(context.Background(), s); err != nil || len(want) > 5 && r.Seqs[0] != want[len(want)-6].Seq {
		t.Fatalf("%q backwards: %v, %v", text, r.Seqs[:1], err)
	}
}
