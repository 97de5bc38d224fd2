package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"partnerdesk/backend/query"
)

// Known is a value that exists, folded, and a customer that has it.
type Known struct {
	Value string
	Seq   int64
}

// Known returns up to n values of a company, city or tag that begin as asked,
// folded: companies and cities in their order, tags with the most used first.
func (x *Index) Known(ctx context.Context, of query.Field, begin string, n int) ([]Known, error) {
	switch of {
	case query.Company:
		return x.knownInOrder(ByCompany, begin, n), nil
	case query.City:
		return x.knownInOrder(ByCity, begin, n), nil
	case query.Tag:
		return x.knownTags(ctx, begin, n)
	}
	return nil, nil
}

// knownInOrder reads the values off a sort order.
func (x *Index) knownInOrder(by Field, begin string, n int) (all []Known) {
	x.lockSettled(by)
	defer x.mu.RUnlock()
	slots := x.orders[by].slots
	from, _ := slices.BinarySearchFunc(slots, max(begin, " "), func(slot uint32, text string) int {
		return strings.Compare(x.text(by, slot), text)
	})
	for from < len(slots) && len(all) < n {
		value := x.text(by, slots[from])
		if !strings.HasPrefix(value, begin) {
			break
		}
		all = append(all, Known{value, x.seq(slots[from])})
		more, _ := slices.BinarySearchFunc(slots[from:], value, func(slot uint32, text string) int {
			return cmp.Or(strings.Compare(x.text(by, slot), text), -1) // behind all that are equal
		})
		from += more
	}
	return all
}

func (x *Index) knownTags(ctx context.Context, begin string, n int) (all []Known, err error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var values []string
	for value := range x.tags {
		if strings.HasPrefix(value, begin) && value != "" {
			values = append(values, value)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(x.tags[b], x.tags[a]), strings.Compare(a, b)) })
	for _, value := range values[:min(n, len(values))] {
		with, err := x.term(ctx, query.Term{Field: query.Tag, Exact: true, Text: value, Folded: value})
		if err != nil {
			return nil, err
		}
		if slot, ok := with.first(); ok {
			all = append(all, Known{value, x.seq(slot)})
		}
	}
	return all, nil
}
