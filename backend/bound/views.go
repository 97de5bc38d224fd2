package bound

import (
	"context"

	"partnerdesk/backend/desk"
)

// Views holds the methods about saved views and what stands beside the list.
type Views struct{ open *Open }

// NewViews makes them for the workspace that is open.
func NewViews(open *Open) *Views { return &Views{open} }

// SavedViews returns the user's views; null when none were ever kept.
func (v *Views) SavedViews() ([]desk.SavedView, error) {
	return with(v.open, func(ctx context.Context, d *desk.Desk) ([]desk.SavedView, error) { return d.SavedViews(ctx) })
}

// SaveViews keeps the user's views in this order.
func (v *Views) SaveViews(views []desk.SavedView) error {
	return do(v.open, func(ctx context.Context, d *desk.Desk) error { return d.SaveViews(ctx, views) })
}

// ListLayout returns what stands beside the list.
func (v *Views) ListLayout() (desk.ListLayout, error) {
	return with(v.open, func(ctx context.Context, d *desk.Desk) (desk.ListLayout, error) { return d.ListLayout(ctx) })
}

// SaveListLayout keeps what stands beside the list.
func (v *Views) SaveListLayout(l desk.ListLayout) error {
	return do(v.open, func(ctx context.Context, d *desk.Desk) error { return d.SaveListLayout(ctx, l) })
}
