package exporting

import (
	"strings"
	"time"

	"partnerdesk/backend/customer"
)

// column is a column of a table of customers.
type column struct {
	field, title string
	of           func(c customer.Customer) string
}

// columns are all there are, in the order of the form; the facts come last.
func columns() []column {
	return []column{
		{"username", "Username", func(c customer.Customer) string { return c.Username }},
		{"first_name", "First name", func(c customer.Customer) string { return c.FirstName }},
		{"last_name", "Last name", func(c customer.Customer) string { return c.LastName }},
		{"company", "Company", func(c customer.Customer) string { return c.Company }},
		{"phone", "Phone", func(c customer.Customer) string { return c.Phone }},
		{"website", "Website", func(c customer.Customer) string { return c.Website }},
		{"street", "Street", func(c customer.Customer) string { return c.Street }},
		{"postal_code", "Postal code", func(c customer.Customer) string { return c.PostalCode }},
		{"city", "City", func(c customer.Customer) string { return c.City }},
		{"country", "Country", func(c customer.Customer) string { return c.Country }},
		{"language", "Language", func(c customer.Customer) string { return c.Language }},
		{"status", "Status", func(c customer.Customer) string { return c.Status.Title() }},
		{"lock_reason", "Lock reason", func(c customer.Customer) string { return c.LockReason }},
		{"tags", "Tags", func(c customer.Customer) string { return strings.Join(c.Tags, ", ") }},
		{"notes", "Notes", func(c customer.Customer) string { return c.Notes }},
		{"created_at", "Created", func(c customer.Customer) string { return moment(c.CreatedAt) }},
		{"activated_at", "Activated", func(c customer.Customer) string { return moment(c.ActivatedAt) }},
		{"last_login_at", "Last login", func(c customer.Customer) string { return moment(c.LastLoginAt) }},
	}
}

// moment is a time as it is on the user's clock; empty for never.
func moment(t customer.Time) string {
	if t == 0 {
		return ""
	}
	return t.Time().In(time.Local).Format("2006-01-02 15:04")
}

// chosen returns the named columns in the order of the names.
func chosen(names []string) ([]column, error) {
	known := map[string]column{}
	for _, c := range columns() {
		known[c.field] = c
	}
	out := []column{}
	for _, name := range names {
		c, found := known[name]
		if !found {
			return nil, customer.FailField(customer.Invalid, "columns", "A column that was chosen is not known.")
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, customer.FailField(customer.Required, "columns", "Choose at least one column.")
	}
	return out, nil
}
