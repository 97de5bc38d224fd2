package moving

import "partnerdesk/backend/customer"

// Phase says how far a move is.
type Phase string

// The phases. Running with a problem means that it waits and tries again.
const (
	None    Phase = "none"
	Running Phase = "running"
	Stopped Phase = "stopped" // it can go on
	Done    Phase = "done"
)

// Refused is a customer that the other side did not take.
type Refused struct {
	CustomerID string `json:"customer_id"`
	Name       string `json:"name"`
	Username   string `json:"username"`
	Message    string `json:"message"` // why, in words for people
}

// State is where a move stands.
type State struct {
	Phase    Phase  `json:"phase"`
	Address  string `json:"address"` // where it goes or went; empty for None
	Username string `json:"username"`
	Total    int    `json:"total"`
	Moved    int    `json:"moved"` // answered, less those that were refused
	// Refused are the first hundred, never nil, and RefusedTotal counts them all.
	Refused      []Refused `json:"refused"`
	RefusedTotal int       `json:"refused_total"`
	// Pending counts the moved customers who can't get in without a link, Pending
	// Activate or without a password, and were not mailed a fresh one: what they
	// have leads nowhere any more.
	Pending int `json:"pending"`
	// Problem says why it stopped or waits; nil when nothing is wrong.
	Problem *customer.Error `json:"problem"`
}

// maxRefused bounds how many State tells by name.
const maxRefused = 100

// Progress is what is kept of a move. It holds no secret.
type Progress struct {
	State
	MailPending bool `json:"mail_pending"`
	// After is the id of the last customer that was answered; they go in the
	// order of their ids.
	After string `json:"after"`
	// Epoch names the history of the target's data (api.Changes) that they were
	// answered in; empty before the first answer.
	Epoch string `json:"epoch"`
}

// anew goes back to the first customer: a backup was put in the place of the
// target's data, and what was answered may not be there any more.
func (p *Progress) anew(epoch string) {
	p.After, p.Epoch = "", epoch
	p.Moved, p.Refused, p.RefusedTotal, p.Pending = 0, []Refused{}, 0, 0
}

// Begin is the progress of a move that has not begun.
func Begin(address, username string, mailPending bool) Progress {
	return Progress{
		State:       State{Phase: Stopped, Address: address, Username: username, Refused: []Refused{}},
		MailPending: mailPending,
	}
}
