package spreadsheet

import (
	"bufio"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// csvWriter puts every cell in quotation marks, so that it is read back the same
// by whoever reads it.
type csvWriter struct {
	buffer    *bufio.Writer
	encoded   io.WriteCloser // nil for UTF-8
	separator string
	quote     string
}

func newCSVWriter(w io.Writer, f Format) *csvWriter {
	c := &csvWriter{separator: f.Separator, quote: f.Quote}
	if c.separator == "" {
		c.separator = ","
	}
	if c.quote != "'" {
		c.quote = `"` // without any, not every text can be written
	}
	if codec := f.Encoding.codec(); codec != nil {
		c.encoded = transform.NewWriter(w, encoding.ReplaceUnsupported(codec.NewEncoder()))
		w = c.encoded
	}
	c.buffer = bufio.NewWriterSize(w, 64<<10)
	if f.Encoding == UTF8Mark {
		_, _ = c.buffer.WriteString("\ufeff") // Excel takes UTF-8 for something else without; the buffer keeps a failure
	}
	return c
}

func (c *csvWriter) Write(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			_, _ = c.buffer.WriteString(c.separator)
		}
		_, _ = c.buffer.WriteString(c.quote)
		_, _ = c.buffer.WriteString(strings.ReplaceAll(Guarded(cell), c.quote, c.quote+c.quote))
		_, _ = c.buffer.WriteString(c.quote)
	}
	_, err := c.buffer.WriteString("\r\n")
	return err
}

func (c *csvWriter) Finish() error {
	if err := c.buffer.Flush(); err != nil {
		return err
	}
	if c.encoded != nil {
		return c.encoded.Close()
	}
	return nil
}
