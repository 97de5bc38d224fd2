package customer

// ActionKind says what the user did.
type ActionKind string

// The kinds of action.
const (
	EditAction   ActionKind = "edit"
	BulkAction   ActionKind = "bulk"
	ImportAction ActionKind = "import"
)

// Action is something that the user did and may take back as a whole. The
// changes that it made share its id.
type Action struct {
	ID     string     `json:"id"` // UUIDv7
	Kind   ActionKind `json:"kind"`
	Title  string     `json:"title"` // what was done, such as "Lock 400 customers"
	MadeAt Time       `json:"made_at"`
}
