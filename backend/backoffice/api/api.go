// Package api holds the shapes of the Back Office's HTTP contract (/api/v1),
// shared by its server and its client. Errors are RFC 9457 problem details.
package api

import "partnerdesk/backend/customer"

// Contract is the version of the contract that these shapes are. A desk and a
// Back Office of different versions don't talk; it grows only when they can't.
const Contract = 1

// Partner is an agency. Username is its contact address, which customers see.
type Partner struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	Name     string `json:"name"`
}

// Credentials sign a member of a partner in.
type Credentials struct {
	Username string `json:"username" maxLength:"254"`
	Password string `json:"password" maxLength:"1024"`
}

// Session is a member's sign-in. Token goes in "Authorization: Bearer".
type Session struct {
	Token     string        `json:"token"`
	ExpiresAt customer.Time `json:"expires_at"`
	Partner   Partner       `json:"partner"`
	Member    Member        `json:"member"`
	// Contract is the Back Office's Contract; zero from one that had none.
	Contract int `json:"contract"`
	// Name is the Back Office's own, shown to partners.
	Name string `json:"name"`
}

// Meta describes a Back Office.
type Meta struct {
	Name         string                 `json:"name"`
	Version      string                 `json:"version"`
	Destinations []customer.Destination `json:"destinations"`
}

// Changes is one page of the change feed.
type Changes struct {
	Customers []customer.Customer `json:"customers"`
	Next      string              `json:"next"` // the cursor to ask with next time
	More      bool                `json:"more"` // there is more right now
	// Remaining is how many customers are still to come after this page, and
	// Total how many there are in all. Both are zero in the last page.
	Remaining int `json:"remaining"`
	Total     int `json:"total"`
	// Epoch names one unbroken history of the Back Office's data. It changes when
	// a backup is put back: then a desk asks for everything anew, and what the
	// feed no longer holds is not known there any more.
	Epoch string `json:"epoch"`
}

// MutationsRequest carries a batch of mutations, oldest first.
type MutationsRequest struct {
	Mutations []customer.Mutation `json:"mutations" maxItems:"200"`
}

// MutationsResponse has one result for each mutation, in the same order.
type MutationsResponse struct {
	Results []customer.Result `json:"results"`
}

// LogInAsRequest asks for a log-in-as link.
type LogInAsRequest struct {
	Reason      string `json:"reason,omitempty" maxLength:"200"`
	Destination string `json:"destination,omitempty" maxLength:"50"` // an id from Meta; empty for the first
}

// Link is a link with an end: a log-in-as link, valid once and for 60 seconds.
type Link struct {
	URL       string        `json:"url"`
	ExpiresAt customer.Time `json:"expires_at"`
}

// ActivationMailRequest asks for a fresh link to activate or to set a
// password. Earlier links die. With Deliver the mail goes out; without, the
// link comes back only, to be handed over by hand.
type ActivationMailRequest struct {
	Deliver bool `json:"deliver"`
}

// ActivationMail is the mail state after such a request, and its link.
type ActivationMail struct {
	Kind      customer.MailKind  `json:"kind"`
	State     customer.MailState `json:"state"` // empty when nothing was mailed
	Link      string             `json:"link"`
	ExpiresAt customer.Time      `json:"expires_at"`
}

// Events is one page of a customer's history, newest first.
type Events struct {
	Events []customer.Event `json:"events"`
	// Before is the id to ask older events with; zero when there are none.
	Before int64 `json:"before"`
}

// Mails lists a customer's mails, newest first.
type Mails struct {
	Mails []customer.Mail `json:"mails"`
}

// Visits lists the partner's open log-in-as sessions, newest first.
type Visits struct {
	Visits []customer.Visit `json:"visits"`
}

// RecentVisits are the partner's latest log-ins as a customer, newest first.
type RecentVisits struct {
	Visits []customer.PastVisit `json:"visits"`
}
