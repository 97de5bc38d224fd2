package bound

import (
	"context"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// Bulk holds the methods about changing many customers, and taking back.
type Bulk struct{ open *Open }

// NewBulk makes them for the workspace that is open.
func NewBulk(open *Open) *Bulk { return &Bulk{open} }

// PreviewBulk says what a bulk change would do.
func (b *Bulk) PreviewBulk(of customer.Selection, c desk.BulkChange) (desk.BulkFigures, error) {
	return with(b.open, func(ctx context.Context, d *desk.Desk) (desk.BulkFigures, error) { return d.PreviewBulk(ctx, of, c) })
}

// RunBulk makes a bulk change; it returns when that is through or cancelled.
func (b *Bulk) RunBulk(of customer.Selection, c desk.BulkChange) (desk.BulkResult, error) {
	return with(b.open, func(ctx context.Context, d *desk.Desk) (desk.BulkResult, error) { return d.RunBulk(ctx, of, c) })
}

// Job says how far the change of many customers is that runs, or ran last.
func (b *Bulk) Job() (desk.Job, error) {
	return with(b.open, func(_ context.Context, d *desk.Desk) (desk.Job, error) { return d.Job(), nil })
}

// CancelJob has it stop.
func (b *Bulk) CancelJob(id string) error {
	return do(b.open, func(_ context.Context, d *desk.Desk) error { d.CancelJob(id); return nil })
}

// History says what an undo and a redo would be about.
func (b *Bulk) History() (desk.History, error) {
	return with(b.open, func(ctx context.Context, d *desk.Desk) (desk.History, error) { return d.History(ctx) })
}

// Undo takes back what was done last: that action, or with an empty id any.
func (b *Bulk) Undo(action string) (desk.Reversed, error) {
	return with(b.open, func(ctx context.Context, d *desk.Desk) (desk.Reversed, error) { return d.Undo(ctx, action) })
}

// Redo makes again what was taken back last.
func (b *Bulk) Redo(action string) (desk.Reversed, error) {
	return with(b.open, func(ctx context.Context, d *desk.Desk) (desk.Reversed, error) { return d.Redo(ctx, action) })
}
