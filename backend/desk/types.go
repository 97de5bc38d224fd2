package desk

import "partnerdesk/backend/customer"

// Edit is what the customer dialog hands over on OK.
type Edit struct {
	// New is true when the dialog adds a customer.
	New bool `json:"new"`
	// Base is the customer as the dialog showed it first; what differs from it
	// in Customer is what the user changed.
	Base     customer.Customer `json:"base"`
	Customer customer.Customer `json:"customer"`
	// Password is the new password, or empty for none. It is turned into a hash
	// at once and kept nowhere.
	Password string `json:"password"`
	// Settles is the mutation id of the problem that the dialog showed; empty
	// for none.
	Settles string `json:"settles"`
}

// ListView is how the user last looked at the list.
type ListView struct {
	Text       string             `json:"text"`
	Status     customer.Status    `json:"status"`
	DatePreset string             `json:"date_preset"` // "", "today", "7d", "30d", "this_month", "this_year", "custom"
	DateFrom   string             `json:"date_from"`   // YYYY-MM-DD, for custom
	DateTo     string             `json:"date_to"`     // YYYY-MM-DD, inclusive, for custom
	Sort       customer.SortField `json:"sort"`
	Descending bool               `json:"descending"`
	Columns    []Column           `json:"columns"` // in order; empty for those of a new list
}

// Column is a column of the list.
type Column struct {
	Field string `json:"field"` // as in customer.Row; "name" is first and last name
	Width int    `json:"width"` // in pixels; zero for what it takes by itself
}

// LogInAsOptions is what the log-in-as dialog offers.
type LogInAsOptions struct {
	Destinations []customer.Destination `json:"destinations"` // never nil; the first is the default
	Reasons      []string               `json:"reasons"`      // used before, latest first; never nil
}
