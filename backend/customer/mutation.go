package customer

// MutationKind says what a mutation does.
type MutationKind string

// The kinds of mutation.
const (
	Create MutationKind = "create"
	Update MutationKind = "update"
)

// Mutation is one change a desk made, on its way to the Back Office. Applying
// it twice has the effect of once.
type Mutation struct {
	ID         string       `json:"id"` // UUIDv7, its idempotency key
	CustomerID string       `json:"customer_id"`
	Kind       MutationKind `json:"kind"`
	// BaseRevision is the revision of the account that the user saw; zero for Create.
	BaseRevision int64 `json:"base_revision"`
	// Fields are the new values, and Base the values that the user saw before
	// (empty for Create). The Back Office merges by comparing Base with what it
	// has: a field changed on both sides, differently, is a conflict.
	Fields Fields `json:"fields"`
	Base   Fields `json:"base"`
	MadeAt Time   `json:"made_at"` // by the desk's clock, for the record
	// Quiet applies the change without the mails that it entails otherwise.
	Quiet bool `json:"quiet,omitempty"`
}

// Outcome is what became of a mutation.
type Outcome string

// The outcomes. Merged means applied beside a change from elsewhere.
const (
	Applied    Outcome = "applied"
	Merged     Outcome = "merged"
	Conflicted Outcome = "conflict"
	Rejected   Outcome = "rejected"
)

// Result is the Back Office's answer to one mutation.
type Result struct {
	MutationID string  `json:"mutation_id"`
	Outcome    Outcome `json:"outcome"`
	// Customer is the account as it now is: set for applied, merged and
	// conflict, and for a rejected update.
	Customer *Customer `json:"customer,omitempty"`
	// Conflicts names the fields that both sides changed differently. Theirs is
	// in Customer, base and mine in the mutation. Nothing of it was applied.
	Conflicts []string `json:"conflicts,omitempty"`
	// Error says why a mutation was rejected.
	Error *Error `json:"error,omitempty"`
}

// Merge decides how a mutation's fields meet the current account: it returns
// the names of fields that changed on both sides to different values.
func (m Mutation) Merge(current Customer) (conflicts []string) {
	now := m.Fields.Of(current)
	for _, name := range m.Fields.Names() {
		base, known := m.Base.Text(name)
		if !known {
			continue // a password, or a field with no base: last writer wins
		}
		have, _ := now.Text(name)
		mine, _ := m.Fields.Text(name)
		if have != base && have != mine {
			conflicts = append(conflicts, name)
		}
	}
	return conflicts
}
