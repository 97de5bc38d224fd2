package desk

import (
	"slices"
	"strconv"
	"strings"

	"partnerdesk/backend/customer"
)

// action is something new that the user does.
func (d *Desk) action(kind customer.ActionKind, title string) customer.Action {
	return customer.Action{ID: d.o.NewID(), Kind: kind, Title: title, MadeAt: customer.At(d.o.Clock())}
}

// editTitle says what a change makes of c.
func editTitle(m customer.Mutation, c customer.Customer) string {
	names := slices.DeleteFunc(m.Fields.Names(), func(name string) bool {
		return name == "lock_reason" && m.Fields.Status != nil || name == "password_hash"
	})
	switch {
	case m.Kind == customer.Create:
		return "Add " + c.Name()
	case len(names) == 0 && m.Fields.PasswordHash != nil:
		return "Set the password of " + c.Name()
	case slices.Equal(names, []string{"status"}):
		return statusVerb(c.Status, c.Name())
	}
	return "Edit " + c.Name()
}

func statusVerb(s customer.Status, whom string) string {
	switch s {
	case customer.Locked:
		return "Lock " + whom
	case customer.Activated:
		return "Activate " + whom
	}
	return "Set " + whom + " to " + customer.PendingActivate.Title()
}

// title says what the change makes of n customers.
func (c BulkChange) title(n int) string { return c.of(customer.HowMany(n)) }

func (c BulkChange) of(whom string) string {
	tags := "“" + strings.Join(c.Tags, "”, “") + "”"
	if len(c.Tags) > 3 {
		tags = strconv.Itoa(len(c.Tags)) + " tags"
	}
	switch c.Kind {
	case BulkAddTags:
		return "Add " + tags + " to " + whom
	case BulkRemoveTags:
		return "Remove " + tags + " from " + whom
	case BulkResend:
		return "Mail " + whom + " a link"
	}
	return statusVerb(c.Status, whom)
}
