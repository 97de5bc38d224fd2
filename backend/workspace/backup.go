package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/sqlitedb"
)

// unusable is the failure to open one database file.
type unusable struct {
	file string
	err  error
}

func (u *unusable) Error() string { return u.err.Error() }
func (u *unusable) Unwrap() error { return u.err }

func replicaFile(dir string) string { return filepath.Join(dir, "replica.db") }
func officeFile(dir string) string  { return filepath.Join(dir, "backoffice", "backoffice.db") }

// backUpDaily looks every hour whether today's backup is there.
func (m *Manager) backUpDaily(ctx context.Context, r *replica.Replica) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if _, err := r.BackupDaily(ctx); err != nil && ctx.Err() == nil {
			m.o.Logger.Error("daily backup", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// newestBackup returns the newest backup of the file that could not be opened.
func newestBackup(problem error) (file, backup string, found bool) {
	var u *unusable
	if !errors.As(problem, &u) {
		return "", "", false
	}
	if all := sqlitedb.Backups(u.file); len(all) > 0 {
		return u.file, all[0], true
	}
	return "", "", false
}

func backupTime(problem error) customer.Time {
	_, backup, found := newestBackup(problem)
	if !found {
		return 0
	}
	info, err := os.Stat(backup)
	if err != nil {
		return 0
	}
	return customer.At(info.ModTime())
}

// RestoreBackup puts the newest backup in the place of the data that can't be
// opened, keeps what was there beside it, and opens the workspace again.
func (m *Manager) RestoreBackup(ctx context.Context) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	file, backup, found := newestBackup(m.problem)
	if !found {
		return m.state(), customer.Fail(customer.NotFound, "There is no backup to go back to.")
	}
	keptAs, err := sqlitedb.Restore(file, backup, m.o.Clock())
	if err != nil {
		return m.state(), err
	}
	m.o.Logger.Info("restored a backup", "backup", backup, "kept", keptAs)
	if file == officeFile(m.localDir()) {
		if err := m.officeRestored(ctx); err != nil {
			return m.fail(err), err
		}
	}
	m.problem = nil
	return m.openRemembered(ctx), nil
}

// officeRestored makes the Back Office's restored database fit for a desk that
// has seen more than it knows.
func (m *Manager) officeRestored(ctx context.Context) error {
	office, err := m.openOffice(ctx, m.localDir(), "http://127.0.0.1", KindLocal)
	if err != nil {
		return &unusable{officeFile(m.localDir()), err}
	}
	return errors.Join(office.Store().Restored(ctx), office.Close())
}
