package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"partnerdesk/backend/backoffice"
)

func declareData(f *flags, dir *string) {
	f.text(dir, "data", "DIR", "the folder that holds the Back Office's data")
}

// dataDir returns the absolute path of the folder that --data names.
func dataDir(f *flags, dir string) (string, error) {
	if dir == "" {
		return "", f.need("data", "the folder that holds the Back Office's data, such as /var/lib/backoffice.")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", f.wrong("data", "names a folder that can't be found: "+err.Error()+".")
	}
	return path, nil
}

// existingDir is dataDir for commands that make no Back Office where there is
// none.
func existingDir(f *flags, dir string) (string, error) {
	path, err := dataDir(f, dir)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(backoffice.File(path)); err != nil {
		return "", f.wrong("data", "names a folder that holds no Back Office: "+path+".")
	}
	return path, nil
}

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
