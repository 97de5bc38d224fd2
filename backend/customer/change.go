package customer

// WaitingChange is one change in the outbox: it waits to go to the Back Office,
// or came back and needs attention.
type WaitingChange struct {
	MutationID string       `json:"mutation_id"`
	CustomerID string       `json:"customer_id"`
	Kind       MutationKind `json:"kind"`
	// Name, Username and Company are the customer's, with the change laid over it.
	Name     string `json:"name"`
	Username string `json:"username"`
	Company  string `json:"company"`
	// Fields are the names of the fields it changes, in the order of the form.
	Fields []string `json:"fields"`
	// What it will do: any of these together.
	Edit           bool `json:"edit"`
	ActivationMail bool `json:"activation_mail"`
	Lock           bool `json:"lock"`
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
