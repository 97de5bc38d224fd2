package desk

import (
	"context"
	"slices"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

const (
	reasonsKey   = "log_in_as_reasons"
	maxReasons   = 10
	maxReasonLen = 200
)

// LogInAsOptions returns the destinations that the Back Office offers, and the
// reasons given before.
func (d *Desk) LogInAsOptions(ctx context.Context) (LogInAsOptions, error) {
	meta, err := d.o.Remote.Meta(ctx)
	if err != nil {
		return LogInAsOptions{}, err
	}
	o := LogInAsOptions{Destinations: meta.Destinations, Reasons: []string{}}
	if o.Destinations == nil {
		o.Destinations = []customer.Destination{}
	}
	_, err = d.o.Replica.Setting(ctx, reasonsKey, &o.Reasons)
	return o, err
}

// LogInAs asks the Back Office for a single-use link into the customer's
// account and opens it in the system browser. The reason, if any, is shown to
// the customer and remembered.
func (d *Desk) LogInAs(ctx context.Context, id, reason, destination string) error {
	if err := d.notFrozen(); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if len([]rune(reason)) > maxReasonLen {
		return customer.FailField(customer.TooLong, "reason", "At most 200 characters fit here.")
	}
	link, err := d.o.Remote.LogInAs(ctx, id, reason, destination)
	if err != nil {
		return d.notThereYet(ctx, id, err)
	}
	if err := d.o.Browser.OpenLink(ctx, link.URL); err != nil {
		return err
	}
	return d.rememberReason(ctx, reason)
}

func (d *Desk) rememberReason(ctx context.Context, reason string) error {
	if reason == "" {
		return nil
	}
	reasons := []string{}
	if _, err := d.o.Replica.Setting(ctx, reasonsKey, &reasons); err != nil {
		return err
	}
	reasons = slices.DeleteFunc(reasons, func(r string) bool { return strings.EqualFold(r, reason) })
	reasons = append([]string{reason}, reasons...)
	return d.o.Replica.SetSetting(ctx, reasonsKey, reasons[:min(len(reasons), maxReasons)])
}

// NewLink has the Back Office make a fresh activation or password link; with
// deliver it is mailed to the customer, without it only comes back. Forbidden
// for a member who may look only.
func (d *Desk) NewLink(ctx context.Context, id string, deliver bool) (api.ActivationMail, error) {
	if err := d.mayEdit(); err != nil {
		return api.ActivationMail{}, err
	}
	mail, err := d.o.Remote.NewLink(ctx, id, deliver)
	return mail, d.notThereYet(ctx, id, err)
}

// Events returns a page of a customer's history, newest first.
func (d *Desk) Events(ctx context.Context, id string, before int64) (api.Events, error) {
	page, err := d.o.Remote.Events(ctx, id, before)
	return page, d.notThereYet(ctx, id, err)
}

// Mails returns the mails to a customer, newest first.
func (d *Desk) Mails(ctx context.Context, id string) ([]customer.Mail, error) {
	mails, err := d.o.Remote.Mails(ctx, id)
	return mails, d.notThereYet(ctx, id, err)
}

// OpenMail hands the text of a mail to the user's own mail program. Forbidden
// for a member who may look only: the text holds a link into the account.
func (d *Desk) OpenMail(ctx context.Context, customerID, mailID string) error {
	if err := d.mayEdit(); err != nil {
		return err
	}
	mails, err := d.o.Remote.Mails(ctx, customerID)
	if err != nil {
		return err
	}
	for _, m := range mails {
		if m.ID == mailID && m.Text != "" {
			return d.o.Browser.OpenMail(ctx, m.To, m.Subject, m.Text)
		}
	}
	return customer.Fail(customer.NotFound, "The text of this mail is no longer kept. Send a new one instead.")
}

// Visits returns the open log-in-as sessions.
func (d *Desk) Visits(ctx context.Context) ([]customer.Visit, error) {
	return d.o.Remote.Visits(ctx)
}

// EndVisit ends a log-in-as session at once.
func (d *Desk) EndVisit(ctx context.Context, id string) error {
	return d.o.Remote.EndVisit(ctx, id)
}

// notThereYet says why the Back Office does not know a customer that the desk
// has: its creation still waits to be sent.
func (d *Desk) notThereYet(ctx context.Context, id string, err error) error {
	if customer.CodeOf(err) != customer.NotFound {
		return err
	}
	if have, getErr := d.o.Replica.Get(ctx, id); getErr == nil && have.Customer.Revision == 0 {
		return customer.Fail(customer.NotFound, "This customer has not reached the Back Office yet. Try again in a moment.")
	}
	return err
}
