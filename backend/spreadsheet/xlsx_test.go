package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

func TestXLSXAsShown(t *testing.T) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	set := func(sheet, cell string, value any) {
		t.Helper()
		if err := book.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "Email")
	set("Sheet1", "C1", "Phone")
	set("Sheet1", "A4", "x@shop.example")
	set("Sheet1", "B4", time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC))
	set("Sheet1", "C4", 31612345678)
	set("Sheet1", "D4", true)
	set("Sheet1", "E4", 1012)
	if err := book.SetCellFormula("Sheet1", "F4", `HYPERLINK("http://evil.example","x")`); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	set("Other", "A1", "other")
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	format, rows := read(t, path, spreadsheet.Format{})
	if format.Kind != spreadsheet.XLSX || format.Sheet != "Sheet1" || !reflect.DeepEqual(format.Sheets, []string{"Sheet1", "Other"}) {
		t.Errorf("read as %+v", format)
	}
	if len(rows) != 2 || rows[0].Number != 1 || rows[1].Number != 4 {
		t.Fatalf("rows %+v", rows)
	}
	if got := strings.Join(rows[1].Cells, "|"); got != "x@shop.example|10-05-26|31612345678|TRUE|1012|" && got != "x@shop.example|10-05-26|31612345678|TRUE|1012" {
		t.Errorf("read %q", got)
	}
	_, rows = read(t, path, spreadsheet.Format{Sheet: "Other"})
	if len(rows) != 1 || rows[0].Cells[0] != "other" {
		t.Errorf("the other sheet holds %+v", rows)
	}
	if _, err := spreadsheet.Open(t.Context(), path, spreadsheet.Format{Sheet: "None"}); customer.CodeOf(err) != customer.Invalid {
		t.Errorf("a sheet that is not there gave %v", err)
	}
}

func TestPackedBombsAreRefused(t *testing.T) {
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/styles.xml"} {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for _, part := range []string{"xl/workbook.xml", name} {
			out, err := w.Create(part)
			if err != nil {
				t.Fatal(err)
			}
			if part == name {
				zeros := make([]byte, 1<<20)
				for range 80 {
					if _, err := out.Write(zeros); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := spreadsheet.Open(t.Context(), write(t, "bomb.xlsx", buf.Bytes()), spreadsheet.Format{})
		if customer.CodeOf(err) != customer.TooLong {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What lies behind broken XML is not left out without a word.
func TestABrokenSheetIsAnError(t *testing.T) {
	const row = `<row r="%d"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>`
	sheet := func(second string) string {
		return "<worksheet><sheetData>" + fmt.Sprintf(row, 1, "one") + fmt.Sprintf(row, 2, second) + fmt.Sprintf(row, 3, "three") +
			"</sheetData></worksheet>"
	}
	if _, rows := read(t, write(t, "x.xlsx", workbook(t, []byte(sheet("two &amp; more")))), spreadsheet.Format{}); len(rows) != 3 {
		t.Errorf("a good sheet has %d rows", len(rows))
	}
	for _, second := range []string{"two & more", "two < more", "two</x>"} {
		r, err := spreadsheet.Open(t.Context(), write(t, "x.xlsx", workbook(t, []byte(sheet(second)))), spreadsheet.Format{})
		if err != nil {
			continue // told even earlier
		}
		n := 0
		for _, err = r.Next(); err == nil; _, err = r.Next() {
			n++
		}
		_ = r.Close()
		if customer.CodeOf(err) != customer.Invalid && n < 3 {
			t.Errorf("%q: %d rows, then %v", second, n, err)
		}
	}
}

// workbook packs a sheet's XML, whatever it is, into an XLSX file.
func workbook(t *testing.T, sheet []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   string(sheet),
	} {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
