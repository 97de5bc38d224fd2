package desk

import (
	"context"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// BulkKind says what a bulk change does.
type BulkKind string

// The kinds of bulk change.
const (
	BulkStatus     BulkKind = "status"
	BulkAddTags    BulkKind = "add_tags"
	BulkRemoveTags BulkKind = "remove_tags"
	BulkResend     BulkKind = "resend" // a fresh activation or set-your-password link, by mail
)

// BulkChange is what is to be done with many customers.
type BulkChange struct {
	Kind       BulkKind        `json:"kind"`
	Status     customer.Status `json:"status"`      // for BulkStatus
	LockReason string          `json:"lock_reason"` // with Locked
	Tags       []string        `json:"tags"`        // for the tags
}

// BulkFigures count what a bulk change does, or did.
type BulkFigures struct {
	Total   int `json:"total"`   // customers selected
	Changed int `json:"changed"` // that are changed, or get a mail
	Already int `json:"already"` // that are so already
	// Left counts those that stay as they are for another reason; never nil.
	Left map[customer.Left]int `json:"left"`
	// Mails that go out because of it.
	ActivationMails  int `json:"activation_mails"`
	SetPasswordMails int `json:"set_password_mails"`
}

func (f *BulkFigures) count(c planned) {
	switch {
	case c.left != "":
		f.Left[c.left]++
		return
	case c.already:
		f.Already++
		return
	}
	f.Changed++
	if c.activationMail {
		f.ActivationMails++
	}
	if c.setPasswordMail {
		f.SetPasswordMails++
	}
}

// planned is what a bulk change means for one customer.
type planned struct {
	left            customer.Left
	already         bool
	fields          customer.Fields
	activationMail  bool
	setPasswordMail bool
}

// checked returns the change as it is stored; an Error by field when it can't be
// made of any customer.
func (c BulkChange) checked() (BulkChange, error) {
	sample := customer.Customer{Status: c.Status, LockReason: c.LockReason, Tags: c.Tags}
	if c.Kind != BulkStatus {
		sample.Status = customer.Activated
	}
	for _, tag := range c.Tags { // "a, b" is two tags where they are typed
		if strings.Contains(tag, ",") {
			return c, customer.FailField(customer.Invalid, "tags", "A tag can't hold a comma.")
		}
	}
	sample = customer.Normalize(sample)
	switch c.Kind {
	case BulkStatus, BulkResend:
	case BulkAddTags, BulkRemoveTags:
		if len(sample.Tags) == 0 {
			return c, customer.FailField(customer.Required, "tags", "Enter at least one tag.")
		}
	default:
		return c, customer.Fail(customer.Invalid, "This can't be done with many customers.")
	}
	for _, wrong := range wrongFields(customer.Validate(sample)) {
		if wrong.Field == "status" || wrong.Field == "lock_reason" || wrong.Field == "tags" {
			return c, &wrong
		}
	}
	c.LockReason, c.Tags = sample.LockReason, sample.Tags
	return c, nil
}

// plan says what the change means for a customer.
func (c BulkChange) plan(s customer.Standing) planned {
	if c.Kind == BulkResend {
		return resend(s)
	}
	if s.NeedsAttention {
		return planned{left: customer.InConflict}
	}
	next := s.Customer
	switch c.Kind {
	case BulkStatus:
		if s.Status == c.Status {
			return planned{already: true}
		}
		next.Status, next.LockReason = c.Status, c.LockReason
	case BulkAddTags:
		next.Tags = slices.Clone(next.Tags)
		for _, tag := range c.Tags {
			if !holds(next.Tags, tag) {
				next.Tags = append(next.Tags, tag)
			}
		}
		if len(next.Tags) > customer.MaxTags {
			return planned{left: customer.TooManyTags}
		}
	case BulkRemoveTags:
		next.Tags = slices.DeleteFunc(slices.Clone(next.Tags), func(tag string) bool { return holds(c.Tags, tag) })
	}
	p := planned{fields: customer.Diff(s.Customer, next)}
	p.already = p.fields.Empty()
	if c.Kind == BulkStatus {
		p.activationMail = c.Status == customer.PendingActivate
		p.setPasswordMail = c.Status == customer.Activated && !s.HasPassword
	}
	return p
}

func resend(s customer.Standing) planned {
	switch {
	case s.Revision == 0:
		return planned{left: customer.NotYetThere}
	case s.StatusWaiting:
		return planned{left: customer.StatusWaiting}
	case !s.NeedsLink():
		return planned{left: customer.NoLinkNeeded}
	}
	pending := s.Status == customer.PendingActivate
	return planned{activationMail: pending, setPasswordMail: !pending}
}

func holds(tags []string, tag string) bool {
	return slices.ContainsFunc(tags, func(have string) bool { return strings.EqualFold(have, tag) })
}

// PreviewBulk says what a bulk change would do, in figures, without doing it.
// An Error by field when the change can't be made of any customer.
func (d *Desk) PreviewBulk(ctx context.Context, of customer.Selection, c BulkChange) (BulkFigures, error) {
	c, err := c.checked()
	if err != nil {
		return BulkFigures{}, err
	}
	if err := d.mayEdit(); err != nil {
		return BulkFigures{}, err
	}
	figures := BulkFigures{Left: map[customer.Left]int{}}
	ids, err := d.o.Replica.Matching(ctx, of)
	if err != nil {
		return figures, err
	}
	figures.Total = len(ids)
	for part := range slices.Chunk(ids, atOnce) {
		standings, err := d.o.Replica.Standings(ctx, part)
		if err != nil {
			return figures, err
		}
		for _, s := range standings {
			figures.count(c.plan(s))
		}
		figures.gone(len(part) - len(standings))
	}
	return figures, nil
}

// gone counts customers that disappeared meanwhile.
func (f *BulkFigures) gone(n int) {
	if n > 0 {
		f.Left[customer.NotThere] += n
	}
}
