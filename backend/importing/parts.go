package importing

import (
	"context"

	"partnerdesk/backend/spreadsheet"
)

// chunk is how many rows are judged, and changed, at a time.
const chunk = 2000

// part is a chunk of the rows, judged as if none of their customers were here.
type part struct {
	verdicts []verdict
	offsets  []int64 // of the rows in the spool
	err      error   // why there is none
}

// each goes through all rows, part by part, and tells how far it is. While do
// works on a part, the next one is read.
func (i *Importer) each(ctx context.Context, f *opened, do func(part) error) error {
	reading, stop := context.WithCancel(ctx)
	parts := make(chan part)
	go func() {
		defer close(parts)
		f.read(reading, parts)
	}()
	defer func() {
		stop()
		for range parts { // until reading has ended
		}
	}()
	total := int64(len(f.others))
	for done := int64(0); done < total; {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, more := <-parts
		if !more { // ctx has ended
			return ctx.Err()
		}
		if p.err != nil {
			return p.err
		}
		if err := do(p); err != nil {
			return err
		}
		done += int64(len(p.verdicts))
		i.tell(f, func(s *State) {
			if s.Phase == Rehearsing {
				s.Done, s.Total = total+done, 2*total
			} else {
				s.Done, s.Total = done, total
			}
		})
	}
	return nil
}

// read sends all rows, part by part, until it fails or ctx ends.
func (f *opened) read(ctx context.Context, parts chan<- part) {
	in := f.rows.rows(0)
	for at, err := 0, error(nil); at < len(f.others) && err == nil; {
		var p part
		var rows []spreadsheet.Row
		var others []int
		for end := min(at+chunk, len(f.others)); at < end && err == nil; at++ {
			var row spreadsheet.Row
			var offset int64
			row, offset, err = in.next()
			rows, p.offsets, others = append(rows, row), append(p.offsets, offset), append(others, int(f.others[at]))
		}
		p.verdicts, p.err = readAsNew(f.plan.Fields, rows, others), err
		select {
		case parts <- p:
		case <-ctx.Done():
			return
		}
	}
}
