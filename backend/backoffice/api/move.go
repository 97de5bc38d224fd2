package api

import "partnerdesk/backend/customer"

// MaxMovedEvents is the most events in one MovedAccount.
const MaxMovedEvents = 500

// MovedAccount is a customer account that moves in from another Back Office
// with all that belongs to it. A long history comes in several parts, oldest
// first, each with the same account: what is there already is not changed again.
type MovedAccount struct {
	Customer customer.Customer `json:"customer"`
	// PasswordHash is an argon2id PHC string; empty when none is set.
	PasswordHash string `json:"password_hash"`
	// Events are the history, oldest first, with the ids of where they come from.
	Events []customer.Event `json:"events" maxItems:"500"`
	// More says that a further part of the history follows. With the last part
	// the account has moved, and its mail, if it is to have one, goes out.
	More bool `json:"more"`
}

// MoveRequest brings accounts in. No mail goes out for them but, with
// MailPending, a fresh link to those that are Pending Activate or have no password.
type MoveRequest struct {
	Accounts    []MovedAccount `json:"accounts" maxItems:"100"`
	MailPending bool           `json:"mail_pending"`
}

// MoveOutcome is what became of an account that moves in.
type MoveOutcome string

// The outcomes. Known means that it came in earlier; its new events are added
// all the same.
const (
	Moved   MoveOutcome = "moved"
	Known   MoveOutcome = "known"
	Refused MoveOutcome = "refused"
)

// MoveResult is the answer to one account.
type MoveResult struct {
	CustomerID string          `json:"customer_id"`
	Outcome    MoveOutcome     `json:"outcome"`
	Error      *customer.Error `json:"error,omitempty"` // why it was refused
	// LastEvent is the highest id of where they come from among the events that
	// are here now.
	LastEvent int64 `json:"last_event"`
}

// MoveResponse has one result for each account, in the same order.
type MoveResponse struct {
	Results []MoveResult `json:"results"`
}
