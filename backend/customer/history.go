package customer

// Left says why a change was left as it is, by an undo, a redo or a bulk change.
type Left string

// The reasons.
const (
	ChangedSince  Left = "changed_since"  // somebody, or a later edit, changed it
	OnItsWay      Left = "on_its_way"     // a creation that may be at the Back Office already
	AtBackOffice  Left = "at_back_office" // a creation that is; accounts can't be deleted there
	InConflict    Left = "in_conflict"    // the customer needs attention first
	NameTaken     Left = "username_taken" // another customer has the username now
	NotThere      Left = "not_there"      // the customer is not there any more
	TooManyTags   Left = "too_many_tags"  // more tags than fit on a customer
	NoLinkNeeded  Left = "no_link_needed" // the customer gets in without a link
	NotYetThere   Left = "not_yet_there"  // the Back Office has not heard of the customer yet
	StatusWaiting Left = "status_waiting" // its status is on its way to the Back Office
)

// Reversal is what became of changes that were taken back or made again.
type Reversal struct {
	Changed int          `json:"changed"` // customers of whom something is again as it was
	Left    map[Left]int `json:"left"`    // customers of whom something stays; never nil
	// Mails that go out because of it.
	ActivationMails  int `json:"activation_mails"`
	SetPasswordMails int `json:"set_password_mails"`
	// What can't be taken back: mails that were sent, or written to a file, and
	// passwords that were set; or, made again, can't be restored.
	MailsSent  int `json:"mails_sent"`
	MailsSaved int `json:"mails_saved"`
	Passwords  int `json:"passwords"`
	// Stay are the ids of those left AtBackOffice, who can be locked instead.
	Stay []string `json:"stay"`
}

// Add counts r2 in.
func (r *Reversal) Add(r2 Reversal) {
	r.Changed += r2.Changed
	for why, n := range r2.Left {
		r.Leave(why, n)
	}
	r.ActivationMails += r2.ActivationMails
	r.SetPasswordMails += r2.SetPasswordMails
	r.MailsSent += r2.MailsSent
	r.MailsSaved += r2.MailsSaved
	r.Passwords += r2.Passwords
	r.Stay = append(r.Stay, r2.Stay...)
}

// Leave counts n customers that are left.
func (r *Reversal) Leave(why Left, n int) {
	if r.Left == nil {
		r.Left = map[Left]int{}
	}
	r.Left[why] += n
}

// PastAction is an action of the history.
type PastAction struct {
	Action
	Done   int `json:"done"`   // changes that can be taken back
	Undone int `json:"undone"` // changes that were, and can be made again
	// Blocked is why the one change it made can't be taken back; else empty.
	Blocked Left `json:"blocked"`
}

// Standing is a customer as a change of many meets it.
type Standing struct {
	Customer       // with its waiting changes laid over it
	NeedsAttention bool
	// StatusWaiting is true while another status is on its way to the Back Office.
	StatusWaiting bool
}
