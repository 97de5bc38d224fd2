package pages

import (
	"errors"

	"partnerdesk/backend/customer"
)

// field is one input of a form as a page shows it.
type field struct {
	Name, Label  string
	Type         string // of the input
	Value        string
	Autocomplete string
	Hint         string
	Error        string
	Max          int // characters; zero for no limit
	Required     bool
	ReadOnly     bool
	Focus        bool
	Choices      []choice // for a select
}

// choice is one option of a select.
type choice struct{ Value, Title string }

// fieldErrors are the messages by field name of an error from the domain;
// ok is false when the error is of another kind.
func fieldErrors(err error) (messages map[string]string, ok bool) {
	var e *customer.Error
	if !errors.As(err, &e) || (e.Field == "" && len(e.Fields) == 0) {
		return nil, false
	}
	messages = map[string]string{}
	if e.Field != "" {
		messages[e.Field] = e.Message
	}
	for _, f := range e.Fields {
		if messages[f.Field] == "" {
			messages[f.Field] = f.Message
		}
	}
	return messages, true
}

// focusFirst puts the focus on the first wrong field, or else on the first
// empty one that can be typed in.
func focusFirst(fields ...*field) {
	for _, f := range fields {
		if f.Error != "" {
			f.Focus = true
			return
		}
	}
	for _, f := range fields {
		if f.Value == "" && !f.ReadOnly {
			f.Focus = true
			return
		}
	}
}

func newPasswordFields() (first, again field) {
	first = field{Name: "password", Label: "New password", Type: "password", Autocomplete: "new-password", Required: true, Max: 256}
	again = field{Name: "confirm", Label: "Confirm new password", Type: "password", Autocomplete: "new-password", Required: true, Max: 256}
	return first, again
}
