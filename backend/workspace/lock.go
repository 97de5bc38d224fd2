package workspace

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"partnerdesk/backend/customer"
)

const lockFile = "lock"

// Lock makes sure that one program at a time uses the data in dir. Busy when
// another one does. The lock ends with the program or with unlock.
func Lock(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, storageError(err)
	}
	lock := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, storageError(err)
	}
	if !locked {
		return nil, customer.Fail(customer.Busy, "Partner Desk is open already. Look for its window.")
	}
	return func() { _ = lock.Unlock() }, nil
}
