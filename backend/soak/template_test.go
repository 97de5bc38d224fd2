package soak

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"partnerdesk/backend/replica"
)

// template is a fresh Back Office with its partners, and a fresh replica. Most
// histories begin with a copy: making them takes longer than the history.
type template struct{ dir string }

func makeTemplate(dir string) (template, error) {
	c := &child{}
	c.now.Store(beginning)
	ctx := context.Background()
	office, err := openOffice(ctx, c, command{Dir: filepath.Join(dir, "office"), Throwaway: true})
	if err != nil {
		return template{}, err
	}
	if err := office.close(); err != nil {
		return template{}, err
	}
	r, err := replica.Open(ctx, filepath.Join(dir, "replica.db"),
		replica.Options{Clock: time.Now, NewID: func() string { return "" }, Throwaway: true})
	if err != nil {
		return template{}, err
	}
	return template{dir}, r.Close()
}

// office and desk put a copy into the folder.
func (t template) office(dir string) error {
	return copyInto(dir, filepath.Join(t.dir, "office", "backoffice.db"))
}

func (t template) desk(dir string) error { return copyInto(dir, filepath.Join(t.dir, "replica.db")) }

func copyInto(dir, from string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(filepath.Join(dir, filepath.Base(from)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
