package workspace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/spreadsheet"
)

// importer opens a table of n new customers for import.
func (b *bench) importer(t *testing.T, n int) (*importing.Importer, importing.Plan) {
	t.Helper()
	var table strings.Builder
	table.WriteString("Email,First name,Last name,Company\n")
	for i := range n {
		fmt.Fprintf(&table, "c%d@bikes.example,Anna,%d,Bikes\n", i, i)
	}
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	i, err := b.Importer()
	if err != nil {
		t.Fatal(err)
	}
	file, err := i.Open(t.Context(), path, importing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	plan := importing.Plan{Existing: importing.UpdateFilled, Duplicates: importing.FirstCounts}
	for _, c := range file.Columns {
		plan.Fields = append(plan.Fields, c.Field)
	}
	return i, plan
}

// rehearse returns once what an import would do is known.
func (b *bench) rehearse(t *testing.T, i *importing.Importer, p importing.Plan) {
	t.Helper()
	if _, err := i.Rehearse(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the rehearsal is through", func() bool { return i.State().Phase == importing.Rehearsed })
}

// An import, a bulk change and an undo are never at work together.
func TestThereIsOneJobOfAllKinds(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	b.add(t, "anna@bikes.example", customer.Activated, customerWord)
	i, p := b.importer(t, 2)
	b.rehearse(t, i, p)
	d := b.desk(t)
	_, err := d.Work(t.Context(), "Something long", 1, func(ctx context.Context, _ func(int)) error {
		if _, err := d.RunBulk(ctx, whoever, lockAll); customer.CodeOf(err) != customer.Busy {
			t.Errorf("a bulk change gave %v", err)
		}
		if _, err := d.Undo(ctx, ""); customer.CodeOf(err) != customer.Busy {
			t.Errorf("an undo gave %v", err)
		}
		if _, err := i.Run(false); err != nil {
			return err
		}
		b.until(t, "the import has given up", func() bool { return i.State().Phase == importing.Stopped })
		if s := i.State(); s.Problem == nil || s.Problem.Code != customer.Busy || s.Added != 0 {
			t.Errorf("an import gave %+v", s)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := i.Run(false); err != nil { // what was refused can be done afterwards
		t.Fatal(err)
	}
	b.until(t, "the import is done", func() bool { return i.State().Phase == importing.Done })
	if n := b.statuses(t).All; n != 3 {
		t.Errorf("there are %d customers", n)
	}
}

// Closing in the middle of an import, a rehearsal or an export ends it: what it did
// is whole and can be taken back, and it leaves no file behind.
func TestClosingEndsImportsAndExports(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	const many = 3000
	b := newBench(t)
	b.setUp(t)
	i, p := b.importer(t, many)
	b.rehearse(t, i, p)
	if _, err := i.Run(false); err != nil {
		t.Fatal(err)
	}
	b.until(t, "a part is done", func() bool { return i.State().Added > 0 })
	b.again(t)
	if s := i.State(); s.Phase != importing.None {
		t.Errorf("the import is %+v", s)
	}
	b.Start(t.Context(), false)
	done := b.statuses(t).All
	h, err := b.desk(t).History(t.Context())
	if err != nil || h.Undo == nil || h.Undo.Done != done || h.Undo.Title != "Import "+customer.HowMany(done)+" from list.csv" {
		t.Fatalf("of %d customers to take back: %+v, %v", done, h.Undo, err)
	}

	i, p = b.importer(t, many)
	if _, err := i.Rehearse(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	e, err := b.Exporter()
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if _, err := e.Start(exporting.Request{Path: filepath.Join(out, "x.csv"), Kind: spreadsheet.CSV, Selection: whoever, Columns: []string{"username"}}); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	if s := i.State(); s.Phase != importing.None {
		t.Errorf("the rehearsal is %+v", s)
	}
	s := e.State()
	if left := files(t, out); s.Phase != exporting.Stopped && s.Phase != exporting.Done || (len(left) == 1) != (s.Phase == exporting.Done) {
		t.Errorf("the export is %+v and left %v", s, left)
	}
	waiting := filepath.Join(b.dir, "local", "import")
	if left := append(files(t, temp), files(t, waiting)...); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.WriteFile(filepath.Join(waiting, "rows"), nil, 0o600); err != nil { // as after a crash
		t.Fatal(err)
	}
	b.Start(t.Context(), false)
	if left := files(t, waiting); len(left) > 0 {
		t.Errorf("a crash left behind: %v", left)
	}
	if _, err := b.desk(t).RunBulk(t.Context(), whoever, desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{"vip"}}); err != nil {
		t.Errorf("after the next start: %v", err)
	}
}

func files(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
