package query

import (
	"strings"

	"partnerdesk/backend/customer"
)

// Query is a search: what matches, matches every term.
type Query struct {
	Terms []Term
}

// Term is one condition.
type Term struct {
	Not   bool // what it says must not hold
	Field Field
	Exact bool   // a text equals, not contains
	Text  string // as typed, without quotes
	// Folded is what a text contains or equals, for the fields that hold text.
	Folded string
	// Values are those of Status, Country, Language or Is, of which one holds.
	Values []string
	// From (inclusive) and To (exclusive) bound Created, Activated and Login.
	// Never is 0, so that from 0 to 1 means never.
	From, To customer.Time
}

// IsText reports whether the field holds text, to be found by a part of it.
func (f Field) IsText() bool {
	switch f {
	case Any, Name, Username, Company, Phone, City, Note, Tag:
		return true
	}
	return false
}

func (f Field) isTime() bool { return f == Created || f == Activated || f == Login }

// String writes the query so that it is read as the same.
func (q Query) String() string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

func (t Term) String() string {
	var b strings.Builder
	if t.Not {
		b.WriteByte('-')
	}
	value := quoteIfNeeded(t.Text)
	switch t.Field {
	case Any:
		if value == t.Text && (strings.HasPrefix(value, "-") || strings.Contains(value, ":")) {
			value = `"` + value + `"`
		}
	default:
		b.WriteString(string(t.Field) + ":")
		if t.Exact {
			b.WriteByte('=')
		} else if strings.HasPrefix(value, "=") {
			value = `"` + value + `"`
		}
	}
	b.WriteString(value)
	return b.String()
}

// Texts are what a field of a customer holds, to be looked for in: one text,
// or one for each tag. Any has none of its own.
func Texts(c customer.Customer, f Field) []string {
	switch f {
	case Name:
		return []string{c.Name()}
	case Username:
		return []string{c.Username}
	case Company:
		return []string{c.Company}
	case Phone:
		return []string{c.Phone}
	case City:
		return []string{c.City}
	case Note:
		return []string{c.Notes}
	case Tag:
		return c.Tags
	}
	return nil
}

// Searched lists the fields that a word without a field is looked for in.
func Searched() []Field { return []Field{Name, Username, Company, Phone, City, Note, Tag} }
