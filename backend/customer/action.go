package customer

import "strconv"

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

// HowMany writes a number of customers, with a comma between the thousands.
func HowMany(n int) string {
	if n == 1 {
		return "1 customer"
	}
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " customers"
}
