package customer

// EventKind names a thing that happened to a customer account.
type EventKind string

// The kinds of event.
const (
	EventCreated         EventKind = "created"
	EventMoved           EventKind = "moved"   // moved in from another Back Office, with its history
	EventChanged         EventKind = "changed" // fields other than the status
	EventStatusChanged   EventKind = "status_changed"
	EventMailQueued      EventKind = "mail_queued"
	EventMailSent        EventKind = "mail_sent"
	EventMailSaved       EventKind = "mail_saved"
	EventMailFailed      EventKind = "mail_failed"
	EventLinkCopied      EventKind = "link_copied"
	EventActivated       EventKind = "activated" // by the customer, with the mail's link
	EventLoggedIn        EventKind = "logged_in"
	EventVisited         EventKind = "visited" // a partner logged in as the customer
	EventVisitEnded      EventKind = "visit_ended"
	EventPasswordChanged EventKind = "password_changed"
)

// ActorKind says what kind of party acted.
type ActorKind string

// The kinds of actor.
const (
	ActorPartner  ActorKind = "partner"
	ActorCustomer ActorKind = "customer"
	ActorSystem   ActorKind = "system"
)

// Actor is who really did something: under a log-in-as it is the person who
// signed in for the partner. A partner's actor is one of its members.
type Actor struct {
	Kind ActorKind `json:"kind"`
	ID   string    `json:"id"`
	Name string    `json:"name"`
}

// FieldChange is one field's old and new value as text.
type FieldChange struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Event is one entry of a customer's history.
type Event struct {
	ID         int64     `json:"id"`
	CustomerID string    `json:"customer_id"`
	At         Time      `json:"at"`
	Kind       EventKind `json:"kind"`
	Actor      Actor     `json:"actor"`
	// Visit is true when the partner acted while logged in as the customer.
	Visit   bool          `json:"visit"`
	Changes []FieldChange `json:"changes"` // never nil
	// Detail is what else there is to tell: a visit's reason, a mail's address,
	// why a mail failed.
	Detail   string   `json:"detail"`
	MailKind MailKind `json:"mail_kind"` // for the mail events
}

// Mail is one mail to a customer and the truth about it.
type Mail struct {
	ID         string    `json:"id"`
	CustomerID string    `json:"customer_id"`
	Kind       MailKind  `json:"kind"`
	To         string    `json:"to"`
	Subject    string    `json:"subject"`
	State      MailState `json:"state"`
	Error      string    `json:"error"` // why it failed, or why the last try did
	Attempts   int       `json:"attempts"`
	CreatedAt  Time      `json:"created_at"`
	SentAt     Time      `json:"sent_at"`
	// NextAttemptAt is when a queued mail is tried again.
	NextAttemptAt Time `json:"next_attempt_at"`
	// Text and Link are kept only until the mail is sent, or for as long as it
	// is a file; empty afterwards.
	Text          string `json:"text"`
	Link          string `json:"link"`
	LinkExpiresAt Time   `json:"link_expires_at"` // zero when the mail has no link or it no longer works
}

// Visit is one log-in-as session.
type Visit struct {
	ID           string `json:"id"`
	CustomerID   string `json:"customer_id"`
	CustomerName string `json:"customer_name"`
	Company      string `json:"company"`
	PartnerName  string `json:"partner_name"`
	MemberID     string `json:"member_id"` // who is visiting
	MemberName   string `json:"member_name"`
	Reason       string `json:"reason"`
	StartedAt    Time   `json:"started_at"`
	ExpiresAt    Time   `json:"expires_at"`
}

// PastVisit is a log-in as a customer, as the history tells it. It may still be open.
type PastVisit struct {
	CustomerID   string `json:"customer_id"`
	CustomerName string `json:"customer_name"`
	Company      string `json:"company"`
	MemberName   string `json:"member_name"` // who it was, by the name of then
	Reason       string `json:"reason"`
	At           Time   `json:"at"`
}

// Destination is a place in the account where a log-in-as can land.
type Destination struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}
