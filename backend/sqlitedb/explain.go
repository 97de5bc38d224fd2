package sqlitedb

import (
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"partnerdesk/backend/customer"
)

// IsUnique reports whether err is a broken unique constraint or primary key,
// told by the driver's code.
func IsUnique(err error) bool {
	code := driverCode(err)
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// driverCode is SQLite's extended result code in err's chain; 0 when there is none.
func driverCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// Explain puts a failure of the file or the disk in plain words: a
// *customer.Error with code storage (or busy) in front of err. Any other error
// comes back as it is.
func (d *DB) Explain(err error) error {
	var plain *customer.Error
	if err == nil || errors.As(err, &plain) {
		return err
	}
	switch driverCode(err) & 0xff { // the primary code
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return d.damaged(err)
	case sqlite3.SQLITE_FULL:
		return d.full(err)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH:
		return d.cantOpen(err)
	case sqlite3.SQLITE_IOERR:
		return d.fail(err, "The disk failed while using the data at "+d.o.Path+". "+
			"Nothing that was saved before is lost.")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w (%w)", customer.Fail(customer.Busy,
			"Another program is using the data at "+d.o.Path+". Close it and try again."), err)
	}
	if errors.Is(err, syscall.ENOSPC) {
		return d.full(err)
	}
	return err
}

func (d *DB) full(err error) error {
	return d.fail(err, "The disk is full, so this could not be saved at "+d.o.Path+
		". Free some space and try again; nothing that was saved before is lost.")
}

func (d *DB) cantOpen(err error) error {
	return d.fail(err, "The data at "+d.o.Path+" can't be opened. "+
		"Check that the folder is there and that you may read and change it.")
}

// What is wrong with a file, for errors.Is.
var (
	ErrDamaged = errors.New("damaged or another kind of file")
	ErrNewer   = errors.New("made by a newer version")
)

func (d *DB) damaged(err error) error {
	return d.fail(errors.Join(ErrDamaged, err), "The data at "+d.o.Path+" is damaged or is not a Partner Desk file. "+
		"It was kept as it is."+d.lastBackup())
}

func (d *DB) newer(have, newest int64) error {
	return d.fail(fmt.Errorf("%w: schema version %d, newest known %d", ErrNewer, have, newest),
		"The data at "+d.o.Path+" was made by a newer version of Partner Desk. Install that version; "+
			"nothing was changed."+d.lastBackup())
}

func (d *DB) inUse(have, newest int64) error {
	return fmt.Errorf("%w (schema version %d, this program's %d)", customer.Fail(customer.Busy,
		"The data at "+d.o.Path+" is in use by an older version of this program. Restart that one first; nothing was changed."), have, newest)
}

func (d *DB) lastBackup() string {
	if all := Backups(d.o.Path); len(all) > 0 {
		return " The last good backup is " + all[0] + "."
	}
	return " There is no backup of it."
}

func (d *DB) fail(cause error, message string) error {
	return fmt.Errorf("%w (%w)", customer.Fail(customer.Storage, message), cause)
}
