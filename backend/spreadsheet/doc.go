// Package spreadsheet reads and writes tables as CSV and XLSX, row by row, so
// that a file of any length takes a bounded amount of memory. It knows nothing
// of what is in a table.
//
// Cells are text. A formula is never evaluated: CSV keeps it as it stands, XLSX
// gives the result that was stored when the file was written.
//
// A program that opens a CSV file may take a cell that begins with = + - @ for a
// formula. Written CSV therefore puts an apostrophe before such a cell (see
// Guarded), and reading takes it off again; in XLSX cells are text by type.
package spreadsheet
