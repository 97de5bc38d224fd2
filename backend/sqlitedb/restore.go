package sqlitedb

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Restore puts a backup in the place of the database at path, which must not
// be open. What was there is kept beside it, under the name that is returned.
func Restore(path, backup string, now time.Time) (keptAs string, err error) {
	d := &DB{o: Options{Path: path}}
	keptAs = path + ".replaced-" + now.UTC().Format(stamp)
	unfinished := path + ".part"
	if err := copyFile(backup, unfinished); err != nil {
		_ = os.Remove(unfinished)
		return "", d.Explain(fmt.Errorf("restore: %w", err))
	}
	// The log belongs to the old file: on the new one it would be taken for its own.
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+suffix, keptAs+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", d.Explain(fmt.Errorf("restore: keep the old file: %w", err))
		}
	}
	// A second name for it, so that there is a file at path whenever power fails;
	// without one an empty database would be begun there.
	if err := os.Link(path, keptAs); err != nil && !errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(path, keptAs); err != nil { // a disk without second names
			return "", d.Explain(fmt.Errorf("restore: keep the old file: %w", err))
		}
	}
	if err := os.Rename(unfinished, path); err != nil {
		return "", d.Explain(fmt.Errorf("restore: %w", err))
	}
	return keptAs, nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read from
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := out.Close(); err == nil {
			err = closeErr
		}
	}()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}
