package replica

import (
	"context"
	"database/sql"

	"partnerdesk/backend/customer"
)

// Waiting is what the outbox holds, in numbers.
type Waiting = customer.WaitingChanges

// countWaiting tells changes apart by what they will do. A new address of a
// customer that is to activate its account gets a new link; a change of the
// status to Pending Activate or Locked, with its reason, is no edit.
const countWaiting = `
WITH change AS (
    SELECT outbox.outcome <> '' AS problem,
        kind = 'create' AS new,
        fields ->> 'status' IS 'pending_activate' OR kind = 'update' AND fields ->> 'status' IS NULL
            AND fields ->> 'username' IS NOT NULL AND entry.status = 0 AS mail,
        fields ->> 'status' IS 'locked' AS lock,
        EXISTS (SELECT 1 FROM json_each(fields) WHERE key NOT IN ('status', 'lock_reason')) AS beside
    FROM outbox JOIN customer ON customer.id = customer_id JOIN entry ON entry.seq = customer.seq
)
SELECT count(*) FILTER (WHERE NOT problem),
    count(*) FILTER (WHERE NOT problem AND new),
    count(*) FILTER (WHERE NOT problem AND NOT new AND (beside OR NOT (mail OR lock))),
    count(*) FILTER (WHERE NOT problem AND mail),
    count(*) FILTER (WHERE NOT problem AND lock),
    count(*) FILTER (WHERE problem)
FROM change`

// Waiting counts the outbox.
func (r *Replica) Waiting(ctx context.Context) (w Waiting, err error) {
	err = r.look(ctx, "count waiting changes", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, countWaiting).
			Scan(&w.Total, &w.Creates, &w.Edits, &w.ActivationMails, &w.Locks, &w.NeedsAttention)
	})
	return w, err
}
