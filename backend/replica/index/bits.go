package index

import "math/bits"

// set is a set of slots. Slots beyond its length are not in it.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) has(slot uint32) bool {
	w := int(slot >> 6)
	return w < len(s) && s[w]&(1<<(slot&63)) != 0
}

// add puts a slot in, growing s.
func (s *set) add(slot uint32) {
	w := int(slot >> 6)
	for len(*s) <= w {
		*s = append(*s, 0)
	}
	(*s)[w] |= 1 << (slot & 63)
}

// put is add where s is known to be large enough.
func (s set) put(slot uint32) { s[slot>>6] |= 1 << (slot & 63) }

func (s set) remove(slot uint32) {
	if w := int(slot >> 6); w < len(s) {
		s[w] &^= 1 << (slot & 63)
	}
}

func (s set) clone() set { return append(set(nil), s...) }

// or takes in all of other, which is not longer.
func (s set) or(other set) {
	for i, w := range other {
		s[i] |= w
	}
}

// and keeps what other has, too.
func (s set) and(other set) {
	for i := range s {
		if i < len(other) {
			s[i] &= other[i]
		} else {
			s[i] = 0
		}
	}
}

// andNot drops what other has.
func (s set) andNot(other set) {
	for i := range min(len(s), len(other)) {
		s[i] &^= other[i]
	}
}

func (s set) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// countBoth counts what is in s and in other.
func (s set) countBoth(other set) (n int) {
	for i := range min(len(s), len(other)) {
		n += bits.OnesCount64(s[i] & other[i])
	}
	return n
}

// first is the lowest slot.
func (s set) first() (slot uint32, ok bool) {
	for i, w := range s {
		if w != 0 {
			return uint32(i<<6 + bits.TrailingZeros64(w)), true
		}
	}
	return 0, false
}

// each calls f with each slot, in order.
func (s set) each(f func(slot uint32)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			f(uint32(i<<6 + bits.TrailingZeros64(w)))
		}
	}
}
