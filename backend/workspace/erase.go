package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Erase removes all that Partner Desk keeps on this computer: the workspaces of
// its data folder, their secrets in the keyring, and the files that are named
// besides. The folder goes when nothing else is in it. Busy while Partner Desk
// is open; when the keyring does not answer, the files go and its error is
// returned.
func Erase(ctx context.Context, o Options, besides ...string) error {
	unlock, err := Lock(o.Dir)
	if err != nil {
		return err
	}
	m := &Manager{o: o}
	var failures []error
	for _, c := range m.workspaces() {
		failures = append(failures, o.Keyring.Delete(ctx, c.ID), o.Keyring.Delete(ctx, smtpKey(c.ID)))
	}
	for _, name := range append([]string{"local", "sample", "shared", "setup", deskFile}, besides...) {
		if err := os.RemoveAll(filepath.Join(o.Dir, name)); err != nil {
			failures = append(failures, storageError(err))
		}
	}
	unlock()
	if err := os.Remove(filepath.Join(o.Dir, lockFile)); err != nil {
		failures = append(failures, storageError(err))
	}
	_ = os.Remove(o.Dir) // stays when it holds something of somebody else's
	return errors.Join(failures...)
}
