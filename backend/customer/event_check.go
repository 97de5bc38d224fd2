package customer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of an event's texts, in characters (Unicode code points).
const (
	MaxActorName = 2*MaxName + 1 // a customer's first and last name
	MaxDetail    = 1000
)

// CheckEvent checks an event that comes from another Back Office: it is of a
// known kind, by a known kind of actor, about known fields, and within bounds.
// Otherwise the error is Invalid or TooLong, of the field "events".
func CheckEvent(e Event) *Error {
	fail := func(message string) *Error { return FailField(Invalid, "events", message) }
	switch {
	case e.ID <= 0:
		return fail("An entry of the history has no number.")
	case e.At <= 0:
		return fail("An entry of the history has no time.")
	case !e.Kind.known():
		return fail("The history holds an entry of a kind that is not known here.")
	case !e.Actor.Kind.known():
		return fail("The history holds an entry by somebody who is not known here.")
	case !e.MailKind.known():
		return fail("The history holds a mail of a kind that is not known here.")
	case !idText(e.Actor.ID):
		return fail("The history holds an identifier that is none.")
	case !utf8.ValidString(e.Detail) || strings.ContainsRune(e.Detail, 0):
		return fail("The history holds a character that can't be shown.")
	case utf8.RuneCountInString(e.Detail) > MaxDetail:
		return FailField(TooLong, "events", "An entry of the history is too long.")
	}
	if err := line("events", e.Actor.Name, MaxActorName); err != nil {
		return err
	}
	return checkChanges(e.Changes)
}

func checkChanges(changes []FieldChange) *Error {
	known := []string{"status", "tags"}
	for _, t := range textFields {
		known = append(known, t.name)
	}
	if len(changes) > len(known) {
		return FailField(TooLong, "events", "An entry of the history changes more fields than there are.")
	}
	for _, c := range changes {
		if !slices.Contains(known, c.Field) {
			return FailField(Invalid, "events", "The history holds a change of a field that is not known here.")
		}
		for _, v := range []string{c.From, c.To} {
			if err := text("events", v, MaxNotes, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k EventKind) known() bool {
	switch k {
	case EventCreated, EventMoved, EventChanged, EventStatusChanged, EventMailQueued, EventMailSent, EventMailSaved,
		EventMailFailed, EventLinkCopied, EventActivated, EventLoggedIn, EventVisited, EventVisitEnded, EventPasswordChanged:
		return true
	}
	return false
}

func (k ActorKind) known() bool {
	return k == ActorPartner || k == ActorCustomer || k == ActorSystem
}

// known takes the empty kind, of an event that is about no mail.
func (k MailKind) known() bool {
	switch k {
	case "", MailActivation, MailSetPassword, MailResetPassword, MailUsernameChanged:
		return true
	}
	return false
}

// idText reports an identifier as they are made here, or none.
func idText(s string) bool {
	const most = 36 // a UUID
	return len(s) <= most && strings.Trim(s, "0123456789abcdef-") == ""
}
