package spreadsheet

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"partnerdesk/backend/customer"
)

type xlsxWriter struct {
	out   io.Writer
	book  *excelize.File
	sheet *excelize.StreamWriter
	rows  int
	cells []any
}

func newXLSXWriter(w io.Writer, sheet string) (*xlsxWriter, error) {
	if sheet == "" {
		sheet = "Customers"
	}
	x := &xlsxWriter{out: w, book: excelize.NewFile()}
	err := x.book.SetSheetName("Sheet1", sheet)
	if err == nil {
		x.sheet, err = x.book.NewStreamWriter(sheet)
	}
	if err == nil {
		err = x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if err != nil {
		_ = x.book.Close()
		return nil, fmt.Errorf("begin a workbook: %w", err)
	}
	return x, nil
}

func (x *xlsxWriter) Write(cells []string) error {
	x.rows++
	if x.rows > excelize.TotalRows {
		return customer.Fail(customer.TooLong, "An Excel sheet holds at most 1,048,576 rows. Choose CSV, or fewer customers.")
	}
	x.cells = x.cells[:0]
	for _, cell := range cells {
		if utf8.RuneCountInString(cell) > excelize.TotalCellChars {
			return customer.Fail(customer.TooLong, "An Excel cell holds at most 32,767 letters. Choose CSV.")
		}
		x.cells = append(x.cells, strings.ToValidUTF8(cell, "\uFFFD"))
	}
	return x.sheet.SetRow(fmt.Sprintf("A%d", x.rows), x.cells)
}

func (x *xlsxWriter) Finish() error {
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	if _, err := x.book.WriteTo(x.out); err != nil {
		return err
	}
	return x.book.Close()
}
