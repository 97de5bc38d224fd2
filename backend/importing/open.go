package importing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

const (
	sampleRows  = 200 // looked at to match columns
	previewRows = 20
)

// Open opens a file and finds out how to read it. The file that was open is
// forgotten.
func (i *Importer) Open(ctx context.Context, path string, r Reading) (File, error) {
	if err := i.o.Change(ctx, func() error { return nil }); err != nil { // who may not import hears it now
		return File{}, err
	}
	file, err := i.look(ctx, path, r)
	if err != nil {
		return File{}, err
	}
	dir, err := os.MkdirTemp(i.o.TempDir, "partner-desk-import-*")
	if err != nil {
		return File{}, noRoom(err)
	}
	i.Close()
	i.mu.Lock()
	i.file = &opened{File: file, dir: dir, state: State{Phase: Opened}}
	i.mu.Unlock()
	i.o.OnState()
	return file, nil
}

// Read reads the open file in another way.
func (i *Importer) Read(ctx context.Context, r Reading) (File, error) {
	i.mu.Lock()
	f, err := i.current()
	i.mu.Unlock()
	if err != nil {
		return File{}, err
	}
	return i.Open(ctx, f.Path, r)
}

// look reads the beginning of a file.
func (i *Importer) look(ctx context.Context, path string, r Reading) (File, error) {
	in, err := spreadsheet.Open(ctx, path, r.Format)
	if err != nil {
		return File{}, err
	}
	defer func() { _ = in.Close() }()
	file := File{Name: filepath.Base(path), Path: path, Format: in.Format(), Columns: []Column{}, Rows: [][]string{}}
	width := 0
	for len(file.Rows) < sampleRows {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return File{}, err
		}
		file.Rows = append(file.Rows, row.Cells)
		width = max(width, len(row.Cells))
	}
	if len(file.Rows) == 0 {
		return File{}, customer.Fail(customer.Invalid, "There is nothing in this file.")
	}
	if r.Header != nil {
		file.Header = *r.Header
	} else {
		file.Header = hasHeader(file.Rows)
	}
	var header []string
	if file.Header {
		header, file.Rows = file.Rows[0], file.Rows[1:]
	}
	file.Columns = match(header, file.Rows, width)
	file.Rows = file.Rows[:min(len(file.Rows), previewRows)]
	for n, cells := range file.Rows {
		file.Rows[n] = shortened(cells)
	}
	return file, i.recall(ctx, &file)
}

// shortened keeps a preview small, whatever is in the cells.
func shortened(cells []string) []string {
	out := slices.Clone(cells)
	for n, cell := range out {
		if r := []rune(cell); len(r) > 200 {
			out[n] = string(r[:200]) + "…"
		}
	}
	return out
}

const (
	columnsKey    = "import_columns"
	maxRemembered = 50
)

// remembered is where the columns of a file went, by the names of its columns.
type remembered struct {
	Signature string   `json:"signature"`
	Fields    []string `json:"fields"`
}

// signature tells files with the same columns.
func signature(f File) string {
	if !f.Header {
		return fmt.Sprintf("%d columns", len(f.Columns))
	}
	var names []string
	for _, c := range f.Columns {
		names = append(names, fold(c.Name))
	}
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:16])
}

// recall puts the columns where the user put them before, for a file with names.
func (i *Importer) recall(ctx context.Context, f *File) error {
	var all []remembered
	if _, err := i.o.Replica.Setting(ctx, columnsKey, &all); err != nil {
		return err
	}
	key := signature(*f)
	for _, r := range all {
		if r.Signature != key || len(r.Fields) != len(f.Columns) || !f.Header {
			continue
		}
		for n, field := range r.Fields {
			if knownField(field) {
				f.Columns[n].Field = field
			}
		}
		f.Remembered = true
	}
	return nil
}

// remember keeps where the columns go, the latest first.
func (i *Importer) remember(ctx context.Context, f File, fields []string) error {
	if !f.Header {
		return nil
	}
	var all []remembered
	if _, err := i.o.Replica.Setting(ctx, columnsKey, &all); err != nil {
		return err
	}
	key := signature(f)
	all = slices.DeleteFunc(all, func(r remembered) bool { return r.Signature == key })
	all = append([]remembered{{key, fields}}, all...)
	return i.o.Replica.SetSetting(ctx, columnsKey, all[:min(len(all), maxRemembered)])
}
