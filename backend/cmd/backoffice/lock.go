package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"partnerdesk/backend/customer"
)

// patience is how long a server waits for a short command to be done with the
// data before it takes the other for a server.
const patience = 2 * time.Second

// tryLock makes this the one program that holds the data in dir. It reports
// whether it does, and not another. The lock ends with the program or with
// unlock.
func tryLock(ctx context.Context, dir string, wait time.Duration) (unlock func(), locked bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, false, fmt.Errorf("can't make the folder for the data: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	locked, err = lock.TryLockContext(ctx, 50*time.Millisecond)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, false, fmt.Errorf("can't lock the data: %w", err)
	}
	return func() { _ = lock.Unlock() }, locked, nil // it ends with the program at the latest
}

// lockToServe holds the data in dir for a server. Busy when another one does.
func lockToServe(ctx context.Context, dir string) (unlock func(), err error) {
	unlock, locked, err := tryLock(ctx, dir, patience)
	if err == nil && !locked {
		return nil, customer.Fail(customer.Busy, "The data in "+dir+" is served already, by another backoffice. Stop that one first.")
	}
	return unlock, err
}
