package bound

import (
	"context"

	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/spreadsheet"
	"partnerdesk/backend/window"
)

// Files reaches the files that the user chooses or drops: the page names none.
type Files struct {
	// Open asks for a table to read; empty when the user chose none.
	Open func() (string, error)
	// Save asks where to write a file with this name; empty for nowhere.
	Save func(name string) (string, error)
	// Dropped returns the file that was dropped on the window, once; empty for none.
	Dropped func() string
}

// Tables holds the methods about importing and exporting customers.
type Tables struct {
	open     *Open
	importer func() (*importing.Importer, error)
	exporter func() (*exporting.Exporter, error)
	files    Files
}

// NewTables makes them for the workspace that is open.
func NewTables(open *Open, importer func() (*importing.Importer, error), exporter func() (*exporting.Exporter, error), files Files) *Tables {
	return &Tables{open, importer, exporter, files}
}

// imports runs a use case of the open workspace's import; a panic in it becomes
// an error.
func imports[T any](t *Tables, use func(context.Context, *importing.Importer) (T, error)) (out T, err error) {
	defer window.Guard(&err)
	i, err := t.importer()
	if err != nil {
		return out, err
	}
	return use(t.open.Context(), i)
}

func exports[T any](t *Tables, use func(*exporting.Exporter) (T, error)) (out T, err error) {
	defer window.Guard(&err)
	e, err := t.exporter()
	if err != nil {
		return out, err
	}
	return use(e)
}

// ChooseImport asks for a file and opens it for import; its path is empty when
// the user chose none.
func (t *Tables) ChooseImport() (importing.File, error) {
	return imports(t, func(ctx context.Context, i *importing.Importer) (importing.File, error) {
		return t.openFor(ctx, i, t.files.Open)
	})
}

// OpenDropped opens the file that was dropped on the window for import; its path
// is empty when none was.
func (t *Tables) OpenDropped() (importing.File, error) {
	return imports(t, func(ctx context.Context, i *importing.Importer) (importing.File, error) {
		return t.openFor(ctx, i, func() (string, error) { return t.files.Dropped(), nil })
	})
}

func (t *Tables) openFor(ctx context.Context, i *importing.Importer, choose func() (string, error)) (importing.File, error) {
	path, err := choose()
	if err != nil || path == "" {
		return importing.File{}, err
	}
	return i.Open(ctx, path, importing.Reading{})
}

// ReadImport reads the open file in another way.
func (t *Tables) ReadImport(r importing.Reading) (importing.File, error) {
	return imports(t, func(ctx context.Context, i *importing.Importer) (importing.File, error) { return i.Read(ctx, r) })
}

// Rehearse finds out what an import would do.
func (t *Tables) Rehearse(p importing.Plan) (importing.State, error) {
	return imports(t, func(ctx context.Context, i *importing.Importer) (importing.State, error) { return i.Rehearse(ctx, p) })
}

// ImportState says where the import stands.
func (t *Tables) ImportState() (importing.State, error) {
	return imports(t, func(_ context.Context, i *importing.Importer) (importing.State, error) { return i.State(), nil })
}

// ImportRows returns a page of a list of the rehearsal.
func (t *Tables) ImportRows(kind importing.Kind, offset, limit int) (importing.Page, error) {
	return imports(t, func(ctx context.Context, i *importing.Importer) (importing.Page, error) {
		return i.Rows(ctx, kind, offset, limit)
	})
}

// RunImport takes in what was rehearsed.
func (t *Tables) RunImport(mails bool) (importing.State, error) {
	return imports(t, func(_ context.Context, i *importing.Importer) (importing.State, error) { return i.Run(mails) })
}

// CancelImport ends a rehearsal or a run.
func (t *Tables) CancelImport() error {
	_, err := imports(t, func(_ context.Context, i *importing.Importer) (struct{}, error) { i.Cancel(); return struct{}{}, nil })
	return err
}

// CloseImport forgets the file.
func (t *Tables) CloseImport() error {
	_, err := imports(t, func(_ context.Context, i *importing.Importer) (struct{}, error) { i.Close(); return struct{}{}, nil })
	return err
}

// SaveFailed asks where to write the rows that were not taken in and returns how
// many it wrote; zero when the user chose no place.
func (t *Tables) SaveFailed() (int, error) {
	return imports(t, func(_ context.Context, i *importing.Importer) (int, error) {
		path, err := t.files.Save(i.FailedName())
		if err != nil || path == "" {
			return 0, err
		}
		return i.SaveFailed(path)
	})
}

// StartExport asks where to and begins an export; the phase is none when the
// user chose no place.
func (t *Tables) StartExport(r exporting.Request) (exporting.State, error) {
	return exports(t, func(e *exporting.Exporter) (exporting.State, error) {
		name := "customers.csv"
		if r.Kind == spreadsheet.XLSX {
			name = "customers.xlsx"
		}
		if err := r.Check(); err != nil {
			return exporting.State{}, err
		}
		path, err := t.files.Save(name)
		if err != nil || path == "" {
			return exporting.State{Phase: exporting.None}, err
		}
		r.Path = path
		return e.Start(r)
	})
}

// ExportState says where the latest export stands.
func (t *Tables) ExportState() (exporting.State, error) {
	return exports(t, func(e *exporting.Exporter) (exporting.State, error) { return e.State(), nil })
}

// CancelExport ends the export; it leaves no file.
func (t *Tables) CancelExport() error {
	_, err := exports(t, func(e *exporting.Exporter) (struct{}, error) { e.Cancel(); return struct{}{}, nil })
	return err
}
