package spreadsheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// rereadBudget bounds how much is read twice after quotation marks that never
// close. When it is used up, quotation marks are letters like others.
const rereadBudget = 32 << 20

// parser cuts UTF-8 text into rows. A quotation mark counts at the beginning of
// a cell only, and closes at the next one before a separator, a line break or
// the end; two stand for one.
type parser struct {
	in        *bufio.Reader
	again     []byte // read once already, to be read before in
	separator byte
	quote     byte // 0: none
	line      int  // of the next byte, from 1
	offset    int64
	reread    int
	raw       []byte // the bytes of the row under way
}

func newParser(r io.Reader, separator, quote string) *parser {
	p := &parser{in: bufio.NewReaderSize(r, 64<<10), separator: separator[0], line: 1}
	if quote != NoQuote && quote != "" {
		p.quote = quote[0]
	}
	return p
}

// next returns the next row that holds anything; io.EOF at the end.
func (p *parser) next() (Row, error) {
	for {
		row, err := p.row()
		if err != nil {
			return Row{}, err
		}
		if len(row.Cells) > 1 || row.Cells[0] != "" || row.Problem != "" {
			return row, nil
		}
	}
}

func (p *parser) byte() (byte, error) {
	if len(p.again) > 0 {
		c := p.again[0]
		p.again = p.again[1:]
		p.offset++
		return c, nil
	}
	c, err := p.in.ReadByte()
	if err == nil {
		p.offset++
	}
	return c, err
}

func (p *parser) peek() (byte, bool) {
	if len(p.again) > 0 {
		return p.again[0], true
	}
	b, err := p.in.Peek(1)
	if err != nil {
		return 0, false
	}
	return b[0], true
}

const tooLong = "This row holds more than fits: cells of up to a million letters in all, and 1,024 columns."

// row reads one row. A quotation mark that is never closed makes the row end at
// its first line break, so that it does not swallow the rows behind it.
func (p *parser) row() (Row, error) {
	row := Row{Number: p.line}
	p.raw = p.raw[:0]
	var cell []byte
	var size int
	quoted, atStart, started := false, true, false
	put := func(c byte) {
		if size < maxRowBytes {
			cell = append(cell, c)
			size++
		} else {
			row.Problem = tooLong
		}
	}
	end := func() {
		if len(row.Cells) < maxColumns {
			row.Cells = append(row.Cells, text(cell))
		} else {
			row.Problem = tooLong
		}
		cell, atStart = cell[:0], true
	}
	for {
		c, err := p.byte()
		if quoted && (err == io.EOF || len(p.raw) >= maxRowBytes) {
			if err == nil {
				p.raw = append(p.raw, c)
			}
			return p.unclosed(row.Number), nil
		}
		if err == io.EOF && started {
			end()
			return row, nil
		}
		if err != nil {
			return Row{}, err
		}
		started = true
		if p.quote != 0 && len(p.raw) < maxRowBytes {
			p.raw = append(p.raw, c)
		}
		switch {
		case quoted && c == p.quote:
			next, more := p.peek()
			switch {
			case more && next == p.quote:
				_, _ = p.byte()
				p.raw = append(p.raw, next)
				put(c)
			case !more || next == p.separator || next == '\r' || next == '\n':
				quoted = false
			default:
				put(c)
			}
			continue
		case quoted:
			p.count(c)
			put(c)
			continue
		case p.quote != 0 && c == p.quote && atStart && len(p.raw) < maxRowBytes:
			quoted, atStart = true, false
			continue
		case c == p.separator:
			end()
			continue
		case c == '\n' || c == '\r':
			if next, more := p.peek(); c == '\r' && more && next == '\n' {
				_, _ = p.byte()
			}
			p.line++
			end()
			return row, nil
		}
		atStart = false
		put(c)
	}
}

// count counts the lines inside quotation marks.
func (p *parser) count(c byte) {
	if next, more := p.peek(); c == '\n' || c == '\r' && (!more || next != '\n') {
		p.line++
	}
}

// unclosed is the row under way up to its first line break; what lies behind is
// read again.
func (p *parser) unclosed(line int) Row {
	p.reread += len(p.raw)
	first, rest := p.raw, []byte(nil)
	if i := bytes.IndexAny(p.raw, "\r\n"); i >= 0 {
		n := i + 1
		if bytes.HasPrefix(p.raw[i:], []byte("\r\n")) {
			n++
		}
		first, rest = p.raw[:i], p.raw[n:]
	} else {
		p.skipLine()
	}
	p.offset -= int64(len(rest))
	p.again = append(bytes.Clone(rest), p.again...)
	p.line = line + 1
	if p.reread > rereadBudget {
		p.quote = 0
	}
	row := Row{Number: line, Problem: "A quotation mark that opens in this row is never closed."}
	for _, cell := range strings.Split(text(first), string(p.separator)) {
		if len(row.Cells) < maxColumns {
			row.Cells = append(row.Cells, strings.Trim(cell, `"'`))
		}
	}
	return row
}

// skipLine passes over what is left of a line.
func (p *parser) skipLine() {
	for {
		c, err := p.byte()
		if next, more := p.peek(); c == '\r' && more && next == '\n' {
			continue
		}
		if err != nil || c == '\n' || c == '\r' {
			return
		}
	}
}

// text is b as a string of its own, with a mark for what is no letter.
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
