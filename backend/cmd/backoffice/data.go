package main

import (
	"context"
	"errors"
	"time"

	"partnerdesk/backend/backoffice"
)

// withData opens the data in dir for a short command and closes it again. A
// server may be using it meanwhile: then the database must be of the version
// that this program knows, since it can't be upgraded under the server.
func withData(ctx context.Context, dir string, do func(*backoffice.BackOffice) error) error {
	unlock, alone, err := tryLock(ctx, dir, 10*time.Millisecond)
	if err != nil {
		return err
	}
	defer unlock()
	office, err := backoffice.Open(ctx, backoffice.Options{
		DataDir: dir, Version: version, PublicURL: func() string { return "" }, InUse: !alone,
	})
	if err != nil {
		return err
	}
	return errors.Join(do(office), office.Close())
}
