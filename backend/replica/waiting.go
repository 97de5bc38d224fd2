package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"partnerdesk/backend/customer"
)

// Waiting is what the outbox holds, in numbers.
type Waiting = customer.WaitingChanges

// told tells changes apart by what they will do. A new address of a customer
// that is to activate its account gets a new link; a change of the status to
// Pending Activate or Locked, with its reason, is no edit.
const told = `
WITH change AS (
    SELECT outbox.*, outcome <> '' AS problem, effects & 1 <> 0 AS new,
        effects & 2 <> 0 OR effects & 4 <> 0 AND (
            SELECT entry.status FROM customer JOIN entry USING (seq) WHERE customer.id = customer_id) = 0 AS mail,
        effects & 8 <> 0 AS lock, effects & 16 <> 0 AS beside
    FROM outbox
)
`

// effects is what a change will do, in the bits that told reads.
func (p pending) effects() (bits int) {
	status := p.Fields.Status
	for i, does := range []bool{
		p.Kind == customer.Create,
		!p.Quiet && status != nil && *status == customer.PendingActivate,
		!p.Quiet && status == nil && p.Kind == customer.Update && p.Fields.Username != nil,
		status != nil && *status == customer.Locked,
		!p.Fields.Without("status", "lock_reason").Empty(),
	} {
		if does {
			bits |= 1 << i
		}
	}
	return bits
}

// edits is what counts as an edit, of a change as told.
const edits = `(NOT new AND (beside OR NOT (mail OR lock)))`

// Waiting counts the outbox.
func (r *Replica) Waiting(ctx context.Context) (w Waiting, err error) {
	err = r.look(ctx, "count waiting changes", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, told+`SELECT count(*) FILTER (WHERE NOT problem),
    count(*) FILTER (WHERE NOT problem AND new),
    count(*) FILTER (WHERE NOT problem AND `+edits+`),
    count(*) FILTER (WHERE NOT problem AND mail),
    count(*) FILTER (WHERE NOT problem AND lock),
    count(*) FILTER (WHERE problem)
FROM change`).
			Scan(&w.Total, &w.Creates, &w.Edits, &w.ActivationMails, &w.Locks, &w.NeedsAttention)
	})
	return w, err
}

// WaitingChanges returns a page of the outbox, the oldest change first: those
// that wait, or with attention those that came back. Limit is brought into
// 1..500.
func (r *Replica) WaitingChanges(ctx context.Context, attention bool, offset, limit int) (customer.WaitingPage, error) {
	page := customer.WaitingPage{Changes: []customer.WaitingChange{}}
	err := r.look(ctx, "list waiting changes", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT count(*) FROM outbox WHERE (outcome <> '') = ?", attention).Scan(&page.Total)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, told+"SELECT "+pendingColumns+", "+edits+`, mail, lock, shown, server
FROM change JOIN (SELECT id AS whose, coalesce(effective, server) AS shown, server FROM customer) ON whose = customer_id
WHERE problem = ? ORDER BY seq LIMIT ? OFFSET ?`, attention, min(max(limit, 1), maxLimit), max(offset, 0))
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			change, err := scanChange(rows)
			if err != nil {
				return err
			}
			page.Changes = append(page.Changes, change)
		}
		return rows.Err()
	})
	return page, err
}

func scanChange(rows *sql.Rows) (customer.WaitingChange, error) {
	var c customer.WaitingChange
	var shown string
	var server sql.NullString
	p, err := scanPending(more{rows, []any{&c.Edit, &c.ActivationMail, &c.Lock, &shown, &server}})
	if err != nil {
		return c, err
	}
	var effective customer.Customer
	if err := json.Unmarshal([]byte(shown), &effective); err != nil {
		return c, fmt.Errorf("read customer %s: %w", p.CustomerID, err)
	}
	c.MutationID, c.CustomerID, c.Kind, c.MadeAt = p.ID, p.CustomerID, p.Kind, p.MadeAt
	c.Name, c.Username, c.Company = effective.Name(), effective.Username, effective.Company
	c.FirstName, c.LastName = effective.FirstName, effective.LastName
	c.Fields, c.Sent = p.Fields.Names(), p.sent()
	c.Status, c.WasStatus = value(p.Fields.Status), value(p.Base.Status)
	c.SetPasswordMail, c.BothAddresses = p.mails(effective)
	if p.outcome == "" {
		return c, nil
	}
	var theirs *customer.Customer
	if server.Valid {
		theirs = &customer.Customer{}
		if err := json.Unmarshal([]byte(server.String), theirs); err != nil {
			return c, fmt.Errorf("read customer %s: %w", p.CustomerID, err)
		}
	}
	c.Problem = p.problem(theirs)
	return c, nil
}

// mails says which mails the Back Office sends once the change is applied, beside
// an activation link; shown is the customer with the change laid over it.
func (p pending) mails(shown customer.Customer) (setPassword, bothAddresses bool) {
	if p.Quiet {
		return false, false
	}
	entered := p.Fields.Status != nil
	renamed := p.Kind == customer.Update && p.Fields.Username != nil &&
		customer.UsernameKey(value(p.Base.Username)) != customer.UsernameKey(*p.Fields.Username)
	activated := shown.Status == customer.Activated
	setPassword = activated && !shown.HasPassword && (entered || renamed)
	if entered { // who was activated once has used the old address
		return setPassword, renamed && shown.ActivatedAt != 0 && shown.Status != customer.Locked
	}
	return setPassword, renamed && activated
}

// links says which of the mails with a link the Back Office sends once the change
// is applied.
func (p pending) links(shown customer.Customer) (activation, setPassword bool) {
	setPassword, _ = p.mails(shown)
	renamed := p.Kind == customer.Update && p.Fields.Username != nil
	return !p.Quiet && shown.Status == customer.PendingActivate && (p.Fields.Status != nil || renamed), setPassword
}

func value[T any](v *T) (out T) {
	if v != nil {
		out = *v
	}
	return out
}

// more scans further columns behind those of somebody else.
type more struct {
	rows    *sql.Rows
	further []any
}

func (m more) Scan(targets ...any) error { return m.rows.Scan(append(targets, m.further...)...) }

// problem is a change that came back, as the user sees it.
func (p pending) problem(server *customer.Customer) *customer.Problem {
	problem := &customer.Problem{
		MutationID: p.ID, Outcome: p.outcome, Error: p.err, Conflicts: append([]string{}, p.conflicts...),
		Base: p.Base, Mine: p.Fields.Without("password_hash"),
	}
	if server != nil {
		problem.Theirs = p.Fields.Of(*server)
	}
	return problem
}
