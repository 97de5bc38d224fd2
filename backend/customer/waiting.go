package customer

// WaitingChanges says how many changes have not reached the Back Office and
// what they will do. One change can do several things.
type WaitingChanges struct {
	Total           int `json:"total"`            // changes that wait, without those that came back
	Creates         int `json:"creates"`          // new customers
	Edits           int `json:"edits"`            // updates that do more than ask for a mail or lock
	ActivationMails int `json:"activation_mails"` // changes after which an activation mail goes out
	Locks           int `json:"locks"`            // changes that lock an account
	NeedsAttention  int `json:"needs_attention"`  // changes that came back
}
