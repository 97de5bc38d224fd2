package importing

import (
	"errors"
	"io"
	"path/filepath"
	"strings"

	"partnerdesk/backend/spreadsheet"
)

// FailedName is what a file of the rows that failed is called, beside the one
// that they are from.
func (i *Importer) FailedName() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.file == nil {
		return ""
	}
	kind := filepath.Ext(i.file.Name)
	return strings.TrimSuffix(i.file.Name, kind) + " - failed rows" + kind
}

// SaveFailed writes the rows that were not taken in to a file of the same form,
// with a column that says why, and returns how many they are. It can be mended
// and imported again.
func (i *Importer) SaveFailed(path string) (n int, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	f, err := i.current()
	if err != nil {
		return 0, err
	}
	if f.failed == nil {
		return 0, nothingOpen()
	}
	out, err := spreadsheet.Create(path, f.Format)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	width, problem := len(f.Columns), len(f.Columns)
	var header []string
	for n, c := range f.Columns {
		header = append(header, c.Name)
		if fold(c.Name) == fold(ProblemHeader) {
			problem = n // of a file that came from here before
		}
	}
	if problem == width {
		header = append(header, ProblemHeader)
	}
	if f.Header {
		if err := out.Write(header); err != nil {
			return 0, err
		}
	}
	for rows := f.failed.rows(0); ; n++ {
		row, _, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		cells := make([]string, max(len(row.Cells), problem+1))
		copy(cells, row.Cells)
		cells[problem] = row.Problem
		if err := out.Write(cells); err != nil {
			return 0, err
		}
	}
	return n, out.Finish()
}
