package customer

// SortField names a column that the list can be sorted by.
type SortField string

// The sortable columns.
const (
	SortName      SortField = "name"
	SortUsername  SortField = "username"
	SortCompany   SortField = "company"
	SortCity      SortField = "city"
	SortCountry   SortField = "country" // by its English name
	SortStatus    SortField = "status"
	SortCreated   SortField = "created_at"
	SortActivated SortField = "activated_at"
	SortLastLogin SortField = "last_login_at"
)

// Query asks for one page of the list.
type Query struct {
	// Text is what is searched for, in the language of package query: words, each
	// of which any searched field contains, and field words such as status:locked.
	Text        string    `json:"text"`
	Status      Status    `json:"status"`       // empty for all
	CreatedFrom Time      `json:"created_from"` // inclusive; zero for no bound
	CreatedTo   Time      `json:"created_to"`   // exclusive; zero for no bound
	Sort        SortField `json:"sort"`         // empty means name
	Descending  bool      `json:"descending"`
	Offset      int       `json:"offset"`
	Limit       int       `json:"limit"`
}

// Row is one line of the list.
type Row struct {
	ID          string    `json:"id"`
	Username    string    `json:"username"`
	FirstName   string    `json:"first_name"`
	LastName    string    `json:"last_name"`
	Company     string    `json:"company"`
	Phone       string    `json:"phone"`
	City        string    `json:"city"`
	Country     string    `json:"country"`
	Tags        []string  `json:"tags"` // never nil
	Status      Status    `json:"status"`
	CreatedAt   Time      `json:"created_at"`
	ActivatedAt Time      `json:"activated_at"`
	LastLoginAt Time      `json:"last_login_at"`
	LockReason  string    `json:"lock_reason"`
	MailKind    MailKind  `json:"mail_kind"`
	MailState   MailState `json:"mail_state"`
	// LinkExpiresAt as in Facts: a Pending customer whose link has expired
	// needs a new mail.
	LinkExpiresAt Time `json:"link_expires_at"`
	// Waiting is true while a change has not reached the Back Office.
	Waiting bool `json:"waiting"`
	// NeedsAttention is true when the Back Office rejected a change or found a conflict.
	NeedsAttention bool `json:"needs_attention"`
	// Matches are where the query's words were found; never nil.
	Matches []Match `json:"matches"`
}

// Match is where a query's words were found in a field of a row: in the name
// ("first last", field "name"), username, company, phone, city, notes, or one of
// the tags.
type Match struct {
	Field string `json:"field"`
	// Text is what was found in, for a field that a Row does not hold whole:
	// the part of the notes around the match. Empty for the others.
	Text string `json:"text"`
	// Tag is the index of the tag, for the field tags; else zero.
	Tag int `json:"tag"`
	// Spans are what to highlight, in order and apart: from and to in UTF-16 code
	// units, as a page counts, of the field's value or of Text.
	Spans [][2]int `json:"spans"`
}

// Counts are the numbers of customers by status that match a query's text and
// dates, whatever its status.
type Counts struct {
	All             int `json:"all"`
	PendingActivate int `json:"pending_activate"`
	Activated       int `json:"activated"`
	Locked          int `json:"locked"`
}

// Page is one page of the list.
type Page struct {
	Rows   []Row  `json:"rows"`   // never nil
	Total  int    `json:"total"`  // of rows that match the query
	Counts Counts `json:"counts"` // per status
	// Everything is the number of customers without any filter.
	Everything int `json:"everything"`
}

// Problem is a change that came back: the Back Office rejected it, or somebody
// else changed the same fields. It waits until the user settles it.
type Problem struct {
	MutationID string   `json:"mutation_id"`
	Outcome    Outcome  `json:"outcome"`   // conflict or rejected
	Error      *Error   `json:"error"`     // for rejected
	Conflicts  []string `json:"conflicts"` // for conflict: the fields; never nil
	Base       Fields   `json:"base"`
	Mine       Fields   `json:"mine"`
	Theirs     Fields   `json:"theirs"`
}

// Record is a customer as the desk holds it: with its own waiting changes laid
// over what the Back Office last said.
type Record struct {
	Customer Customer `json:"customer"`
	Waiting  bool     `json:"waiting"`
	// Sent is true when every change that waits may have reached the Back Office
	// already: none of them can be dropped until it is answered.
	Sent bool `json:"sent"`
	// DropRemoves is true when dropping its changes removes the customer, of whom
	// the Back Office never heard.
	DropRemoves bool     `json:"drop_removes"`
	Problem     *Problem `json:"problem"` // nil when there is none
}
