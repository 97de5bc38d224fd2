package importing

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// joined are the fields that several columns can make up, and what stands
// between their cells. Of several columns for another field the first that holds
// something counts.
var joined = map[string]string{"street": " ", "notes": "\n", "tags": ", ", fieldName: " "}

func knownField(field string) bool { return field == "" || headers[field] != nil }

// hasHeader tells whether the first row names the columns: no address is in it,
// and it has a known name, or others have addresses.
func hasHeader(rows [][]string) bool {
	if len(rows) == 0 {
		return false
	}
	known := false
	for _, cell := range rows[0] {
		if customer.CheckUsername(strings.TrimSpace(cell)) == nil {
			return false
		}
		known = known || words().headers[fold(cell)] != "" || ignored[fold(cell)] != ""
	}
	return known || slices.ContainsFunc(rows[1:], func(row []string) bool {
		return slices.ContainsFunc(row, func(cell string) bool { return customer.CheckUsername(strings.TrimSpace(cell)) == nil })
	})
}

// match finds out where the columns go: by their names, and by what is in them
// where a name says nothing.
func match(header []string, rows [][]string, width int) []Column {
	columns := make([]Column, width)
	taken := map[string]bool{}
	for i := range columns {
		c := &columns[i]
		if i < len(header) {
			c.Name = strings.TrimSpace(header[i])
		}
		key := fold(c.Name)
		c.Field, c.Note = words().headers[key], ignored[key]
		if c.Field != "" && taken[c.Field] && joined[c.Field] == "" {
			c.Field = ""
		}
		taken[c.Field] = true
		if c.Name == "" {
			c.Name = fmt.Sprintf("Column %d", i+1)
		}
	}
	for i := range columns {
		c := &columns[i]
		if c.Field != "" || c.Note != "" {
			continue
		}
		if field := byContent(rows, i); field != "" && !taken[field] {
			c.Field = field
			taken[field] = true
		}
	}
	settleNames(columns, taken)
	return columns
}

// settleNames decides what a column called Name is beside others: with a first
// name it is the last one, as in German and Dutch; with both it is left out.
func settleNames(columns []Column, taken map[string]bool) {
	if !taken[fieldName] || !taken["first_name"] && !taken["last_name"] {
		return
	}
	for i := range columns {
		if columns[i].Field != fieldName {
			continue
		}
		columns[i].Field = ""
		for _, missing := range []string{"last_name", "first_name"} {
			if !taken[missing] {
				columns[i].Field, taken[missing] = missing, true
				break
			}
		}
	}
}

var (
	looksPhone   = regexp.MustCompile(`^(\+|\()?[0-9][0-9 ()./-]{6,}[0-9]$`)
	looksWebsite = regexp.MustCompile(`(?i)^(https?://|www\.)[^\s@]+\.[^\s@]+$`)
	looksPostal  = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Z]{2}$`)
	looksDate    = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}`)
)

// byContent is the field that nearly all cells of a column fit; empty for none.
func byContent(rows [][]string, column int) string {
	filled, fits := 0, map[string]int{}
	for _, row := range rows {
		if column >= len(row) || strings.TrimSpace(row[column]) == "" {
			continue
		}
		filled++
		cell := strings.TrimSpace(row[column])
		_, country := countryOf(cell)
		_, status := statusOf(cell)
		for field, fit := range map[string]bool{
			"username": customer.CheckUsername(cell) == nil, "website": looksWebsite.MatchString(cell),
			"phone":   looksPhone.MatchString(cell) && !looksDate.MatchString(cell),
			"country": country, "status": status, "postal_code": looksPostal.MatchString(cell),
		} {
			if fit {
				fits[field]++
			}
		}
	}
	for _, field := range []string{"username", "website", "postal_code", "phone", "status", "country"} {
		if filled > 0 && fits[field]*10 >= filled*8 {
			return field
		}
	}
	return ""
}
