package store

import "context"

// BackupDaily makes a backup of the database unless today has one already, and
// returns its path; empty when there was nothing to do.
func (s *Store) BackupDaily(ctx context.Context) (path string, err error) {
	return s.db.BackupDaily(ctx)
}
