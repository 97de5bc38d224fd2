package spreadsheet

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sampleBytes is how much of a file is looked at to find separator and quoting.
const sampleBytes = 64 << 10

// detectEncoding reads the file from its beginning: a byte order mark tells,
// zeros in every other byte mean UTF-16, and bytes that are not UTF-8 anywhere
// in the file mean Windows-1252.
func detectEncoding(ctx context.Context, f io.ReaderAt, size int64) (Encoding, error) {
	buf := make([]byte, 256<<10)
	carry, first := 0, true
	for at := int64(0); at < size; {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := f.ReadAt(buf[carry:], at)
		if err != nil && err != io.EOF {
			return "", unreadable(err)
		}
		if n == 0 {
			break
		}
		at += int64(n)
		block := buf[:carry+n]
		if first {
			first = false
			if e := fromSample(block[:min(len(block), sampleBytes)]); e != "" {
				return e, nil
			}
		}
		whole := block
		if at < size { // a letter may lie over the end of the block
			whole = block[:lastWhole(block)]
		}
		if !utf8.Valid(whole) {
			return Windows1252, nil
		}
		carry = copy(buf, block[len(whole):])
	}
	return UTF8, nil
}

// fromSample tells what a file's beginning shows for certain; else empty.
func fromSample(sample []byte) Encoding {
	switch {
	case bytes.HasPrefix(sample, []byte{0xEF, 0xBB, 0xBF}):
		return UTF8Mark
	case bytes.HasPrefix(sample, []byte{0xFF, 0xFE}):
		return UTF16LE
	case bytes.HasPrefix(sample, []byte{0xFE, 0xFF}):
		return UTF16BE
	}
	var zeros, breaks [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
			if other := i ^ 1; other < len(sample) && (sample[other] == '\n' || sample[other] == '\r') {
				breaks[i%2]++
			}
		}
	}
	pairs := len(sample) / 2
	for half, e := range []Encoding{UTF16BE, UTF16LE} {
		// Most letters have a zero half; in other scripts at least line breaks do.
		most := zeros[half]*10 >= pairs*7 || zeros[half]*20 >= pairs && breaks[half] > 0
		if pairs > 1 && most && zeros[half] > 4*zeros[1-half] {
			return e
		}
	}
	return ""
}

// lastWhole is the length of b without a letter that its end cuts off.
func lastWhole(b []byte) int {
	for back := 1; back <= min(utf8.UTFMax-1, len(b)); back++ {
		if c := b[len(b)-back]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-back:]) {
				return len(b) - back
			}
			break
		}
	}
	return len(b)
}

// codec is nil for UTF-8.
func (e Encoding) codec() encoding.Encoding {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case Windows1252:
		return charmap.Windows1252
	}
	return nil
}

var separators = []string{",", ";", "\t", "|"}

// announced is the separator that a first line such as sep=; names, as Excel
// writes it, and that line's length.
func announced(sample string) (separator string, length int) {
	line := sample
	if i := strings.IndexAny(sample, "\r\n"); i >= 0 {
		line, length = sample[:i], i+1
		if strings.HasPrefix(sample[i:], "\r\n") {
			length++
		}
	} else {
		length = len(sample)
	}
	line = strings.Trim(line, `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") {
		return "", 0
	}
	return line[4:], length
}

// detectQuote tells which mark stands around cells: the double one, unless the
// single one opens and closes cells, and the double one none, or fewer in a file
// that begins with a single one.
func detectQuote(sample string) string {
	single, double := around(sample, '\''), around(sample, '"')
	if single > 1 && (double == 0 || sample[0] == '\'' && single > double) {
		return "'"
	}
	return `"`
}

// around counts the cells that begin and end with the mark.
func around(sample string, mark byte) int {
	opens, closes := 0, 0
	before := byte('\n')
	for i := range len(sample) {
		c, after := sample[i], byte('\n')
		if i+1 < len(sample) {
			after = sample[i+1]
		}
		switch {
		case c != mark:
		case edge(before):
			opens++
		case edge(after):
			closes++
		}
		before = c
	}
	return min(opens, closes)
}

func edge(c byte) bool { return strings.IndexByte(",;\t|\r\n", c) >= 0 }

// detectSeparator takes the one that cuts most rows into the same number of
// cells, and of those the one that makes more cells.
func detectSeparator(sample, quote string, whole bool) string {
	best, bestScore := ",", 0.0
	for _, separator := range separators {
		counts, rows := map[int]int{}, 0
		p := newParser(strings.NewReader(sample), separator, quote)
		for rows < 100 {
			row, err := p.next()
			if err != nil {
				break
			}
			if !whole && p.offset >= int64(len(sample)) {
				break // cut off
			}
			counts[len(row.Cells)]++
			rows++
		}
		score := 0.0
		for cells, n := range counts {
			if cells > 1 {
				score = max(score, float64(n)/float64(rows)+float64(min(cells, 100))/1000)
			}
		}
		if score > bestScore {
			best, bestScore = separator, score
		}
	}
	return best
}
