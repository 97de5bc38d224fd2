package desk

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"partnerdesk/backend/customer"
)

// SavedView is a way of looking at the list that the user gave a name.
type SavedView struct {
	ID   string   `json:"id"`
	Name string   `json:"name"`
	View ListView `json:"view"`
}

// ListLayout is what stands beside the list.
type ListLayout struct {
	HideViews bool `json:"hide_views"`
	ShowPane  bool `json:"show_pane"`
}

const (
	savedViewsKey  = "saved_views"
	listLayoutKey  = "list_layout"
	maxViews       = 100
	maxViewNameLen = 60 // characters
)

// SavedViews returns the user's views in their order; nil when none were ever kept.
func (d *Desk) SavedViews(ctx context.Context) ([]SavedView, error) {
	var views []SavedView
	_, err := d.o.Replica.Setting(ctx, savedViewsKey, &views)
	return views, err
}

// SaveViews keeps the user's views in this order. Invalid, field name, when one
// has no name or its name is another's.
func (d *Desk) SaveViews(ctx context.Context, views []SavedView) error {
	if len(views) > maxViews {
		return customer.FailField(customer.Invalid, "name", fmt.Sprintf("There is room for %d views. Delete one first.", maxViews))
	}
	names := make(map[string]bool, len(views))
	kept := make([]SavedView, len(views))
	for i, v := range views {
		v.Name = strings.TrimSpace(v.Name)
		key := strings.ToLower(v.Name)
		switch {
		case v.Name == "":
			return customer.FailField(customer.Required, "name", "Give the view a name.")
		case utf8.RuneCountInString(v.Name) > maxViewNameLen:
			return customer.FailField(customer.Invalid, "name", fmt.Sprintf("Use at most %d characters.", maxViewNameLen))
		case names[key]:
			return customer.FailField(customer.Invalid, "name", "You already have a view with this name.")
		}
		names[key] = true
		kept[i] = v
	}
	return d.o.Replica.SetSetting(ctx, savedViewsKey, kept)
}

// ListLayout returns what stands beside the list.
func (d *Desk) ListLayout(ctx context.Context) (ListLayout, error) {
	var l ListLayout
	_, err := d.o.Replica.Setting(ctx, listLayoutKey, &l)
	return l, err
}

// SaveListLayout keeps what stands beside the list.
func (d *Desk) SaveListLayout(ctx context.Context, l ListLayout) error {
	return d.o.Replica.SetSetting(ctx, listLayoutKey, l)
}
