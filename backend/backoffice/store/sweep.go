package store

import (
	"context"
	"fmt"
	"time"
)

// keepMutations is how long a mutation that is sent again is recognized.
const keepMutations = 365 * 24 * time.Hour

// Sweep removes what has expired: sign-ins, tickets, sessions and links, and
// results of mutations older than a year. Visits that ran out get their end in
// the history. What is removed had stopped working before.
func (s *Store) Sweep(ctx context.Context) error {
	err := s.write(ctx, func(t *tx) error {
		if err := t.endSignIns(ctx, nil, `i.expires_at <= ?`, t.now); err != nil {
			return err
		}
		if err := t.endVisits(ctx, nil, `s.expires_at <= ?`, t.now); err != nil {
			return err
		}
		for _, sweep := range []string{
			`DELETE FROM sessions WHERE expires_at <= ?`,
			`DELETE FROM tickets WHERE expires_at <= ?`,
			`DELETE FROM links WHERE expires_at <= ?`,
		} {
			if _, err := t.exec(ctx, "sweep", sweep, t.now); err != nil {
				return err
			}
		}
		_, err := t.exec(ctx, "sweep", `DELETE FROM mutations WHERE applied_at <= ?`, since(t.now, keepMutations))
		return err
	})
	if err != nil {
		return err
	}
	// The write-ahead log still holds erased mails until it starts anew.
	if _, err := s.db.Write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}
