package spreadsheet_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"partnerdesk/backend/spreadsheet"
)

func TestGuardIsReversible(t *testing.T) {
	for cell, guarded := range map[string]string{
		"=1+1": "'=1+1", "+31 6 1": "'+31 6 1", "-": "'-", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", " =1": "' =1",
		"＝1": "'＝1", "'=1": "''=1", "'s-Hertogenbosch": "'s-Hertogenbosch", "'": "'", "": "", "a=b": "a=b", "1": "1",
	} {
		if got := spreadsheet.Guarded(cell); got != guarded {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.RuneFrom([]rune("'=+-@\t\r\n a1é＝\u00a0\u200b"))).Draw(t, "cell")
		guarded := spreadsheet.Guarded(cell)
		if got := spreadsheet.Unguarded(guarded); got != cell {
			t.Fatalf("%q came back as %q", cell, got)
		}
		if first := strings.TrimLeft(guarded, " \u00a0"); first != "" && strings.Contains("=+-@\t\r＝", first[:1]) {
			t.Fatalf("%q is written %q", cell, guarded)
		}
	})
}

// What is written is read back the same, in every form, and also when the form
// is found out from the file.
func TestRoundTrip(t *testing.T) {
	forms := []spreadsheet.Format{
		{Kind: spreadsheet.CSV, Encoding: spreadsheet.UTF8Mark, Separator: ",", Quote: `"`},
		{Kind: spreadsheet.CSV, Encoding: spreadsheet.UTF8, Separator: ";", Quote: `"`},
		{Kind: spreadsheet.CSV, Encoding: spreadsheet.UTF16LE, Separator: "\t", Quote: `"`},
		{Kind: spreadsheet.CSV, Encoding: spreadsheet.UTF16BE, Separator: "|", Quote: "'"},
		{Kind: spreadsheet.XLSX},
	}
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		cell := rapid.StringOf(rapid.RuneFrom([]rune("'\"=+-@,;|\t\r\n a1é_x000D_漢😀<&>"))).Filter(func(s string) bool {
			return form.Kind == spreadsheet.CSV || !strings.Contains(s, "_x")
		})
		width := rapid.IntRange(2, 5).Draw(t, "width")
		header := []string{"Username", "Name", "City", "Notes", "Tags"}
		table := [][]string{header[:width]}
		for range rapid.IntRange(1, 8).Draw(t, "rows") {
			row := rapid.SliceOfN(cell, width, width).Draw(t, "row")
			row[0], row[width-1] = "k"+row[0], row[width-1]+"."
			table = append(table, row)
		}
		path := filepath.Join(dir, "table")
		file, err := spreadsheet.Create(path, form)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table {
			if err := file.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.Finish(); err != nil {
			t.Fatal(err)
		}
		for _, wish := range []spreadsheet.Format{{}, {Encoding: form.Encoding, Separator: form.Separator, Quote: form.Quote}} {
			r, err := spreadsheet.Open(context.Background(), path, wish)
			if err != nil {
				t.Fatal(err)
			}
			got := [][]string{}
			for row, err := r.Next(); err != io.EOF; row, err = r.Next() {
				if err != nil || row.Problem != "" {
					t.Fatal(err, row.Problem)
				}
				got = append(got, row.Cells)
			}
			format := r.Format()
			_ = r.Close()
			if !reflect.DeepEqual(got, table) {
				t.Fatalf("read as %+v:\n%q\nwant\n%q", format, got, table)
			}
		}
	})
}

func TestAnUnfinishedFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "table.csv")
	if err := os.WriteFile(path, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []spreadsheet.Kind{spreadsheet.CSV, spreadsheet.XLSX} {
		file, err := spreadsheet.Create(path, spreadsheet.Format{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Write([]string{"a"}); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	found, err := os.ReadDir(dir)
	if err != nil || len(found) != 1 {
		t.Errorf("left behind: %v, %v", found, err)
	}
	if data, _ := os.ReadFile(path); string(data) != "older" {
		t.Errorf("the older file is %q", data)
	}
}

// A long file takes no more memory than a short one: what is kept does not grow
// between two of its rows, not by bytes a row. So much is true of any length, and
// needs no million rows, which take minutes under the race detector.
func TestALongFileInBoundedMemory(t *testing.T) {
	const early, late = 20_000, 60_000
	for _, kind := range []spreadsheet.Kind{spreadsheet.CSV, spreadsheet.XLSX} {
		path := filepath.Join(t.TempDir(), "table")
		file, err := spreadsheet.Create(path, spreadsheet.Format{Kind: kind, Separator: ";"})
		if err != nil {
			t.Fatal(err)
		}
		row := []string{"someone@shop.example", "First", "Last name", "The Company", "+31 6 1234 5678"}
		for range late {
			if err := file.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.Finish(); err != nil {
			t.Fatal(err)
		}
		r, err := spreadsheet.Open(t.Context(), path, spreadsheet.Format{})
		if err != nil {
			t.Fatal(err)
		}
		grown(t, string(kind), early, late, func() {
			if got, err := r.Next(); err != nil || len(got.Cells) != 5 {
				t.Fatal(got, err)
			}
		})
		if row, err := r.Next(); err != io.EOF {
			t.Errorf("%s: behind the last row is %v, %v", kind, row, err)
		}
		_ = r.Close()
	}
}

// grown takes rows and asserts that the heap is the same after an early and a late
// one, but for less than ten bytes a row.
func grown(t *testing.T, what string, early, late int, take func()) {
	t.Helper()
	var before, after runtime.MemStats
	for n := 1; n <= late; n++ {
		take()
		if n == early {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if after.HeapAlloc > before.HeapAlloc+10*uint64(late-early) {
		t.Errorf("%s: %d rows more grew the heap from %d to %d KB", what, late-early, before.HeapAlloc>>10, after.HeapAlloc>>10)
	}
}

func TestXLSXCellsAreText(t *testing.T) {
	var buf bytes.Buffer
	w, err := spreadsheet.NewWriter(&buf, spreadsheet.Format{Kind: spreadsheet.XLSX})
	if err != nil {
		t.Fatal(err)
	}
	row := []string{"=1+1", "+31", "007", "12345678901234567890", "1e5", "TRUE"}
	if err := w.Write(row); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	_, rows := read(t, write(t, "x.xlsx", buf.Bytes()), spreadsheet.Format{})
	if !reflect.DeepEqual(rows[0].Cells, row) {
		t.Errorf("read %q", rows[0].Cells)
	}
}
