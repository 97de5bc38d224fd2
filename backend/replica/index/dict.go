package index

import (
	"hash/maphash"
	"slices"
)

// dict holds the pieces of one field, each once, and the slots that hold each.
type dict struct {
	blob  []byte   // a zero byte before each piece, and one at the end
	start []uint32 // of each piece in blob
	posts []uint32 // of each piece: its slots, as below
	lists [][]uint32
	dense []set
	table []uint32 // open addressing: piece+1, or 0
	seed  maphash.Seed
	grams grams
	bulk  bool // the grams follow, in one go
}

// What posts holds: no slot, one slot, or the number of a list or a dense set.
const (
	none    = ^uint32(0)
	isList  = 1 << 30
	isDense = 1 << 31
	number  = isList - 1
)

func newDict() *dict {
	return &dict{blob: []byte{0}, table: make([]uint32, 64), seed: maphash.MakeSeed(), grams: newGrams()}
}

func (d *dict) piece(i uint32) []byte {
	whole := d.padded(i)
	return whole[1 : len(whole)-1]
}

// padded is the piece with the zero bytes around it.
func (d *dict) padded(i uint32) []byte {
	end := len(d.blob)
	if int(i)+1 < len(d.start) {
		end = int(d.start[i+1])
	}
	return d.blob[d.start[i]-1 : end]
}

// find returns the piece's number.
func (d *dict) find(text string) (uint32, bool) {
	mask := uint64(len(d.table) - 1)
	for h := maphash.String(d.seed, text) & mask; ; h = (h + 1) & mask {
		i := d.table[h]
		if i == 0 {
			return 0, false
		}
		if string(d.piece(i-1)) == text {
			return i - 1, true
		}
	}
}

// intern returns the piece's number, making it when it is new.
func (d *dict) intern(text string) uint32 {
	if i, ok := d.find(text); ok {
		return i
	}
	i := uint32(len(d.start))
	d.start = append(d.start, uint32(len(d.blob)))
	d.blob = append(append(d.blob, text...), 0)
	d.posts = append(d.posts, none)
	if !d.bulk {
		d.grams.add(i, d.padded(i))
	}
	if 4*len(d.start) > 3*len(d.table) {
		d.table = make([]uint32, 2*len(d.table))
		for j := range d.start {
			d.enter(uint32(j))
		}
	} else {
		d.enter(i)
	}
	return i
}

// catchUp adds the grams of all pieces.
func (d *dict) catchUp() {
	d.bulk = false
	for i := range d.start {
		d.grams.add(uint32(i), d.padded(uint32(i)))
	}
	d.grams.trim()
}

func (d *dict) enter(i uint32) {
	mask := uint64(len(d.table) - 1)
	h := maphash.Bytes(d.seed, d.piece(i)) & mask
	for d.table[h] != 0 {
		h = (h + 1) & mask
	}
	d.table[h] = i + 1
}

// add notes that a slot, of n there are, holds the piece. All pieces of a slot
// are added in one go.
func (d *dict) add(i, slot uint32, n int) {
	switch p := d.posts[i]; {
	case p == none:
		d.posts[i] = slot
	case p&isDense != 0:
		d.dense[p&number].add(slot)
	case p&isList != 0:
		list := &d.lists[p&number]
		if len(*list) > 0 && (*list)[len(*list)-1] == slot {
			return
		}
		*list = append(*list, slot)
		if len(*list) > 256 && len(*list) > n/32 { // then a set is smaller
			s := newSet(n)
			for _, have := range *list {
				s.add(have)
			}
			*list = nil
			d.dense = append(d.dense, s)
			d.posts[i] = isDense | uint32(len(d.dense)-1)
		}
	case p != slot:
		d.lists = append(d.lists, []uint32{p, slot})
		d.posts[i] = isList | uint32(len(d.lists)-1)
	}
}

// drop notes that a slot no longer holds the piece.
func (d *dict) drop(i, slot uint32) {
	switch p := d.posts[i]; {
	case p == none:
	case p&isDense != 0:
		d.dense[p&number].remove(slot)
	case p&isList != 0:
		list := &d.lists[p&number]
		if at := slices.Index(*list, slot); at >= 0 {
			last := len(*list) - 1
			(*list)[at] = (*list)[last]
			*list = (*list)[:last]
		}
	case p == slot:
		d.posts[i] = none
	}
}

// into puts the slots that hold the piece into s, which is large enough.
func (d *dict) into(i uint32, s set) {
	switch p := d.posts[i]; {
	case p == none:
	case p&isDense != 0:
		s.or(d.dense[p&number])
	case p&isList != 0:
		for _, slot := range d.lists[p&number] {
			s.put(slot)
		}
	default:
		s.put(p)
	}
}
