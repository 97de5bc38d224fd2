package desk_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

func TestSavedViewsAreKeptInOrder(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	if views, err := d.SavedViews(t.Context()); err != nil || views != nil {
		t.Errorf("before any was kept: %v, %v; want nil", views, err)
	}
	want := []desk.SavedView{
		{ID: "2", Name: "VIP", View: desk.ListView{Text: "tag:vip", Sort: customer.SortCompany, Columns: []desk.Column{{Field: "tags", Width: 90}}}},
		{ID: "1", Name: "New this week", View: desk.ListView{DatePreset: "7d"}},
	}
	given := append([]desk.SavedView{}, want...)
	given[0].Name = " VIP "
	if err := d.SaveViews(t.Context(), given); err != nil {
		t.Fatal(err)
	}
	if views, err := d.SavedViews(t.Context()); err != nil || !reflect.DeepEqual(views, want) {
		t.Errorf("views %+v, %v", views, err)
	}
	if err := d.SaveViews(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if views, err := d.SavedViews(t.Context()); err != nil || views == nil || len(views) > 0 {
		t.Errorf("after all were deleted: %v, %v; want none, and not nil", views, err)
	}
}

func TestViewsAreRefusedBesideTheName(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	many := make([]desk.SavedView, 101)
	for i := range many {
		many[i].Name = fmt.Sprint("View ", i)
	}
	for name, views := range map[string][]desk.SavedView{
		"no name":      {{ID: "1", Name: "  "}},
		"too long":     {{ID: "1", Name: strings.Repeat("ü", 61)}},
		"the same":     {{ID: "1", Name: "Locked"}, {ID: "2", Name: "locked "}},
		"far too many": many,
	} {
		var told *customer.Error
		if err := d.SaveViews(t.Context(), views); !errors.As(err, &told) || told.Field != "name" {
			t.Errorf("%s: %v, want an error beside the name", name, err)
		}
	}
	if err := d.SaveViews(t.Context(), []desk.SavedView{{ID: "1", Name: strings.Repeat("ü", 60)}}); err != nil {
		t.Error(err)
	}
}

func TestListLayoutIsKept(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	want := desk.ListLayout{HideViews: true, ShowPane: true}
	if err := d.SaveListLayout(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if l, err := d.ListLayout(t.Context()); err != nil || l != want {
		t.Errorf("layout %+v, %v", l, err)
	}
}
