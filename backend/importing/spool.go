package importing

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

// spool keeps rows in a file: one after the other, and any by its offset.
type spool struct {
	file *os.File
	w    *bufio.Writer
	at   int64
	buf  []byte
}

func newSpool(dir, name string) (*spool, error) {
	f, err := os.CreateTemp(dir, name)
	if err != nil {
		return nil, noRoom(err)
	}
	return &spool{file: f, w: bufio.NewWriterSize(f, 256<<10)}, nil
}

func noRoom(err error) error {
	return customer.Fail(customer.Storage, "There is no room for the rows of the file: "+err.Error()+".")
}

// add keeps a row and returns its offset.
func (s *spool) add(row spreadsheet.Row) (offset int64, err error) {
	b := binary.AppendUvarint(s.buf[:0], uint64(row.Number))
	b = appendText(b, row.Problem)
	b = binary.AppendUvarint(b, uint64(len(row.Cells)))
	for _, cell := range row.Cells {
		b = appendText(b, cell)
	}
	s.buf = b
	offset = s.at
	s.at += int64(len(b))
	if _, err := s.w.Write(b); err != nil {
		return 0, noRoom(err)
	}
	return offset, nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func (s *spool) flush() error {
	if err := s.w.Flush(); err != nil {
		return noRoom(err)
	}
	return nil
}

// rows reads from an offset on; what was added has to be flushed.
func (s *spool) rows(offset int64) *spoolRows {
	section := io.NewSectionReader(s.file, offset, s.at-offset)
	return &spoolRows{in: bufio.NewReaderSize(section, 64<<10), at: offset}
}

func (s *spool) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

type spoolRows struct {
	in *bufio.Reader
	at int64 // of the next row
}

// next returns a row and its offset; io.EOF at the end.
func (s *spoolRows) next() (row spreadsheet.Row, offset int64, err error) {
	offset = s.at
	number, err := s.number()
	if err != nil {
		return row, 0, err // io.EOF only here, before a row
	}
	row.Number = number
	if row.Problem, err = s.text(); err != nil {
		return row, 0, cut(err)
	}
	n, err := s.number()
	if err != nil {
		return row, 0, cut(err)
	}
	row.Cells = make([]string, n)
	for i := range row.Cells {
		if row.Cells[i], err = s.text(); err != nil {
			return row, 0, cut(err)
		}
	}
	return row, offset, nil
}

func cut(err error) error {
	return fmt.Errorf("read the rows again: %w", errors.Join(err, io.ErrUnexpectedEOF))
}

func (s *spoolRows) number() (int, error) {
	n, err := binary.ReadUvarint(s.in)
	for v := n; ; v >>= 7 {
		s.at++
		if v < 0x80 {
			break
		}
	}
	return int(n), err
}

func (s *spoolRows) text() (string, error) {
	n, err := s.number()
	if err != nil || n == 0 {
		return "", err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(s.in, b)
	s.at += int64(n)
	return string(b), err
}

// index keeps where the rows of a list are in a spool.
type index struct {
	file *os.File
	w    *bufio.Writer
	n    int
}

const indexEntry = 16

func newIndex(dir, name string) (*index, error) {
	f, err := os.CreateTemp(dir, name)
	if err != nil {
		return nil, noRoom(err)
	}
	return &index{file: f, w: bufio.NewWriter(f)}, nil
}

// add keeps a row's offset and the number of another row.
func (x *index) add(offset int64, other int) error {
	var b [indexEntry]byte
	binary.LittleEndian.PutUint64(b[:], uint64(offset))
	binary.LittleEndian.PutUint64(b[8:], uint64(other))
	if _, err := x.w.Write(b[:]); err != nil {
		return noRoom(err)
	}
	x.n++
	return nil
}

// get returns entries as they were added.
func (x *index) get(from, n int) (offsets []int64, others []int, err error) {
	from = max(0, min(from, x.n))
	n = max(0, min(n, x.n-from))
	b := make([]byte, n*indexEntry)
	if _, err := x.file.ReadAt(b, int64(from)*indexEntry); err != nil {
		return nil, nil, fmt.Errorf("read a list: %w", err)
	}
	for ; len(b) > 0; b = b[indexEntry:] {
		offsets = append(offsets, int64(binary.LittleEndian.Uint64(b)))
		others = append(others, int(binary.LittleEndian.Uint64(b[8:])))
	}
	return offsets, others, nil
}

func (x *index) close() error { return errors.Join(x.file.Close(), os.Remove(x.file.Name())) }
