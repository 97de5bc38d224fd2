// Package logfile keeps the log where a user can find it after the window is
// gone: one file, and the one before it.
package logfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// longest is how long the file may be, in bytes, when a program begins to write
// to it; a longer one becomes the old one.
const longest = 1 << 20

// Path is the log of the program that keeps its data in dir.
func Path(dir string) string { return filepath.Join(dir, "logs", "partner-desk.log") }

// A File is the log. It is there from the first line on, readable by the user
// alone. Its methods may be called concurrently.
type File struct {
	dir  string
	once sync.Once
	file *os.File // nil when it could not be opened
}

// New returns the log of the program that keeps its data in dir.
func New(dir string) *File { return &File{dir: dir} }

// Write appends to the log. It never fails: a log that can't be written must
// not keep a line from where else it goes.
func (f *File) Write(line []byte) (int, error) {
	f.once.Do(func() { f.file, _ = open(f.dir) })
	if f.file != nil {
		_, _ = f.file.Write(line)
	}
	return len(line), nil
}

// Close ends the log, after the last line.
func (f *File) Close() error {
	f.once.Do(func() {})
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

func open(dir string) (*os.File, error) {
	path := Path(dir)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the log: %w", err)
	}
	if err := rotate(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	return f, nil
}

func rotate(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() <= longest {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the log: %w", err)
	}
	if err := os.Rename(path, path+".old"); err != nil {
		return fmt.Errorf("put the old log away: %w", err)
	}
	return nil
}
