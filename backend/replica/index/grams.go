package index

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// grams knows which pieces hold which two and three bytes, the zero bytes
// around a piece among them.
type grams struct {
	number map[uint32]uint32 // of a gram in all
	all    []gram
}

// gram is the pieces that hold some bytes, growing: the first, and then how far
// the next is each time.
type gram struct {
	deltas []byte
	last   uint32
	n      uint32
}

func newGrams() grams { return grams{number: map[uint32]uint32{}} }

func gramKey(b []byte) uint32 {
	if len(b) == 2 {
		return uint32(b[0])<<8 | uint32(b[1])
	}
	return 1<<24 | uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
}

// add takes in a new piece, with the zero bytes around it.
func (g *grams) add(piece uint32, padded []byte) {
	for i := 2; i <= len(padded); i++ {
		g.note(gramKey(padded[i-2:i]), piece)
		if i > 2 {
			g.note(gramKey(padded[i-3:i]), piece)
		}
	}
}

func (g *grams) note(key, piece uint32) {
	i, ok := g.number[key]
	if !ok {
		i = uint32(len(g.all))
		g.number[key] = i
		g.all = append(g.all, gram{})
	}
	switch in := &g.all[i]; {
	case in.n > 0 && in.last == piece: // it holds them twice
	default:
		in.deltas = binary.AppendUvarint(in.deltas, uint64(piece-in.last))
		in.last = piece
		in.n++
	}
}

// trim gives back what growing has to spare.
func (g *grams) trim() {
	g.all = slices.Clone(g.all)
	for i := range g.all {
		if in := &g.all[i]; cap(in.deltas) > len(in.deltas)+len(in.deltas)/8 {
			in.deltas = slices.Clone(in.deltas)
		}
	}
}

// each calls f with the pieces.
func (g gram) each(f func(piece uint32)) {
	piece := uint32(0)
	for b := g.deltas; len(b) > 0; {
		delta, n := uint64(b[0]), 1
		if delta >= 0x80 {
			delta, n = binary.Uvarint(b)
		}
		b = b[n:]
		piece += uint32(delta)
		f(piece)
	}
}

// rarest is the gram of a text, of two bytes or more, that the fewest pieces
// hold. Exact is true when the text is no more than that gram.
func (g *grams) rarest(text string) (best gram, exact bool) {
	size := min(len(text), 3)
	for i := size; i <= len(text); i++ {
		n, ok := g.number[gramKey([]byte(text[i-size:i]))]
		if !ok {
			return gram{}, true
		}
		if in := g.all[n]; i == size || in.n < best.n {
			best = in
		}
	}
	return best, len(text) == size
}

// holding calls f with each piece that holds the text, of two bytes or more; a
// zero byte at its ends stands for the piece's.
func (d *dict) holding(text string, f func(piece uint32)) {
	in, exact := d.grams.rarest(text)
	if exact {
		in.each(f)
		return
	}
	needle := []byte(text)
	in.each(func(piece uint32) {
		if bytes.Contains(d.padded(piece), needle) {
			f(piece)
		}
	})
}
