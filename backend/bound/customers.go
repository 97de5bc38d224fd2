package bound

import (
	"context"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/window"
)

// Customers holds the methods about the list and one customer.
type Customers struct{ open *Open }

// NewCustomers makes them for the workspace that is open.
func NewCustomers(open *Open) *Customers { return &Customers{open} }

// ListCustomers returns one page of the list.
func (c *Customers) ListCustomers(q customer.Query) (customer.Page, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.Page, error) { return d.List(ctx, q) })
}

// CompleteSearch says what can stand at the caret of a search text.
func (c *Customers) CompleteSearch(text string, caret int) (customer.Completion, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.Completion, error) {
		return d.CompleteSearch(ctx, text, caret)
	})
}

// CustomerIDs returns the ids of the query's rows from its offset on, its limit at most.
func (c *Customers) CustomerIDs(q customer.Query) ([]string, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) ([]string, error) { return d.IDs(ctx, q) })
}

// CountSelected returns how many customers a selection names.
func (c *Customers) CountSelected(s customer.Selection) (int, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (int, error) { return d.CountSelected(ctx, s) })
}

// Customer returns one customer.
func (c *Customers) Customer(id string) (customer.Record, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.Record, error) { return d.Customer(ctx, id) })
}

// NewCustomer returns what the dialog shows first for a new customer.
func (c *Customers) NewCustomer() (customer.Customer, error) {
	return with(c.open, func(_ context.Context, d *desk.Desk) (customer.Customer, error) { return d.NewCustomer(), nil })
}

// CheckCustomer returns every wrong field of an edit.
func (c *Customers) CheckCustomer(e desk.Edit) ([]customer.Error, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) ([]customer.Error, error) { return d.Check(ctx, e) })
}

// SaveCustomer saves what the dialog holds.
func (c *Customers) SaveCustomer(e desk.Edit) (customer.Record, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.Record, error) { return d.Save(ctx, e) })
}

// WaitingChanges returns a page of the changes that wait, or came back.
func (c *Customers) WaitingChanges(attention bool, offset int) (customer.WaitingPage, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.WaitingPage, error) {
		return d.WaitingChanges(ctx, attention, offset)
	})
}

// ResolveConflict settles a conflict: "mine" or "theirs" for each field, having
// seen theirs.
func (c *Customers) ResolveConflict(id string, keep map[string]string, seen customer.Fields) (customer.Record, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (customer.Record, error) {
		return d.ResolveConflict(ctx, id, keep, seen)
	})
}

// DiscardChange drops a customer's change that the Back Office has not taken.
func (c *Customers) DiscardChange(id string) error {
	return do(c.open, func(ctx context.Context, d *desk.Desk) error { return d.DiscardChange(ctx, id) })
}

// ResendMail mails a fresh activation or password link.
func (c *Customers) ResendMail(id string) (api.ActivationMail, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (api.ActivationMail, error) { return d.NewLink(ctx, id, true) })
}

// CopyLink makes a fresh link and puts it on the clipboard.
func (c *Customers) CopyLink(id string) (m api.ActivationMail, err error) {
	defer window.Guard(&err)
	m, err = with(c.open, func(ctx context.Context, d *desk.Desk) (api.ActivationMail, error) { return d.NewLink(ctx, id, false) })
	if err != nil {
		return m, err
	}
	return m, c.open.CopyText(m.Link)
}

// Mails returns the mails to a customer.
func (c *Customers) Mails(id string) ([]customer.Mail, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) ([]customer.Mail, error) { return d.Mails(ctx, id) })
}

// OpenMail hands a mail to the user's own mail program.
func (c *Customers) OpenMail(customerID, mailID string) error {
	return do(c.open, func(ctx context.Context, d *desk.Desk) error { return d.OpenMail(ctx, customerID, mailID) })
}

// Events returns a page of a customer's history.
func (c *Customers) Events(id string, before int64) (api.Events, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (api.Events, error) { return d.Events(ctx, id, before) })
}

// LogInAsOptions returns what the log-in-as dialog offers.
func (c *Customers) LogInAsOptions() (desk.LogInAsOptions, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (desk.LogInAsOptions, error) { return d.LogInAsOptions(ctx) })
}

// LogInAs opens a customer's account in the system browser.
func (c *Customers) LogInAs(id, reason, destination string) error {
	return do(c.open, func(ctx context.Context, d *desk.Desk) error { return d.LogInAs(ctx, id, reason, destination) })
}

// Visits returns the open log-in-as sessions.
func (c *Customers) Visits() ([]customer.Visit, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) ([]customer.Visit, error) { return d.Visits(ctx) })
}

// EndVisit ends a log-in-as session.
func (c *Customers) EndVisit(id string) error {
	return do(c.open, func(ctx context.Context, d *desk.Desk) error { return d.EndVisit(ctx, id) })
}

// ListView returns how the list was last looked at.
func (c *Customers) ListView() (desk.ListView, error) {
	return with(c.open, func(ctx context.Context, d *desk.Desk) (desk.ListView, error) { return d.ListView(ctx) })
}

// SaveListView keeps how the list is looked at.
func (c *Customers) SaveListView(v desk.ListView) error {
	return do(c.open, func(ctx context.Context, d *desk.Desk) error { return d.SaveListView(ctx, v) })
}
