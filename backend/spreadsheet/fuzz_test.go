package spreadsheet_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

// readAll reads whatever it is given to its end, and holds the reader to its bounds.
func readAll(t *testing.T, data []byte, wish spreadsheet.Format) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := spreadsheet.Open(t.Context(), path, wish)
	if err != nil {
		if customer.CodeOf(err) == customer.Internal {
			t.Fatal(err)
		}
		return
	}
	defer func() { _ = r.Close() }()
	last := 0
	for n := 0; n <= len(data)+1 || r.Format().Kind == spreadsheet.XLSX; n++ {
		row, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			if customer.CodeOf(err) == customer.Internal {
				t.Fatal(err)
			}
			return
		}
		if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) > 1024 {
			t.Fatalf("row %d after %d has %d cells", row.Number, last, len(row.Cells))
		}
		last = row.Number
	}
	t.Fatal("more rows than bytes")
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "sep=;\na;b\n", "\"a\nb\",'c'\r\n", "a,\"b\nc,d\n", "\xff\xfea\x00,\x00b\x00", "a\x00b"} {
		f.Add([]byte(seed), ",", `"`)
	}
	f.Fuzz(func(t *testing.T, data []byte, separator, quote string) {
		readAll(t, data, spreadsheet.Format{})
		readAll(t, data, spreadsheet.Format{Separator: separator, Quote: quote})
	})
}

func FuzzXLSX(f *testing.F) {
	book := excelize.NewFile()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"Email", 1, true})
	_ = book.SetSheetRow("Sheet1", "A3", &[]any{"x@shop.example", 2.5})
	var buf bytes.Buffer
	if err := book.Write(&buf); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	// The sheet alone, put into a workbook: else fuzzing only meets the packing.
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="A2" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, append([]byte("PK\x03\x04"), bytes.TrimPrefix(data, []byte("PK\x03\x04"))...), spreadsheet.Format{})
		readAll(t, workbook(t, data), spreadsheet.Format{})
	})
}
