package query

import (
	"slices"
	"strings"
	"unicode/utf16"

	"partnerdesk/backend/customer"
)

// Matches says where a customer's texts hold what the query looks for, so that
// it can be highlighted; never nil.
func (q Query) Matches(c customer.Customer) []customer.Match {
	all := []customer.Match{}
	if !slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Field.IsText() && !t.Not }) {
		return all
	}
	for _, f := range Searched() {
		for i, text := range Texts(c, f) {
			spans := q.spans(f, text)
			if len(spans) == 0 {
				continue
			}
			m := customer.Match{Field: string(f), Spans: spans}
			switch f {
			case Tag:
				m.Field, m.Tag = "tags", i
			case Note:
				m.Field = "notes"
				m.Text, m.Spans = excerpt(text, spans)
			}
			all = append(all, m)
		}
	}
	return all
}

// spans are where a text of a field holds what is looked for, in UTF-16 units,
// in order and apart.
func (q Query) spans(f Field, text string) (all [][2]int) {
	folded := Fold(text)
	var traced *folding
	for _, t := range q.Terms {
		if t.Not || t.Field != f && t.Field != Any || t.Exact && t.Folded != folded {
			continue
		}
		for at := 0; ; {
			i := strings.Index(folded[at:], t.Folded)
			if i < 0 {
				break
			}
			if traced == nil {
				traced = &folding{traced: true}
				traced.add(text)
			}
			from := at + i
			to := from + len(t.Folded)
			all = append(all, [2]int{traced.from[from], traced.to[to-1]})
			at = to
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	joined := all[:0]
	for _, s := range all {
		if n := len(joined); n > 0 && s[0] <= joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], s[1])
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// An excerpt shows so many UTF-16 units before and after the first match.
const (
	before = 30
	after  = 90
)

// excerpt is the part of a text around the first span, in one line, with the
// spans that lie in it.
func excerpt(text string, spans [][2]int) (string, [][2]int) {
	units := utf16.Encode([]rune(text))
	from, to := max(0, spans[0][0]-before), min(len(units), max(spans[0][1], spans[0][0]+after))
	for from > 0 && from < spans[0][0] && units[from-1] != ' ' { // whole words
		from++
	}
	if from > 0 && utf16.IsSurrogate(rune(units[from])) && units[from] >= 0xdc00 {
		from--
	}
	if to < len(units) && utf16.IsSurrogate(rune(units[to-1])) && units[to-1] < 0xdc00 {
		to--
	}
	shown := strings.Map(func(r rune) rune {
		if isSpace(r) {
			return ' '
		}
		return r
	}, string(utf16.Decode(units[from:to])))
	shift := -from
	if from > 0 {
		shown, shift = "…"+shown, shift+1
	}
	if to < len(units) {
		shown += "…"
	}
	var inside [][2]int
	for _, s := range spans {
		if s[0] < to {
			inside = append(inside, [2]int{s[0] + shift, min(s[1], to) + shift})
		}
	}
	return shown, inside
}
