package index

import (
	"bytes"
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// part is a piece of a phrase: one of the phrase's own, or with ends that go on.
type part struct {
	text   string // with a zero byte where a piece begins or ends
	place  int    // in the phrase
	pieces set    // that it can be; nil: not looked up
	cost   int    // about how many those are
}

// parts are what the pieces of a phrase must be.
func (d *dict) parts(pieces []string, exact bool) []part {
	all := make([]part, len(pieces))
	for i, text := range pieces {
		if exact || i > 0 {
			text = "\x00" + text
		}
		if exact || i < len(pieces)-1 {
			text += "\x00"
		}
		in, _ := d.grams.rarest(text)
		all[i] = part{text: text, place: i, cost: int(in.n)}
	}
	return all
}

// phrase puts into s the slots with a text of one dictionary that the pieces
// are a part of, or the whole. The rarest piece finds candidates, further ones
// where that is cheaper than to look at each; then each is verified.
func (x *Index) phrase(ctx context.Context, of int, pieces []string, exact bool, s set) error {
	d := x.dicts[of]
	inPlace := d.parts(pieces, exact)
	byCost := slices.SortedFunc(slices.Values(inPlace), func(a, b part) int { return cmp.Compare(a.cost, b.cost) })
	var candidates set
	for _, p := range byCost {
		if candidates != nil && p.cost > candidates.count() {
			break
		}
		pieces, with := newSet(len(d.start)), newSet(len(x.seqs))
		d.holding(p.text, func(piece uint32) {
			pieces.put(piece)
			d.into(piece, with)
		})
		inPlace[p.place].pieces = pieces
		if candidates == nil {
			candidates = with
		} else {
			candidates.and(with)
		}
	}
	const words = 256 // of a set, in one go
	return parallel(ctx, (len(candidates)+words-1)/words, func(i int) {
		for w := i * words; w < min((i+1)*words, len(candidates)); w++ {
			for rest := candidates[w]; rest != 0; rest &= rest - 1 {
				slot := uint32(w<<6 + bits.TrailingZeros64(rest))
				if x.holds(slot, of, inPlace, byCost[0].place, exact) {
					s.put(slot) // nobody else writes this word
				}
			}
		}
	})
}

// holds verifies a phrase, looking for the rarest of its parts first.
func (x *Index) holds(slot uint32, of int, parts []part, rarest int, exact bool) bool {
	row, d := x.texts.rows[x.texts.at[slot]:], x.dicts[of]
	for i, have := range row {
		if have == endOfText {
			return false
		}
		if int(have>>dictShift) != of || !parts[rarest].pieces.has(have&pieceMask) {
			continue
		}
		if first := i - rarest; first >= 0 && d.fits(row[first:], of, parts, exact) {
			return true
		}
	}
	return false
}

// fits reports whether the parts stand at the begin of row, which ends with
// endOfText somewhere.
func (d *dict) fits(row []uint32, of int, parts []part, exact bool) bool {
	if exact && row[0]&begins == 0 {
		return false
	}
	for i, p := range parts {
		have := row[i]
		if int(have>>dictShift) != of || have == endOfText || i > 0 && have&begins != 0 {
			return false
		}
		if p.pieces != nil {
			if !p.pieces.has(have & pieceMask) {
				return false
			}
		} else if !bytes.Contains(d.padded(have&pieceMask), []byte(p.text)) {
			return false
		}
	}
	next := row[len(parts)]
	return !exact || next == endOfText || int(next>>dictShift) != of || next&begins != 0
}
