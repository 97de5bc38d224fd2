package index

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

const maxTime = customer.Time(math.MaxInt64)

// term is the set of what a term says, without its not. It is not to be changed.
func (x *Index) term(ctx context.Context, t query.Term) (set, error) {
	t.Not = false
	key := termKey(t)
	if s, ok := x.cache.term(key); ok {
		return s, nil
	}
	var s set
	var err error
	switch t.Field {
	case query.Status, query.Country, query.Language, query.Is:
		s = x.oneOf(t)
	case query.Created:
		s = x.between(x.times[created], t)
	case query.Activated:
		s = x.between(x.times[activated], t)
	case query.Login:
		s = x.between(x.times[lastLogin], t)
	default:
		s, err = x.containing(ctx, t)
	}
	if err == nil {
		x.cache.keepTerm(key, s)
	}
	return s, err
}

func (x *Index) oneOf(t query.Term) set {
	s := newSet(len(x.seqs))
	for _, v := range t.Values {
		switch {
		case t.Field == query.Country:
			s.or(x.country[v])
		case t.Field == query.Language:
			s.or(x.language[v])
		case t.Field == query.Is && v == query.Waiting:
			s.or(x.waiting)
		case t.Field == query.Is:
			s.or(x.attention)
		}
		for i, status := range customer.Statuses() {
			if t.Field == query.Status && v == string(status) {
				s.or(x.status[i])
			}
		}
	}
	return s
}

func (x *Index) between(times []int64, t query.Term) set {
	s := newSet(len(times))
	from, to := int64(t.From), int64(t.To)
	for i, at := range times {
		if at >= from && at < to {
			s[i>>6] |= 1 << (i & 63)
		}
	}
	s.and(x.live)
	return s
}

// dictsOf are the dictionaries that a field's texts are in.
func dictsOf(f query.Field) []int {
	switch f {
	case query.Name:
		return []int{name}
	case query.Username:
		return []int{username}
	case query.Company:
		return []int{company}
	case query.Phone:
		return []int{phone}
	case query.City:
		return []int{city}
	case query.Note:
		return []int{note}
	case query.Tag:
		return []int{tag}
	}
	return []int{name, username, company, phone, city, note, tag}
}

// containing are the slots with a text that contains the term's, or equals it.
func (x *Index) containing(ctx context.Context, t query.Term) (set, error) {
	var pieces []string
	cut(t.Folded, func(p string) { pieces = append(pieces, p) })
	s := newSet(len(x.seqs))
	for _, of := range dictsOf(t.Field) {
		switch {
		case t.Exact || len(pieces) > 1:
			if err := x.phrase(ctx, of, pieces, t.Exact, s); err != nil {
				return nil, err
			}
		case len(t.Folded) == 1 && t.Folded[0] < 128:
			s.or(x.single[of][t.Folded[0]])
		default:
			d := x.dicts[of]
			d.holding(t.Folded, func(piece uint32) { d.into(piece, s) })
		}
	}
	return s, ctx.Err()
}

// parallel does what there is to do, on every core when it is much, until ctx
// ends.
func parallel(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	work := func() {
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			do(i)
		}
	}
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/4) {
		all.Go(work)
	}
	work()
	all.Wait()
	return ctx.Err()
}
