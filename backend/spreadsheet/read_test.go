package spreadsheet_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string, wish spreadsheet.Format) (spreadsheet.Format, []spreadsheet.Row) {
	t.Helper()
	r, err := spreadsheet.Open(t.Context(), path, wish)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var rows []spreadsheet.Row
	for {
		row, err := r.Next()
		if err == io.EOF {
			return r.Format(), rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func cells(rows []spreadsheet.Row) [][]string {
	out := [][]string{}
	for _, row := range rows {
		out = append(out, row.Cells)
	}
	return out
}

func utf16Bytes(s string, little bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if little {
			out = append(out, byte(u), byte(u>>8))
		} else {
			out = append(out, byte(u>>8), byte(u))
		}
	}
	return out
}

// late is long enough to lie beyond what is looked at first.
var late = strings.Repeat("a;b\n", 100_000)

func TestEncodingAndSeparatorAreFound(t *testing.T) {
	const table = "Naam;Plaats\nJürgen;Zoë's dorp\n"
	for name, c := range map[string]struct {
		data      []byte
		encoding  spreadsheet.Encoding
		separator string
		quote     string
		last      []string
	}{
		"utf-8":            {[]byte(table), spreadsheet.UTF8, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"utf-8 mark":       {[]byte("\ufeff" + table), spreadsheet.UTF8Mark, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"utf-16le mark":    {utf16Bytes("\ufeff"+table, true), spreadsheet.UTF16LE, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"utf-16be mark":    {utf16Bytes("\ufeff"+table, false), spreadsheet.UTF16BE, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"utf-16le":         {utf16Bytes(table, true), spreadsheet.UTF16LE, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"utf-16be":         {utf16Bytes(table, false), spreadsheet.UTF16BE, ";", `"`, []string{"Jürgen", "Zoë's dorp"}},
		"windows-1252":     {[]byte("Naam;Prijs\nJ\xfcrgen;\x80 5\n"), spreadsheet.Windows1252, ";", `"`, []string{"Jürgen", "€ 5"}},
		"windows, late":    {[]byte(late + "J\xfcrgen;x\n"), spreadsheet.Windows1252, ";", `"`, []string{"Jürgen", "x"}},
		"utf-8, late":      {[]byte(late + "Jürgen;x\n"), spreadsheet.UTF8, ";", `"`, []string{"Jürgen", "x"}},
		"comma":            {[]byte("a,b\n\"x, y\",\"1;2\"\n"), spreadsheet.UTF8, ",", `"`, []string{"x, y", "1;2"}},
		"tab":              {[]byte("a\tb\n1,5\t2,5\n"), spreadsheet.UTF8, "\t", `"`, []string{"1,5", "2,5"}},
		"pipe":             {[]byte("a|b\nx|y\n"), spreadsheet.UTF8, "|", `"`, []string{"x", "y"}},
		"single quotes":    {[]byte("'a','b'\n'x, y','it''s'\n"), spreadsheet.UTF8, ",", "'", []string{"x, y", "it's"}},
		"sep line":         {[]byte("sep=;\r\na,1;b,2\r\nx,3;y,4\r\n"), spreadsheet.UTF8, ";", `"`, []string{"x,3", "y,4"}},
		"one column":       {[]byte("email\nx@shop.example\n"), spreadsheet.UTF8, ",", `"`, []string{"x@shop.example"}},
		"comma in a value": {[]byte("Name;City\nSmit, Jan;Ede\nVos, Ria;Epe\n"), spreadsheet.UTF8, ";", `"`, []string{"Vos, Ria", "Epe"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			format, rows := read(t, write(t, "x.csv", c.data), spreadsheet.Format{})
			if format.Encoding != c.encoding || format.Separator != c.separator || format.Quote != c.quote {
				t.Errorf("read as %+v", format)
			}
			if last := rows[len(rows)-1].Cells; !reflect.DeepEqual(last, c.last) {
				t.Errorf("last row is %q", last)
			}
		})
	}
}

func TestWhatWasFoundCanBeCorrected(t *testing.T) {
	path := write(t, "x.csv", []byte("a;b,c\n\"d\";e,\xfc\n"))
	_, rows := read(t, path, spreadsheet.Format{Encoding: spreadsheet.Windows1252, Separator: ",", Quote: spreadsheet.NoQuote})
	if want := [][]string{{"a;b", "c"}, {`"d";e`, "ü"}}; !reflect.DeepEqual(cells(rows), want) {
		t.Errorf("read %q", cells(rows))
	}
	if _, err := spreadsheet.Open(t.Context(), path, spreadsheet.Format{Encoding: "latin-9"}); customer.CodeOf(err) != customer.Invalid {
		t.Errorf("an unknown encoding gave %v", err)
	}
}

func TestRowsOfMessyCSV(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want [][]string
		line []int
	}{
		"quoted line breaks": {"a,b\n\"x\ny\",\"1\r\n2\"\nz,3\n", [][]string{{"a", "b"}, {"x\ny", "1\r\n2"}, {"z", "3"}}, []int{1, 2, 5}},
		"ragged rows":        {"a,b,c\n1\n1,2,3,4\n", [][]string{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}}, []int{1, 2, 3}},
		"empty lines":        {"\na,b\n\n\nc,d", [][]string{{"a", "b"}, {"c", "d"}}, []int{2, 5}},
		"old Mac lines":      {"a,b\rc,d\r", [][]string{{"a", "b"}, {"c", "d"}}, []int{1, 2}},
		"two for one":        {`a,"say ""hi""",c`, [][]string{{"a", `say "hi"`, "c"}}, []int{1}},
		"a mark inside":      {`a,5" pipe,c`, [][]string{{"a", `5" pipe`, "c"}}, []int{1}},
		"marks not doubled":  {`a,"say "hi" now",c`, [][]string{{"a", `say "hi" now`, "c"}}, []int{1}},
		"never closed":       {"a,\"b\nc,d\ne,f\n", [][]string{{"a", "b"}, {"c", "d"}, {"e", "f"}}, []int{1, 2, 3}},
		"zeros":              {"a\x00b,c\n", [][]string{{"a\x00b", "c"}}, []int{1}},
		"cells at the end":   {"a,b,\n,,\n", [][]string{{"a", "b", ""}, {"", "", ""}}, []int{1, 2}},
		"guarded":            {"'+31 6,'=1,''=2,'s-Gravenhage,+5\n", [][]string{{"+31 6", "=1", "'=2", "'s-Gravenhage", "+5"}}, []int{1}},
	} {
		t.Run(name, func(t *testing.T) {
			_, rows := read(t, write(t, "x.csv", []byte(c.data)), spreadsheet.Format{Separator: ",", Quote: `"`})
			if !reflect.DeepEqual(cells(rows), c.want) {
				t.Errorf("read %q", cells(rows))
			}
			for i, row := range rows {
				if i < len(c.line) && row.Number != c.line[i] {
					t.Errorf("row %d is said to be on line %d", i, row.Number)
				}
				if (row.Problem != "") != (name == "never closed" && i == 0) {
					t.Errorf("row %d has the problem %q", i, row.Problem)
				}
			}
		})
	}
}

func TestARowHasBounds(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	for name, data := range map[string]string{
		"plain":        "a,b\n" + long + ",y\nc,d\n",
		"quoted":       "a,b\n\"" + long + "\",y\nc,d\n",
		"columns":      "a,b\n" + strings.Repeat(",", 5000) + "\nc,d\n",
		"never closed": "a,b\n\"" + strings.Repeat("x,y\n", 1<<20) + "c,d\n",
	} {
		_, rows := read(t, write(t, "x.csv", []byte(data)), spreadsheet.Format{Separator: ",", Quote: `"`})
		size := 0
		for _, cell := range rows[1].Cells {
			size += len(cell)
		}
		if rows[1].Problem == "" || size > 1<<20 || len(rows[1].Cells) > 1024 {
			t.Errorf("%s: %d letters, %d cells, problem %q", name, size, len(rows[1].Cells), rows[1].Problem)
		}
		if last := rows[len(rows)-1]; last.Cells[0] != "c" || last.Problem != "" {
			t.Errorf("%s: the last row is %q, %q", name, last.Cells, last.Problem)
		}
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	for name, data := range map[string][]byte{
		"old.xls": {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1},
		"cut.zip": []byte("PK\x03\x04 and no more"),
	} {
		_, err := spreadsheet.Open(t.Context(), write(t, name, data), spreadsheet.Format{})
		if customer.CodeOf(err) != customer.Invalid {
			t.Errorf("%s gave %v", name, err)
		}
	}
	if _, err := spreadsheet.Open(t.Context(), filepath.Join(t.TempDir(), "none.csv"), spreadsheet.Format{}); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("a missing file gave %v", err)
	}
	if _, err := spreadsheet.Open(t.Context(), t.TempDir(), spreadsheet.Format{}); err == nil {
		t.Error("a folder was opened")
	}
	_, rows := read(t, write(t, "empty.csv", bytes.Repeat([]byte("\n"), 3)), spreadsheet.Format{})
	if len(rows) != 0 {
		t.Errorf("an empty file has %v", rows)
	}
}
