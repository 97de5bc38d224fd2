package importing

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"slices"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

func (p Plan) check(f File) error {
	switch {
	case len(p.Fields) != len(f.Columns):
		return customer.Fail(customer.Invalid, "The columns of this file have changed. Open it again.")
	case slices.ContainsFunc(p.Fields, func(field string) bool { return !knownField(field) }):
		return customer.Fail(customer.Invalid, "A column goes to a field that is not known.")
	case !slices.Contains(p.Fields, "username"):
		return customer.FailField(customer.Required, "username",
			"Say which column holds the username: the customer's email address.")
	}
	for _, field := range p.Fields {
		if field != "" && joined[field] == "" && field != "phone" && count(p.Fields, field) > 1 {
			return customer.FailField(customer.Invalid, field, "Two columns go to the same field. Choose one of them.")
		}
	}
	if !slices.Contains([]Existing{UpdateFilled, LeaveAlone}, p.Existing) ||
		!slices.Contains([]Duplicates{FirstCounts, LastCounts, NoneCounts}, p.Duplicates) {
		return customer.Fail(customer.Invalid, "This choice is not known.")
	}
	return nil
}

func count(list []string, of string) (n int) {
	for _, s := range list {
		if s == of {
			n++
		}
	}
	return n
}

// Rehearse reads the whole file, judges every row and changes nothing. It goes
// on by itself; State tells how far it is.
func (i *Importer) Rehearse(ctx context.Context, p Plan) (State, error) {
	ready := func(f *opened) error {
		if err := p.check(f.File); err != nil {
			return err
		}
		if err := i.remember(ctx, f.File, p.Fields); err != nil {
			return err
		}
		f.plan = p
		f.state.Totals, f.state.Mails = Totals{}, 0
		f.state.Added, f.state.Updated, f.state.Failures = 0, 0, 0
		return nil
	}
	return i.start(Rehearsing, ready, func(ctx context.Context, f *opened) (Phase, error) {
		if err := i.readRows(ctx, f); err != nil {
			return "", err
		}
		return Rehearsed, i.judgeAll(ctx, f)
	})
}

// readRows puts the rows of the file into a spool.
func (i *Importer) readRows(ctx context.Context, f *opened) error {
	i.mu.Lock()
	f.drop()
	i.mu.Unlock()
	rows, err := newSpool(f.dir, "rows-*")
	if err != nil {
		return err
	}
	f.rows = rows
	in, err := spreadsheet.Open(ctx, f.Path, f.Format)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	f.seen = seen{seed: maphash.MakeSeed()}
	for n := 0; ; n++ {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return rows.flush()
		}
		if err != nil {
			return err
		}
		if n%chunk == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			done, total := in.Progress()
			i.tell(f, func(s *State) { s.Done, s.Total = done, 2*total })
		}
		if n == 0 && f.Header || empty(row) {
			continue
		}
		username := collect(f.plan.Fields, row.Cells)["username"]
		if row.Problem != "" {
			username = ""
		}
		f.seen.add(row.Number, username)
		if _, err := rows.add(row); err != nil {
			return err
		}
	}
}

func empty(row spreadsheet.Row) bool {
	return row.Problem == "" && !slices.ContainsFunc(row.Cells, func(cell string) bool { return cell != "" })
}

// judgeAll makes the lists.
func (i *Importer) judgeAll(ctx context.Context, f *opened) error {
	lists := map[Kind]*index{}
	for _, kind := range kinds() {
		list, err := newIndex(f.dir, string(kind)+"-*")
		if err != nil {
			return err
		}
		lists[kind] = list
	}
	i.mu.Lock()
	f.lists = lists
	i.mu.Unlock()
	f.others = f.seen.others(f.plan.Duplicates)
	var totals Totals
	mails := 0
	err := i.each(ctx, f, func(p part) error {
		if err := i.compare(ctx, p.verdicts); err != nil {
			return err
		}
		for n, v := range p.verdicts {
			*totals.count(v.kind)++
			if v.mails() && (v.kind == RowNew || v.kind == RowChanged && f.plan.Existing == UpdateFilled) {
				mails++
			}
			if err := lists[v.kind].add(p.offsets[n], v.other); err != nil {
				return err
			}
		}
		i.tell(f, func(s *State) { s.Totals = totals })
		return nil
	})
	for _, list := range lists {
		if flushed := list.w.Flush(); err == nil && flushed != nil {
			err = noRoom(flushed)
		}
	}
	i.tell(f, func(s *State) { s.Mails = mails })
	return err
}

const maxPage = 200

// Rows returns a page of a list of the rehearsal, as its rows stand now.
func (i *Importer) Rows(ctx context.Context, kind Kind, offset, limit int) (Page, error) {
	i.mu.Lock()
	defer i.mu.Unlock() // the lists don't change meanwhile
	page := Page{Items: []Item{}}
	f, err := i.current()
	if err != nil {
		return page, err
	}
	list := f.lists[kind]
	if list == nil {
		return page, nil
	}
	page.Total = list.n
	offsets, others, err := list.get(offset, min(max(limit, 1), maxPage))
	if err != nil {
		return page, err
	}
	rows := make([]spreadsheet.Row, len(offsets))
	for n, at := range offsets {
		if rows[n], _, err = f.rows.rows(at).next(); err != nil {
			return page, err
		}
	}
	verdicts, err := i.judge(ctx, f.plan.Fields, rows, others)
	for _, v := range verdicts {
		page.Items = append(page.Items, v.item())
	}
	return page, err
}
