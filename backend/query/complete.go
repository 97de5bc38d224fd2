package query

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"partnerdesk/backend/customer"
)

// Known returns the values of a field that exist and go on from what was typed,
// the most used first. It is asked for companies, cities and tags.
type Known func(field Field, typed string) []string

// MaxChoices is how many choices are worth reading.
const MaxChoices = 8

// Complete says what can stand where the caret is, which is counted in UTF-16
// code units. A choice replaces the word at the caret.
func Complete(text string, caret int, known Known) customer.Completion {
	units := utf16.Encode([]rune(text))
	caret = min(max(caret, 0), len(units))
	from, to := wordAt(units, caret)
	typed := string(utf16.Decode(units[from:caret]))
	c := customer.Completion{From: from, To: to, Choices: []customer.Choice{}}
	not := ""
	if rest, ok := strings.CutPrefix(typed, "-"); ok {
		not, typed = "-", rest
	}
	name, value, isField := strings.Cut(typed, ":")
	if !isField {
		c.Choices = fieldChoices(not, typed)
		return c
	}
	field, ok := fieldOf(name)
	if !ok {
		return c
	}
	value = strings.TrimPrefix(value, `"`)
	for _, v := range values(field, value, known) {
		choice := customer.Choice{Text: not + string(field) + ":" + quoteIfNeeded(v.Text), Note: v.Note}
		c.Choices = append(c.Choices, choice)
		if len(c.Choices) == MaxChoices {
			break
		}
	}
	return c
}

// wordAt bounds the word around the caret; quotes hold spaces together.
func wordAt(units []uint16, caret int) (from, to int) {
	quoted := false
	for i, u := range units {
		space := unicode.IsSpace(rune(u)) && !quoted
		if i >= caret {
			if space {
				return from, i
			}
		} else if space {
			from = i + 1
		}
		if u == '"' {
			quoted = !quoted
		}
	}
	return from, len(units)
}

func fieldChoices(not, typed string) []customer.Choice {
	all := []customer.Choice{}
	for _, f := range Fields() {
		if strings.HasPrefix(string(f), strings.ToLower(typed)) {
			all = append(all, customer.Choice{Text: not + string(f) + ":", Note: f.finds()})
		}
	}
	return all
}

// fieldOf finds a field by its word or one of the other words for it.
func fieldOf(word string) (Field, bool) {
	word = strings.ToLower(word)
	for _, f := range Fields() {
		if string(f) == word {
			return f, true
		}
	}
	f, ok := aliases()[word]
	return f, ok
}

// values are what can follow a field's colon.
func values(f Field, typed string, known Known) (all []customer.Choice) {
	words := map[Field][]customer.Choice{
		Status: {
			{Text: "pending", Note: "Pending Activate"}, {Text: "activated", Note: "Activated"}, {Text: "locked", Note: "Locked"},
		},
		Is: {
			{Text: "waiting", Note: "has changes that wait"}, {Text: "attention", Note: "needs attention"},
		},
		Language:  {{Text: "en", Note: "English"}, {Text: "nl", Note: "Dutch"}, {Text: "de", Note: "German"}},
		Created:   {{Text: "today"}, {Text: "yesterday"}},
		Activated: {{Text: "today"}, {Text: "yesterday"}, {Text: "never"}},
		Login:     {{Text: "today"}, {Text: "yesterday"}, {Text: "never"}},
	}
	for _, w := range words[f] {
		if strings.HasPrefix(w.Text, strings.ToLower(typed)) {
			all = append(all, w)
		}
	}
	switch f {
	case Country:
		for _, c := range valuesOf(Country) {
			if strings.HasPrefix(c.words[1], Fold(typed)) || c.words[0] == Fold(typed) {
				all = append(all, customer.Choice{Text: CountryName(c.value), Note: c.value})
			}
		}
	case Company, City, Tag:
		if known != nil {
			for _, v := range known(f, typed) {
				all = append(all, customer.Choice{Text: v})
			}
		}
	}
	return all
}

// quoteIfNeeded writes a value so that it is read as one.
func quoteIfNeeded(v string) string {
	if v != "" && strings.IndexFunc(v, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '"' }) < 0 {
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}
