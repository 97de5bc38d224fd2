package query

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"partnerdesk/backend/customer"
)

// More than anybody types: terms, each of which is looked for on its own, and
// bytes in all.
const (
	maxTerms = 50
	maxText  = 4000
)

// Parse reads a search text; days are those of now's location. What is only
// half typed (status: or "anna) is read as far as it says something. A field or
// value that does not exist is invalid, with the field "text" and a message
// that says what was meant.
func Parse(text string, now time.Time) (Query, error) {
	if len(text) > maxText {
		return Query{}, wrong("This is too long to search for.")
	}
	r := reader{rest: strings.ToValidUTF8(text, "\uFFFD"), now: now}
	var q Query
	for {
		term, more, err := r.next()
		if err != nil {
			return Query{}, err
		}
		if !more {
			return q, nil
		}
		if term == nil {
			continue
		}
		if len(q.Terms) == maxTerms {
			return Query{}, wrong(fmt.Sprintf("Search for fewer words at once; %d is the limit.", maxTerms))
		}
		q.Terms = append(q.Terms, *term)
	}
}

func wrong(message string) *customer.Error {
	return customer.FailField(customer.Invalid, "text", message)
}

// reader takes a text apart.
type reader struct {
	rest string
	now  time.Time
}

// next reads a term; nil for one that says nothing yet.
func (r *reader) next() (term *Term, more bool, err error) {
	r.rest = strings.TrimLeftFunc(r.rest, isSpace)
	if r.rest == "" {
		return nil, false, nil
	}
	t := Term{}
	if rest, ok := strings.CutPrefix(r.rest, "-"); ok {
		t.Not, r.rest = true, rest
		if rest == "" || isSpace([]rune(rest)[0]) {
			return nil, true, nil // a dash of its own
		}
	}
	if strings.HasPrefix(r.rest, `"`) {
		t.Text = r.quoted()
		return t.asText(), true, nil
	}
	end := strings.IndexFunc(r.rest, isSpace)
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	name, _, hasColon := strings.Cut(word, ":")
	field, known := fieldOf(name)
	switch {
	case hasColon && known:
		r.rest = r.rest[len(name)+1:]
		return r.field(t, field)
	case hasColon:
		if err := meant(name); err != nil {
			return nil, false, err
		}
	}
	t.Text, r.rest = word, r.rest[end:]
	return t.asText(), true, nil
}

// field reads the value behind a field's colon.
func (r *reader) field(t Term, field Field) (*Term, bool, error) {
	t.Field = field
	if rest, ok := strings.CutPrefix(r.rest, "="); ok && field.IsText() {
		t.Exact, r.rest = true, rest
	}
	if strings.HasPrefix(r.rest, `"`) {
		t.Text = r.quoted()
	} else {
		end := strings.IndexFunc(r.rest, isSpace)
		if end < 0 {
			end = len(r.rest)
		}
		t.Text, r.rest = r.rest[:end], r.rest[end:]
	}
	switch {
	case field.IsText():
		return t.asText(), true, nil
	case strings.TrimFunc(t.Text, isSpace) == "":
		return nil, true, nil
	case field.isTime():
		var said bool
		var err error
		if t.From, t.To, said, err = readTime(t.Text, r.now); err != nil || !said {
			return nil, err == nil, err
		}
		return &t, true, nil
	}
	var err error
	t.Values, err = readValue(field, t.Text)
	return &t, err == nil, err
}

// quoted reads up to the closing quote, or to the end; two quotes in it are one.
func (r *reader) quoted() string {
	var b strings.Builder
	rest := r.rest[1:]
	for {
		part, after, closed := strings.Cut(rest, `"`)
		b.WriteString(part)
		rest = after
		if !closed || !strings.HasPrefix(rest, `"`) {
			r.rest = rest
			return b.String()
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
}

// asText makes t look for its text; nil when there is nothing to look for.
func (t Term) asText() *Term {
	if t.Folded = Fold(t.Text); t.Folded == "" {
		return nil
	}
	return &t
}

// meant returns an error when a word before a colon is nearly a field.
func meant(name string) error {
	if strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 || len(name) > 20 {
		return nil
	}
	best, least := Field(""), 3
	for _, f := range Fields() {
		allowed := 1
		if len(f) > 4 {
			allowed = 2
		}
		if d := distance(strings.ToLower(name), string(f)); d <= allowed && d < least && len(f) > 2 {
			best, least = f, d
		}
	}
	if best == "" {
		return nil
	}
	return wrong(fmt.Sprintf("There is no field “%s”. Did you mean %s:? To search for the text itself, put it in quotes.", name, best))
}

// distance is the number of letters to change, add, drop or swap.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}
