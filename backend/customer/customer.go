package customer

import "time"

// Time is a moment in Unix milliseconds, UTC. Zero means "never". It is the
// same number in Go, SQL, JSON and TypeScript.
type Time int64

// At converts t. The zero time.Time becomes "never".
func At(t time.Time) Time {
	if t.IsZero() {
		return 0
	}
	return Time(t.UnixMilli())
}

// Time converts back. "Never" becomes the zero time.Time.
func (t Time) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// Customer is one customer account as the Back Office knows it.
type Customer struct {
	ID         string `json:"id"` // UUIDv7, made where the account is made
	Username   string `json:"username"`
	FirstName  string `json:"first_name"`
	LastName   string `json:"last_name"`
	Company    string `json:"company"`
	Phone      string `json:"phone"`
	Website    string `json:"website"`
	Street     string `json:"street"`
	PostalCode string `json:"postal_code"`
	City       string `json:"city"`
	Country    string `json:"country"`  // ISO 3166-1 alpha-2, or empty
	Language   string `json:"language"` // of the mails: en, nl or de
	Status     Status `json:"status"`
	LockReason string `json:"lock_reason"` // seen by the partner only
	Notes      string `json:"notes"`       // seen by the partner only
	// Tags are seen by the partner only. Never nil.
	Tags []string `json:"tags"`

	Facts
}

// Facts are what only the Back Office can know. They are read-only on a desk.
type Facts struct {
	HasPassword bool `json:"has_password"`
	CreatedAt   Time `json:"created_at"`
	ActivatedAt Time `json:"activated_at"`
	// LastLoginAt is the customer's own last login; a log-in-as never counts.
	LastLoginAt Time      `json:"last_login_at"`
	MailKind    MailKind  `json:"mail_kind"` // of the latest mail; empty when none was made
	MailState   MailState `json:"mail_state"`
	MailError   string    `json:"mail_error"` // why the latest mail failed
	MailAt      Time      `json:"mail_at"`
	// LinkExpiresAt is the end of the newest activation or set-your-password
	// link that still works; zero when there is none.
	LinkExpiresAt Time `json:"link_expires_at"`
	// Revision grows with every change to the account, over the whole Back
	// Office. A mutation says which revision it was based on.
	Revision int64 `json:"revision"`
}

// NeedsLink reports whether the customer can't get in without a link: Pending
// Activate, or Activated without a password.
func (c Customer) NeedsLink() bool {
	return c.Status == PendingActivate || c.Status == Activated && !c.HasPassword
}

// Name is the customer's first and last name as shown in lists and mails.
func (c Customer) Name() string {
	switch {
	case c.FirstName == "":
		return c.LastName
	case c.LastName == "":
		return c.FirstName
	}
	return c.FirstName + " " + c.LastName
}

// Status is the state of a customer account (the vendor's three).
type Status string

// The statuses. Any status can follow any other.
const (
	PendingActivate Status = "pending_activate"
	Activated       Status = "activated"
	Locked          Status = "locked"
)

// Statuses lists every status in the order in which they are shown.
func Statuses() []Status { return []Status{PendingActivate, Activated, Locked} }

// Title is the status in the vendor's words.
func (s Status) Title() string {
	switch s {
	case PendingActivate:
		return "Pending Activate"
	case Activated:
		return "Activated"
	case Locked:
		return "Locked"
	}
	return string(s)
}

// Valid reports whether s is one of the three statuses.
func (s Status) Valid() bool {
	return s == PendingActivate || s == Activated || s == Locked
}

// MailKind says what a mail to a customer is for.
type MailKind string

// The mails a Back Office sends.
const (
	MailActivation      MailKind = "activation"
	MailSetPassword     MailKind = "set_password"
	MailResetPassword   MailKind = "reset_password"
	MailUsernameChanged MailKind = "username_changed"
)

// MailState is the truth about a mail.
type MailState string

// The mail states. A mail is Sent only after an SMTP server accepted it; Saved
// means that it was written to a file because no SMTP server is set up;
// Cancelled, that it was still queued when its link died.
const (
	MailQueued    MailState = "queued"
	MailSent      MailState = "sent"
	MailSaved     MailState = "saved"
	MailFailed    MailState = "failed"
	MailCancelled MailState = "cancelled"
)
