package bound

import (
	"context"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// Overview holds the methods about all customers at a glance.
type Overview struct{ open *Open }

// NewOverview makes them for the workspace that is open.
func NewOverview(open *Open) *Overview { return &Overview{open} }

// CustomerOverview returns the customers in figures.
func (o *Overview) CustomerOverview() (customer.Overview, error) {
	return with(o.open, func(ctx context.Context, d *desk.Desk) (customer.Overview, error) { return d.Overview(ctx) })
}

// RecentVisits returns the latest log-ins as a customer.
func (o *Overview) RecentVisits() ([]customer.PastVisit, error) {
	return with(o.open, func(ctx context.Context, d *desk.Desk) ([]customer.PastVisit, error) { return d.RecentVisits(ctx) })
}
