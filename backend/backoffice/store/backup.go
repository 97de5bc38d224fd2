package store

import "context"

// BackupDaily makes a backup of the database unless today has one already, and
// returns its path; empty when there was nothing to do.
func (s *Store) BackupDaily(ctx context.Context) (path string, err error) {
	return s.db.BackupDaily(ctx)
}

// ahead is further than a desk can have come since a backup, in revisions.
const ahead = 1 << 32

// Restored makes a database that was just put back from a backup fit to go on.
// Desks have seen later revisions than it knows: every customer gets a new one
// beyond those, and the feed a new epoch, so that they take its word again and
// tell their users which customers it has lost. Sessions, sign-ins and reset
// links end, since those that ended after the backup would work again. Mails
// that were waiting go out, also those that went out since.
func (s *Store) Restored(ctx context.Context) error {
	return s.write(ctx, func(t *tx) error {
		by := systemActor()
		if err := t.endSignIns(ctx, &by, `true`); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM tickets`, `DELETE FROM sessions`, `DELETE FROM sign_ins`,
			`DELETE FROM links WHERE kind = 'reset_password'`,
			`UPDATE epoch SET id = lower(hex(randomblob(16)))`,
		} {
			if _, err := t.exec(ctx, "end what was open", statement); err != nil {
				return err
			}
		}
		for _, statement := range []string{
			`UPDATE counters SET value = value + ? WHERE name = 'revision'`, `UPDATE customers SET revision = revision + ?`,
		} {
			if _, err := t.exec(ctx, "move revisions on", statement, int64(ahead)); err != nil {
				return err
			}
		}
		return nil
	})
}
