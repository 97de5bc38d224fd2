package backoffice

import (
	"context"
	"fmt"
	"time"

	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// Meter is told what is worth counting. It learns no name, no address and no
// id, and it must not block. It is called from several goroutines.
type Meter interface {
	server.Meter
	// Served tells of a request that was answered. The method is one of HTTP's
	// or "other", and the path a pattern of ours, such as /c/{id}/profile: never
	// what a client made up.
	Served(method, path string, status int, took time.Duration)
	// Mailed tells what became of a mail: sent, saved, failed for good, or
	// queued for another try.
	Mailed(state customer.MailState)
}

// noMeter counts nothing.
type noMeter struct{ server.NoMeter }

func (noMeter) Served(string, string, int, time.Duration) {}
func (noMeter) Mailed(customer.MailState)                 {}

// Figures counts what the database holds.
func (b *BackOffice) Figures(ctx context.Context) (store.Figures, error) {
	f, err := b.store.Figures(ctx)
	if err != nil {
		return f, fmt.Errorf("count what the back office holds: %w", err)
	}
	return f, nil
}

// outbox tells the meter what becomes of the mails in the store.
type outbox struct {
	*store.Store
	meter Meter
}

func (o outbox) MailSent(ctx context.Context, id string) error {
	return o.told(o.Store.MailSent(ctx, id), customer.MailSent)
}

func (o outbox) MailSaved(ctx context.Context, id string) error {
	return o.told(o.Store.MailSaved(ctx, id), customer.MailSaved)
}

func (o outbox) MailFailed(ctx context.Context, id, reason string, next customer.Time) error {
	state := customer.MailFailed
	if next != 0 {
		state = customer.MailQueued
	}
	return o.told(o.Store.MailFailed(ctx, id, reason, next), state)
}

func (o outbox) told(err error, state customer.MailState) error {
	if err == nil {
		o.meter.Mailed(state)
	}
	return err
}
