package spreadsheet

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/transform"

	"partnerdesk/backend/customer"
)

type csvReader struct {
	*parser
	file   *os.File
	read   *counter
	size   int64
	format Format
}

// counter counts what is read.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

func openCSV(ctx context.Context, f *os.File, size int64, wish Format) (_ Reader, err error) {
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	format := Format{Kind: CSV, Encoding: wish.Encoding, Separator: wish.Separator, Quote: wish.Quote, Sheets: []string{}}
	if format.Encoding == "" {
		if format.Encoding, err = detectEncoding(ctx, f, size); err != nil {
			return nil, err
		}
	}
	known := []Encoding{UTF8, UTF8Mark, UTF16LE, UTF16BE, Windows1252}
	if !slices.Contains(known, format.Encoding) {
		return nil, customer.FailField(customer.Invalid, "encoding", "This encoding is not known.")
	}
	read := &counter{Reader: io.NewSectionReader(f, 0, size)}
	decoded := decode(read, format.Encoding)
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(decoded, sample)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, unreadable(err)
	}
	whole := err != nil
	sample = bytes.TrimPrefix(sample[:n], []byte("\ufeff"))
	separator, skip := announced(string(sample))
	body := sample[skip:]
	if format.Quote == "" {
		format.Quote = detectQuote(text(body))
	}
	if format.Separator == "" && slices.Contains(separators, separator) {
		format.Separator = separator
	}
	if format.Separator == "" {
		format.Separator = detectSeparator(text(body), format.Quote, whole)
	}
	if len(format.Separator) != 1 || strings.Contains("\r\n\"'", format.Separator) {
		return nil, customer.FailField(customer.Invalid, "separator", "The separator is one sign, such as a comma.")
	}
	if !slices.Contains([]string{`"`, "'", NoQuote}, format.Quote) {
		return nil, customer.FailField(customer.Invalid, "quote", "Choose double quotation marks, single ones, or none.")
	}
	p := newParser(io.MultiReader(bytes.NewReader(body), decoded), format.Separator, format.Quote)
	if skip > 0 {
		p.line = 2
	}
	return &csvReader{parser: p, file: f, read: read, size: size, format: format}, nil
}

func decode(r io.Reader, e Encoding) io.Reader {
	codec := e.codec()
	if codec == nil {
		return r
	}
	return transform.NewReader(r, codec.NewDecoder())
}

func (c *csvReader) Format() Format { return c.format }

func (c *csvReader) Next() (Row, error) {
	row, err := c.next()
	if err != nil && err != io.EOF {
		return row, unreadable(err)
	}
	for i, cell := range row.Cells {
		row.Cells[i] = Unguarded(cell)
	}
	return row, err
}

func (c *csvReader) Progress() (done, total int64) { return c.read.n, c.size }

func (c *csvReader) Close() error { return c.file.Close() }
