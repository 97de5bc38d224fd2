package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"partnerdesk/backend/backoffice"
)

const aboutBackup = `
The backup is one file, which only you can read. It holds every partner, member,
customer and their history, and is checked before the command says that it is there.
Mails that were written to files (DIR/mail) are not in it, nor are certificates.`

const aboutRestore = `
Stop the server first. The backup takes the place of the data, which is kept beside
it. A backup that is damaged or from a newer version is refused, and nothing changes.

Everybody has to sign in again afterwards, and links to reset a password no longer
work. Desks notice by themselves, and take over what the backup says. Mails that were
waiting when the backup was made go out again, also those that went out since.`

func backupCommand(f *flags) action {
	var dir, to string
	declareData(f, &dir)
	f.word(&to, "to", "FILE|DIR", "the file to write, which must not exist, or the folder to put it in under a name of its own")
	return func(ctx context.Context, p *program) error {
		dir, err := existingDir(f, dir)
		if err != nil {
			return err
		}
		if to == "" {
			return f.need("to", "the file to write, or the folder to put it in.")
		}
		to := backupName(to)
		if err := backoffice.Backup(ctx, dir, to); errors.Is(err, fs.ErrExist) {
			return f.wrong("to", "names a file that exists already: "+to+".")
		} else if err != nil {
			return err
		}
		info, err := os.Stat(to)
		if err != nil {
			return fmt.Errorf("look at the backup: %w", err)
		}
		return p.say("Backed up to %s (%d bytes).\n", to, info.Size())
	}
}

// backupName adds a name of its own to a folder.
func backupName(to string) string {
	info, err := os.Stat(to)
	if (err == nil && info.IsDir()) || strings.HasSuffix(to, string(filepath.Separator)) {
		return filepath.Join(to, "backoffice-"+time.Now().UTC().Format("20060102-150405")+".db")
	}
	return to
}

func restoreCommand(f *flags) action {
	var dir, from string
	declareData(f, &dir)
	f.word(&from, "from", "FILE", "the backup")
	return func(ctx context.Context, p *program) error {
		dir, err := dataDir(f, dir)
		if err != nil {
			return err
		}
		if from == "" {
			return f.need("from", "the backup to restore.")
		}
		if info, err := os.Stat(from); err != nil || !info.Mode().IsRegular() {
			return f.wrong("from", "names no file: "+from+".")
		}
		unlock, err := lockToServe(ctx, dir)
		if err != nil {
			return err
		}
		defer unlock()
		keptAs, err := backoffice.Restore(ctx, backoffice.Options{
			DataDir: dir, Version: version, PublicURL: func() string { return "" },
		}, from)
		if err != nil {
			return err
		}
		if keptAs != "" {
			keptAs = " What was there before is kept as " + keptAs + "."
		}
		return p.say("Restored %s.%s\n", from, keptAs)
	}
}
