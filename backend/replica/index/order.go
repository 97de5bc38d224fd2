package index

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// Field is what the list is sorted by; equal values follow their ids.
type Field int

// The fields.
const (
	ByName Field = iota
	ByUsername
	ByCompany
	ByCity
	ByCountry
	ByStatus
	ByCreated
	ByActivated
	ByLastLogin
	fields
)

// order is every live slot in the order of a field, but for the stale ones.
type order struct {
	slots []uint32
	stale []uint32 // changed since, at any place or none
}

// text is a slot's sort key in a field of text.
func (x *Index) text(by Field, slot uint32) string {
	switch by {
	case ByName:
		return x.value(slot, name)
	case ByUsername:
		if key, ok := x.usernames[slot]; ok {
			return key
		}
		return x.value(slot, username)
	case ByCompany:
		return x.value(slot, company)
	case ByCity:
		return x.value(slot, city)
	case ByCountry:
		return x.countries.name(slot)
	}
	return ""
}

// number is a slot's sort key in another field.
func (x *Index) number(by Field, slot uint32) int64 {
	switch by {
	case ByStatus:
		for i, s := range x.status {
			if s.has(slot) {
				return int64(i)
			}
		}
		return -1
	case ByCreated:
		return x.times[created][slot]
	case ByActivated:
		return x.times[activated][slot]
	case ByLastLogin:
		return x.times[lastLogin][slot]
	}
	return 0
}

func (x *Index) keysOf(d Doc) (texts [ByStatus]string, numbers [fields - ByStatus]int64) {
	return [ByStatus]string{d.Name, d.UsernameKey, d.Company, d.City, x.countries.names[x.countries.numberOf(d.Country)]},
		[fields - ByStatus]int64{int64(d.Status), d.CreatedAt, d.ActivatedAt, d.LastLogin}
}

// stale notes for the orders that a slot is about to hold d.
func (x *Index) stale(slot uint32, d Doc, known bool) {
	texts, numbers := x.keysOf(d)
	for by := range fields {
		if known && x.ids.get(slot) == d.ID {
			if by < ByStatus && x.text(by, slot) == texts[by] || by >= ByStatus && x.number(by, slot) == numbers[by-ByStatus] {
				continue
			}
		}
		x.orders[by].stale = append(x.orders[by].stale, slot)
	}
}

// settle brings an order up to date. The caller holds the write lock.
func (x *Index) settle(by Field) {
	o := &x.orders[by]
	if len(o.stale) == 0 {
		return
	}
	moved := newSet(len(x.seqs))
	for _, slot := range o.stale {
		moved.put(slot)
	}
	type key struct {
		text   string
		number int64
		slot   uint32
	}
	keyed := func(slot uint32) key {
		if by < ByStatus {
			return key{text: x.text(by, slot), slot: slot}
		}
		return key{number: x.number(by, slot), slot: slot}
	}
	compare := func(a, b key) int {
		return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.text, b.text), x.ids.compare(a.slot, b.slot))
	}
	rest := slices.DeleteFunc(o.slots, moved.has)
	moved.and(x.live)
	in := make([]key, 0, len(o.stale))
	moved.each(func(slot uint32) { in = append(in, keyed(slot)) })
	slices.SortFunc(in, compare)
	all := slices.Grow(rest, len(in))[:len(rest)+len(in)]
	for end := len(rest); len(in) > 0; { // from the back, each behind what is before it
		last := in[len(in)-1]
		at, _ := slices.BinarySearchFunc(rest[:end], last, func(slot uint32, k key) int { return compare(keyed(slot), k) })
		copy(all[at+len(in):], rest[at:end])
		all[at+len(in)-1] = last.slot
		end, in = at, in[:len(in)-1]
	}
	o.slots, o.stale = all, nil
}

// sortKeys are the keys of every slot while the index is loaded.
type sortKeys struct {
	texts   [ByStatus][]string
	numbers [fields - ByStatus][]int64
}

func (k *sortKeys) add(texts [ByStatus]string, numbers [fields - ByStatus]int64) {
	for i, t := range texts {
		k.texts[i] = append(k.texts[i], t)
	}
	for i, n := range numbers {
		k.numbers[i] = append(k.numbers[i], n)
	}
}

// item is a slot with the begin of its key.
type item struct {
	begin uint64
	slot  uint32
}

// sorting is the work of making every order anew. All slots are live.
func (x *Index) sorting(keys *sortKeys) (work []func()) {
	n := len(x.seqs)
	byID := make([]uint32, n)
	for i := range byID {
		byID[i] = uint32(i)
	}
	if !slices.IsSortedFunc(byID, x.ids.compare) {
		slices.SortFunc(byID, x.ids.compare)
	}
	rank := make([]uint32, n)
	for i, slot := range byID {
		rank[slot] = uint32(i)
	}
	for by := range fields {
		work = append(work, func() { x.orders[by] = order{slots: keys.sort(by, rank)} })
	}
	return work
}

func (k *sortKeys) sort(by Field, rank []uint32) []uint32 {
	items := make([]item, len(rank))
	for i := range items {
		items[i].slot = uint32(i)
		if by < ByStatus {
			var begin [8]byte
			copy(begin[:], k.texts[by][i])
			items[i].begin = binary.BigEndian.Uint64(begin[:])
		} else {
			items[i].begin = uint64(k.numbers[by-ByStatus][i]) ^ 1<<63
		}
	}
	slices.SortFunc(items, func(a, b item) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		if by < ByStatus {
			if c := strings.Compare(k.texts[by][a.slot], k.texts[by][b.slot]); c != 0 {
				return c
			}
		}
		return cmp.Compare(rank[a.slot], rank[b.slot])
	})
	slots := make([]uint32, len(items))
	for i, it := range items {
		slots[i] = it.slot
	}
	return slots
}
