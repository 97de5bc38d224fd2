package backoffice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// tables tell the database of a Back Office from other ones; they are in it
// since the first version.
var tables = []string{"partners", "customers", "sign_ins", "counters"}

// Backup writes a checked copy of the database in dataDir, which may be served
// meanwhile, to a new file. It does not upgrade it. The mails that were written
// to files are not in it. Returns fs.ErrExist when the file is there already.
func Backup(ctx context.Context, dataDir, to string) error {
	if err := sqlitedb.Copy(ctx, File(dataDir), to); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

// Restore puts a backup in the place of the database in o.DataDir, which must
// not be in use, upgraded if need be and made fit to go on: every sign-in and
// session ends, and desks take its word again. A log beside the backup, as one
// has that an earlier restore kept, is part of it. What was there is kept beside
// it, under the name that is returned; empty when there was nothing. A backup
// that is damaged or from a newer version is refused, Invalid of field from,
// and nothing is changed.
func Restore(ctx context.Context, o Options, from string) (keptAs string, err error) {
	if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
		return "", fmt.Errorf("make room for the backup: %w", err)
	}
	staging, err := os.MkdirTemp(o.DataDir, ".restore-*") // a folder of the operator's is not touched
	if err != nil {
		return "", fmt.Errorf("make room for the backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(staging)) }()
	if err := prepareRestore(ctx, o, from, staging); err != nil {
		return "", explainRestore(err)
	}
	_, missing := os.Stat(File(o.DataDir))
	keptAs, err = sqlitedb.Restore(File(o.DataDir), File(staging), time.Now())
	if err != nil {
		return "", fmt.Errorf("put the backup in place: %w", err)
	}
	if missing != nil {
		return "", nil
	}
	return keptAs, nil
}

// prepareRestore makes of the backup, in a folder of its own, what will be put
// in place.
func prepareRestore(ctx context.Context, o Options, from, staging string) (err error) {
	if err := sqlitedb.CopyUnused(ctx, from, File(staging)); err != nil {
		return err
	}
	if err := sqlitedb.Check(ctx, File(staging), tables...); err != nil {
		return err
	}
	o.DataDir, o.InUse = staging, false
	office, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	return office.store.Restored(ctx)
}

func explainRestore(err error) error {
	switch {
	case errors.Is(err, sqlitedb.ErrNewer):
		return fmt.Errorf("%w (%w)", customer.FailField(customer.Invalid, "from",
			"The backup was made by a newer version of this program. Install that version; nothing was changed."), err)
	case errors.Is(err, sqlitedb.ErrDamaged):
		return fmt.Errorf("%w (%w)", customer.FailField(customer.Invalid, "from",
			"The backup is damaged, or is no backup of a Back Office. Nothing was changed."), err)
	}
	return fmt.Errorf("read the backup: %w", err)
}
