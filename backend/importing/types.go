package importing

import (
	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

// Reading is how the user wants a file to be read; what is empty is found.
type Reading struct {
	Format spreadsheet.Format `json:"format"`
	// Header says whether the first row names the columns; nil: find out.
	Header *bool `json:"header"`
}

// File is a file that was opened, and how it is read.
type File struct {
	Name    string             `json:"name"`
	Path    string             `json:"path"`
	Format  spreadsheet.Format `json:"format"`
	Header  bool               `json:"header"`
	Columns []Column           `json:"columns"` // never nil
	Rows    [][]string         `json:"rows"`    // the first ones, without the header; never nil
	// Remembered is true when the columns were matched by the user before.
	Remembered bool `json:"remembered"`
}

// Column is a column of the file.
type Column struct {
	Name  string `json:"name"`  // of the header; else "Column 3"
	Field string `json:"field"` // where its cells go; empty: nowhere
	// Note says why a column that is known goes nowhere; else empty.
	Note string `json:"note"`
}

// Existing says what becomes of rows that are customers already.
type Existing string

// What becomes of them.
const (
	UpdateFilled Existing = "update" // the cells that hold something replace what is there
	LeaveAlone   Existing = "leave"
)

// Duplicates says which of several rows with one username counts.
type Duplicates string

// Which one counts.
const (
	FirstCounts Duplicates = "first"
	LastCounts  Duplicates = "last"
	NoneCounts  Duplicates = "none"
)

// Plan is what the user chose.
type Plan struct {
	Fields     []string   `json:"fields"` // of each column; empty: nowhere
	Existing   Existing   `json:"existing"`
	Duplicates Duplicates `json:"duplicates"`
	// Mails lets the mails go out that new accounts and new statuses entail.
	Mails bool `json:"mails"`
}

// Kind is what a rehearsal found a row to be.
type Kind string

// The kinds of row.
const (
	RowNew       Kind = "new"
	RowChanged   Kind = "changed"
	RowUnchanged Kind = "unchanged"
	RowDuplicate Kind = "duplicate"
	RowFailed    Kind = "error"
)

func kinds() []Kind { return []Kind{RowNew, RowChanged, RowUnchanged, RowDuplicate, RowFailed} }

// Totals counts the rows of each kind.
type Totals struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Duplicate int `json:"duplicate"`
	Error     int `json:"error"`
}

func (t *Totals) count(k Kind) *int {
	switch k {
	case RowNew:
		return &t.New
	case RowChanged:
		return &t.Changed
	case RowUnchanged:
		return &t.Unchanged
	case RowDuplicate:
		return &t.Duplicate
	}
	return &t.Error
}

// Phase says how far an import is.
type Phase string

// The phases. Stopped ones can be run again, which imports only what is missing.
const (
	None       Phase = "none"
	Opened     Phase = "opened"
	Rehearsing Phase = "rehearsing"
	Rehearsed  Phase = "rehearsed"
	Running    Phase = "running"
	Stopped    Phase = "stopped"
	Done       Phase = "done"
)

// State is where an import stands.
type State struct {
	Phase Phase `json:"phase"`
	// Done of Total is how far a rehearsal or a run is, in any unit; both zero
	// while the end can't be told.
	Done  int64 `json:"done"`
	Total int64 `json:"total"`
	// Totals are those of the rehearsal.
	Totals Totals `json:"totals"`
	// Mails is how many new or changed customers a mail would go out to.
	Mails int `json:"mails"`
	// Added and Updated count what the run did, Failures the rows that it could
	// not take in.
	Added    int             `json:"added"`
	Updated  int             `json:"updated"`
	Failures int             `json:"failures"`
	Problem  *customer.Error `json:"problem"` // why it stopped; nil when it was told to
}

// Item is a row in a list of the rehearsal.
type Item struct {
	Row      int      `json:"row"` // its number in the file
	Username string   `json:"username"`
	Name     string   `json:"name"`
	Company  string   `json:"company"`
	Changes  []Change `json:"changes"` // of a changed one; never nil
	Reason   string   `json:"reason"`  // of an error, in words for people
	Other    int      `json:"other"`   // of a duplicate: the row that has the same username
}

// Change is a field that a row changes.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Page is a part of a list of the rehearsal.
type Page struct {
	Items []Item `json:"items"` // never nil
	Total int    `json:"total"`
}
