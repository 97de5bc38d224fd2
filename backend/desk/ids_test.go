package desk_test

import (
	"fmt"
	"slices"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

func TestIDsAreThoseOfTheRows(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	var all []string
	for i := range 1_005 {
		c := anna(d)
		c.Username, c.LastName = fmt.Sprintf("c%04d@bikes.example", i), fmt.Sprintf("%04d", i)
		if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
			t.Fatal(err)
		}
		all = append(all, c.ID)
	}
	tests := []struct {
		offset, limit int
		want          []string
	}{
		{0, 2_000, all},
		{3, 2, all[3:5]},
		{400, 605, all[400:]},
		{1_000, 9, all[1_000:]},
		{2_000, 5, nil},
		{5, 0, nil},
		{-1, 2, all[:2]},
	}
	for _, tt := range tests {
		ids, err := d.IDs(t.Context(), customer.Query{Offset: tt.offset, Limit: tt.limit})
		if err != nil || !slices.Equal(ids, tt.want) || ids == nil {
			t.Errorf("IDs from %d, %d at most: %d of them (%v), want %d", tt.offset, tt.limit, len(ids), err, len(tt.want))
		}
	}
}

func TestCountSelected(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	c := anna(d)
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
		t.Fatal(err)
	}
	pending := &customer.Query{Status: customer.PendingActivate}
	for _, tt := range []struct {
		s    customer.Selection
		want int
	}{
		{customer.Selection{}, 0},
		{customer.Selection{IDs: []string{c.ID, "gone"}}, 1},
		{customer.Selection{Query: pending}, 1},
		{customer.Selection{Query: pending, Except: []string{"gone"}}, 1},
		{customer.Selection{Query: pending, Except: []string{c.ID}}, 0},
	} {
		if n, err := d.CountSelected(t.Context(), tt.s); err != nil || n != tt.want {
			t.Errorf("%+v counts %d, %v; want %d", tt.s, n, err, tt.want)
		}
	}
}
