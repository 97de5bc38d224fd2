package index

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

// Search asks for a part of the list.
type Search struct {
	Query      query.Query
	From, To   int64 // when made: from (inclusive), to (exclusive); zero for no bound
	Status     int   // -1 for all
	Sort       Field
	Descending bool
	Offset     int
	Limit      int
}

// Result is that part, and how many there are.
type Result struct {
	Seqs       []int64
	Total      int           // of what the search matches
	Counts     [statuses]int // by status, whatever the search's status
	All        int           // whatever the search's status
	Everything int           // without any search
}

// Find returns a part of the list. It fails only when ctx ends.
func (x *Index) Find(ctx context.Context, s Search) (Result, error) {
	var r Result
	err := x.read(ctx, s, func(found *found) error {
		r.Everything, r.All, r.Counts = x.live.count(), found.all, found.counts
		r.Total = found.all
		if s.Status >= 0 {
			r.Total = found.counts[s.Status]
		}
		slots, err := x.page(ctx, s, found, r.Total)
		r.Seqs = make([]int64, len(slots))
		for i, slot := range slots {
			r.Seqs[i] = x.seq(slot)
		}
		return err
	})
	return r, err
}

// IDs returns the ids of all that the search matches, in the list's order.
func (x *Index) IDs(ctx context.Context, s Search) (all []string, err error) {
	err = x.read(ctx, s, func(found *found) error {
		slots, err := x.inOrder(ctx, s, found)
		all = make([]string, len(slots))
		for i, slot := range slots {
			all[i] = x.ids.get(slot)
		}
		if s.Descending {
			slices.Reverse(all)
		}
		return err
	})
	return all, err
}

// read finds what the search matches and calls f, all at one moment.
func (x *Index) read(ctx context.Context, s Search, f func(*found) error) error {
	x.lockSettled(s.Sort)
	defer x.mu.RUnlock()
	found, err := x.find(ctx, s)
	if err != nil {
		return err
	}
	return f(found)
}

// lockSettled takes the readers' lock when an order is up to date.
func (x *Index) lockSettled(by Field) {
	x.mu.RLock()
	for len(x.orders[by].stale) > 0 {
		x.mu.RUnlock()
		x.mu.Lock()
		x.settle(by)
		x.mu.Unlock()
		x.mu.RLock()
	}
}

// found is what a search's texts and dates match.
type found struct {
	key    string
	slots  set
	all    int
	counts [statuses]int
}

func (x *Index) find(ctx context.Context, s Search) (*found, error) {
	key := fmt.Sprint(s.From, " ", s.To, " ", searchKey(s.Query))
	if f, ok := x.cache.found(key); ok {
		return f, nil
	}
	f := &found{key: key}
	terms := s.Query.Terms
	if s.From != 0 || s.To != 0 {
		made := query.Term{Field: query.Created, From: customer.Time(s.From), To: customer.Time(s.To)}
		if made.To == 0 {
			made.To = maxTime
		}
		terms = append([]query.Term{made}, terms...)
	}
	for _, t := range terms {
		if t.Not {
			continue
		}
		slots, err := x.term(ctx, t)
		if err != nil {
			return nil, err
		}
		if f.slots == nil {
			f.slots = slots.clone()
		} else {
			f.slots.and(slots)
		}
	}
	if f.slots == nil {
		f.slots = x.live.clone()
	}
	for _, t := range terms {
		if !t.Not {
			continue
		}
		slots, err := x.term(ctx, t)
		if err != nil {
			return nil, err
		}
		f.slots.andNot(slots)
	}
	for i, of := range x.status {
		f.counts[i] = f.slots.countBoth(of)
	}
	f.all = f.slots.count()
	x.cache.keepFound(f)
	return f, nil
}

// searchKey tells queries apart; days depend on when they were read.
func searchKey(q query.Query) (key string) {
	for _, t := range q.Terms {
		key += " " + termKey(t)
	}
	return key
}

func termKey(t query.Term) string { return fmt.Sprint(t.String(), t.From, "-", t.To) }

// page returns a part of what was found.
func (x *Index) page(ctx context.Context, s Search, f *found, total int) ([]uint32, error) {
	size := min(s.Limit, total-s.Offset)
	if size <= 0 {
		return nil, nil
	}
	offset := s.Offset
	if s.Descending {
		offset = total - offset - size
	}
	slots, err := x.part(ctx, s, f, total, offset, size)
	if s.Descending {
		slots = slices.Clone(slots)
		slices.Reverse(slots)
	}
	return slots, err
}

// part is a page of the ascending order. One near an end is found by walking
// from there; for others the whole is put in order, and kept.
func (x *Index) part(ctx context.Context, s Search, f *found, total, offset, size int) ([]uint32, error) {
	slots := x.orders[s.Sort].slots
	if total == len(slots) {
		return slots[offset : offset+size], nil
	}
	if _, kept := x.cache.ordered(orderedKey(s, f)); !kept {
		const near = 50_000 // steps
		steps := len(slots) / total
		if (offset+size)*steps < near {
			return x.walk(slices.All(slots), s, f, offset, size), nil
		}
		if fromEnd := total - offset - size; (fromEnd+size)*steps < near {
			page := x.walk(slices.Backward(slots), s, f, fromEnd, size)
			slices.Reverse(page)
			return page, nil
		}
	}
	all, err := x.inOrder(ctx, s, f)
	if err != nil {
		return nil, err
	}
	return all[offset : offset+size], nil
}

// walk returns the found ones of an order, or of one backwards, behind the first.
func (x *Index) walk(order iter.Seq2[int, uint32], s Search, f *found, skip, size int) []uint32 {
	page := make([]uint32, 0, size)
	for _, slot := range order {
		if !f.slots.has(slot) || s.Status >= 0 && !x.status[s.Status].has(slot) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if page = append(page, slot); len(page) == size {
			break
		}
	}
	return page
}

func orderedKey(s Search, f *found) string { return fmt.Sprint(s.Sort, " ", s.Status, " ", f.key) }

// inOrder is all that was found with the search's status, ascending.
func (x *Index) inOrder(ctx context.Context, s Search, f *found) ([]uint32, error) {
	slots := x.orders[s.Sort].slots
	matching := f.slots
	total := f.all
	if s.Status >= 0 {
		total = f.counts[s.Status]
	}
	if total == len(slots) {
		return slots, nil
	}
	key := orderedKey(s, f)
	if all, ok := x.cache.ordered(key); ok {
		return all, nil
	}
	if s.Status >= 0 {
		matching = matching.clone()
		matching.and(x.status[s.Status])
	}
	parts := make([][]uint32, len(slots)/partSize+1)
	err := parallel(ctx, len(parts), func(i int) {
		part := slots[i*partSize : min((i+1)*partSize, len(slots))]
		in := make([]uint32, 0, total*len(part)/len(slots)+16)
		for _, slot := range part {
			if matching.has(slot) {
				in = append(in, slot)
			}
		}
		parts[i] = in
	})
	if err != nil {
		return nil, err
	}
	all := make([]uint32, 0, total)
	for _, p := range parts {
		all = append(all, p...)
	}
	x.cache.keepOrdered(key, all)
	return all, nil
}

// partSize is how many slots are worth another goroutine's time.
const partSize = 100_000
