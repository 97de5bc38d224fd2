package customer

// WaitingChange is one change in the outbox: it waits to go to the Back Office,
// or came back and needs attention.
type WaitingChange struct {
	MutationID string       `json:"mutation_id"`
	CustomerID string       `json:"customer_id"`
	Kind       MutationKind `json:"kind"`
	// Name to Company are the customer's, with the change laid over it.
	Name      string `json:"name"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Username  string `json:"username"`
	Company   string `json:"company"`
	// Fields are the names of the fields it changes, in the order of the form.
	Fields []string `json:"fields"`
	// What it will do: any of these together.
	Edit           bool `json:"edit"`
	ActivationMail bool `json:"activation_mail"`
	Lock           bool `json:"lock"`
	// Status is what it makes of the status, and WasStatus what that was before;
	// both are empty when it does not touch it, WasStatus for Create too.
	Status    Status `json:"status"`
	WasStatus Status `json:"was_status"`
	// SetPasswordMail says that a link to set the password is mailed, BothAddresses
	// that the old and the new address are told of a new username.
	SetPasswordMail bool `json:"set_password_mail"`
	BothAddresses   bool `json:"both_addresses"`
	// Sent is true when it may have reached the Back Office already; it can't be
	// dropped until it is answered.
	Sent    bool     `json:"sent"`
	MadeAt  Time     `json:"made_at"`
	Problem *Problem `json:"problem"` // nil while it only waits
}

// WaitingPage is a part of the outbox.
type WaitingPage struct {
	Changes []WaitingChange `json:"changes"` // never nil
	Total   int             `json:"total"`
}
