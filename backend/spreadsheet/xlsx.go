package spreadsheet

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"partnerdesk/backend/customer"
)

// Bounds on what an XLSX file unpacks to: in all, of a part that is kept in
// memory, and how many times its packed size, where it is more than small.
const (
	maxUnpacked = 4 << 30
	maxPart     = 32 << 20
	maxRatio    = 300
	smallFile   = 64 << 20
)

type xlsxReader struct {
	packed *os.File
	book   *excelize.File
	rows   *excelize.Rows
	format Format
	number int
	size   int64 // rows, as far as the sheet says
}

func openXLSX(_ context.Context, f *os.File, wish Format) (_ Reader, err error) {
	x := &xlsxReader{packed: f, format: Format{Kind: XLSX, Sheet: wish.Sheet, Sheets: []string{}}}
	defer broken(&err)
	defer func() {
		if err != nil {
			_ = x.Close()
		}
	}()
	if err := checkPacked(f); err != nil {
		return nil, err
	}
	x.book, err = excelize.OpenFile(f.Name(), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart / 2})
	if err != nil {
		return nil, noXLSX()
	}
	x.format.Sheets = append(x.format.Sheets, x.book.GetSheetList()...)
	if len(x.format.Sheets) == 0 {
		return nil, noXLSX()
	}
	if x.format.Sheet == "" {
		x.format.Sheet = x.format.Sheets[max(0, min(x.book.GetActiveSheetIndex(), len(x.format.Sheets)-1))]
	}
	if !slices.Contains(x.format.Sheets, x.format.Sheet) {
		return nil, customer.FailField(customer.Invalid, "sheet", "This file has no such sheet.")
	}
	if x.rows, err = x.book.Rows(x.format.Sheet); err != nil {
		return nil, noXLSX()
	}
	x.size = sheetRows(x.book, x.format.Sheet)
	return x, nil
}

func noXLSX() error {
	return customer.Fail(customer.Invalid, "This is not an XLSX file that can be read. Save it anew as XLSX, or as CSV.")
}

// broken turns a panic over a file's contents into an error.
func broken(err *error) {
	if p := recover(); p != nil {
		*err = noXLSX()
	}
}

// checkPacked looks at what the file says it unpacks to. That it does not
// unpack to more is seen to when it is unpacked.
func checkPacked(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return unreadable(err)
	}
	packed, err := zip.NewReader(f, info.Size())
	if err != nil {
		return noXLSX()
	}
	tooBig := customer.Fail(customer.TooLong, "This file unpacks to more than can be read. Save the sheet as CSV and import that.")
	var total uint64
	workbook := false
	for _, part := range packed.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
		workbook = workbook || path.Base(name) == "workbook.xml"
		total += part.UncompressedSize64
		rows := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		if part.UncompressedSize64 > maxUnpacked || total > maxUnpacked || !rows && part.UncompressedSize64 > maxPart {
			return tooBig
		}
	}
	if total > smallFile && total > maxRatio*uint64(info.Size()) {
		return tooBig
	}
	if !workbook {
		return customer.Fail(customer.Invalid, "This is not an Excel file. Save the table as XLSX or CSV, then import that.")
	}
	return nil
}

// sheetRows is the number of rows that the sheet says it has; zero when it does not.
func sheetRows(book *excelize.File, sheet string) int64 {
	area, err := book.GetSheetDimension(sheet)
	if err != nil {
		return 0
	}
	_, last, _ := strings.Cut(area, ":")
	_, row, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		return 0
	}
	return int64(row)
}

func (x *xlsxReader) Format() Format { return x.format }

func (x *xlsxReader) Next() (row Row, err error) {
	defer broken(&err)
	for x.rows.Next() {
		x.number++
		cells, err := x.rows.Columns()
		if err != nil {
			return Row{}, customer.Fail(customer.Invalid, fmt.Sprintf("Row %d of this file can't be read.", x.number))
		}
		if !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" }) {
			continue
		}
		return bounded(Row{Number: x.number, Cells: cells}), nil
	}
	if err := x.rows.Error(); err != nil {
		return Row{}, customer.Fail(customer.Invalid, "This file can't be read to its end.")
	}
	if err := checkEnd(x.packed, x.format.Sheet, x.number); err != nil {
		return Row{}, err
	}
	return Row{}, io.EOF
}

func bounded(row Row) Row {
	if len(row.Cells) > maxColumns {
		row.Cells, row.Problem = row.Cells[:maxColumns], tooLong
	}
	left := maxRowBytes
	for i, cell := range row.Cells {
		cell = strings.ToValidUTF8(cell, "\uFFFD")
		if len(cell) > left {
			cell, row.Problem = strings.ToValidUTF8(cell[:left], ""), tooLong
		}
		row.Cells[i] = cell
		left -= len(cell)
	}
	return row
}

func (x *xlsxReader) Progress() (done, total int64) {
	return int64(x.number), max(x.size, int64(x.number))
}

func (x *xlsxReader) Close() error {
	if x.rows != nil {
		_ = x.rows.Close()
	}
	if x.book != nil {
		_ = x.book.Close() // its temporary files
	}
	return x.packed.Close()
}
