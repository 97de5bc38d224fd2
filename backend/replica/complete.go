package replica

import (
	"context"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

// CompleteSearch says what can stand at the caret of a search text, which is
// counted in UTF-16 code units.
func (r *Replica) CompleteSearch(_ context.Context, text string, caret int) (customer.Completion, error) {
	return query.Complete(text, caret, nil), nil
}
