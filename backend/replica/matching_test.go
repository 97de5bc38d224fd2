package replica_test

import (
	"slices"
	"testing"

	"partnerdesk/backend/customer"
)

func TestMatching(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "700", crowd(700, 7)...)
	for _, q := range []customer.Query{
		{}, {Text: "ann", Sort: customer.SortCompany, Descending: true}, {Status: customer.Locked, CreatedFrom: 20000, Offset: 30, Limit: 2},
	} {
		got, err := r.Matching(t.Context(), customer.Selection{Query: &q})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		q.Limit = 500
		for q.Offset = 0; ; q.Offset += 500 {
			page := list(t, r, q)
			for _, row := range page.Rows {
				want = append(want, row.ID)
			}
			if len(page.Rows) == 0 {
				break
			}
		}
		if len(got) == 0 || !slices.Equal(got, want) {
			t.Fatalf("%+v: %d ids, want %d", q, len(got), len(want))
		}
		got, err = r.Matching(t.Context(), customer.Selection{Query: &q, Except: []string{want[1], "nobody"}})
		if err != nil || !slices.Equal(got, slices.Delete(want, 1, 2)) {
			t.Errorf("%+v: the excepted is there, or another is not: %v", q, err)
		}
	}
	some := crowd(700, 7)
	got, err := r.Matching(t.Context(), customer.Selection{IDs: []string{some[9].ID, "nobody", some[3].ID, some[9].ID}})
	if err != nil || !slices.Equal(got, []string{some[9].ID, some[3].ID}) {
		t.Errorf("by id: %q, %v", got, err)
	}
	_, err = r.Matching(t.Context(), customer.Selection{Query: &customer.Query{Status: "other"}})
	wantCode(t, err, customer.Invalid)
}
