package replica

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"partnerdesk/backend/customer"
)

// sortKey is the form in which text sorts: without regard to case or accents.
func sortKey(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return strings.ToLower(s)
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
	return plain
}

// searchText is what a query's text is looked for in: a line for each of name,
// username and company, so that a match never runs from one into the next.
func searchText(c customer.Customer) string {
	return line(c.Name()) + "\n" + line(c.Username) + "\n" + line(c.Company)
}

func line(s string) string { return strings.ReplaceAll(strings.ToLower(s), "\n", " ") }

// statusRank is the status as a number, in the order in which they are shown.
func statusRank(s customer.Status) int { return slices.Index(customer.Statuses(), s) }
