package spreadsheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"partnerdesk/backend/customer"
)

// Bounds on what one row holds. What lies beyond is left out, and Row says so.
const (
	maxRowBytes = 1 << 20
	maxColumns  = 1024
)

// Kind is a kind of file.
type Kind string

// The kinds of file.
const (
	CSV  Kind = "csv"
	XLSX Kind = "xlsx"
)

// Encoding is how a CSV file writes letters.
type Encoding string

// The encodings. Those with a mark begin with a byte order mark.
const (
	UTF8        Encoding = "utf-8"
	UTF8Mark    Encoding = "utf-8-bom"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// NoQuote as a Format's Quote means that no cell is in quotation marks.
const NoQuote = "none"

// Format is how a file is read or written. As a wish, what is empty is found in
// the file itself.
type Format struct {
	Kind      Kind     `json:"kind"`
	Encoding  Encoding `json:"encoding"`  // CSV
	Separator string   `json:"separator"` // CSV: one of , ; tab |
	Quote     string   `json:"quote"`     // CSV: ", ' or none
	Sheet     string   `json:"sheet"`     // XLSX
	Sheets    []string `json:"sheets"`    // XLSX: those to choose from; never nil in an answer
}

// Row is one row of a table.
type Row struct {
	Number int // of the line it begins in, or of the row in XLSX; the first is 1
	Cells  []string
	// Problem says in words for people what is wrong with the row itself; empty
	// when nothing is.
	Problem string
}

// Reader gives the rows of a file one after the other, less the empty ones.
type Reader interface {
	// Format is how the file is read.
	Format() Format
	// Next returns the next row, whose cells are the caller's; io.EOF at the end.
	Next() (Row, error)
	// Progress is how much of the file is read, and of how much, in any unit.
	Progress() (done, total int64)
	Close() error
}

// Open opens a file to be read as wished. Invalid, NotFound or Storage when it
// can't be.
func Open(ctx context.Context, path string, wish Format) (Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, customer.Fail(customer.Invalid, "This is not a file. Choose a CSV or XLSX file.")
	}
	head := make([]byte, 8)
	if err == nil {
		var n int
		n, err = f.ReadAt(head, 0)
		head = head[:n]
	}
	if err != nil && !errors.Is(err, io.EOF) {
		_ = f.Close()
		return nil, unreadable(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openXLSX(ctx, f, wish)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		_ = f.Close()
		return nil, customer.Fail(customer.Invalid,
			"This is a file of an old Excel, or one with a password. Save it as XLSX or CSV without a password, then import that.")
	}
	return openCSV(ctx, f, info.Size(), wish)
}

func unreadable(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return customer.Fail(customer.NotFound, "This file is not there any more.")
	case errors.Is(err, fs.ErrPermission):
		return customer.Fail(customer.Storage, "This file can't be opened: you are not allowed to read it.")
	}
	return customer.Fail(customer.Storage, "This file can't be read: "+err.Error()+".")
}
