package spreadsheet

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"partnerdesk/backend/customer"
)

// Writer takes the rows of a file one after the other.
type Writer interface {
	Write(cells []string) error
	// Finish writes what is left; the file is whole then.
	Finish() error
}

// File is a file that is written beside its place and put there when it is
// whole. Close without Finish leaves nothing.
type File struct {
	w    Writer
	temp *os.File
	path string
	done bool
}

// Create begins a file at path of the given format. Storage when it can't.
func Create(path string, format Format) (*File, error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".partner-desk-*.part")
	if err != nil {
		return nil, unwritable(err)
	}
	f := &File{temp: temp, path: path}
	if f.w, err = NewWriter(temp, format); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// NewWriter writes a file of the given format to w.
func NewWriter(w io.Writer, format Format) (Writer, error) {
	if format.Kind == XLSX {
		return newXLSXWriter(w, format.Sheet)
	}
	return newCSVWriter(w, format), nil
}

// Write adds a row.
func (f *File) Write(cells []string) error { return writing(f.w.Write(cells)) }

// Finish puts the file in its place, where it takes that of an older one.
func (f *File) Finish() error {
	err := f.w.Finish()
	if err == nil {
		err = f.temp.Sync()
	}
	if err = errors.Join(err, f.temp.Close()); err == nil {
		err = os.Rename(f.temp.Name(), f.path)
	}
	f.done = err == nil
	return writing(err)
}

// Close removes a file that was not finished.
func (f *File) Close() error {
	if f.done {
		return nil
	}
	_ = f.temp.Close() // maybe for the second time
	if err := os.Remove(f.temp.Name()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unwritable(err)
	}
	return nil
}

func writing(err error) error {
	var known *customer.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return unwritable(err)
}

func unwritable(err error) error {
	if errors.Is(err, os.ErrPermission) {
		return customer.Fail(customer.Storage, "You are not allowed to write a file there. Choose another folder.")
	}
	return customer.Fail(customer.Storage, "The file can't be written: "+err.Error()+".")
}
