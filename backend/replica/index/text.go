package index

import "strings"

// The dictionaries, by their place; the order is that of a Doc's texts.
const (
	name = iota
	username
	company
	phone
	city
	note
	tag
	dicts
)

// cutBefore are the bytes that begin a new piece.
const cutBefore = " .@"

// cut calls f with the pieces of a text. Together they are the text; where one
// begins depends on its first byte only, so that a part of the text falls into
// the same pieces but for its ends.
func cut(text string, f func(piece string)) {
	for text != "" {
		end := strings.IndexAny(text[1:], cutBefore)
		if end < 0 {
			f(text)
			return
		}
		f(text[:end+1])
		text = text[end+1:]
	}
}

// What a customer's texts are made of is a row of uint32: the dictionary, the
// piece, and whether the piece begins a value.
const (
	begins    = 1 << 28
	pieceMask = begins - 1
	dictShift = 29
	endOfText = ^uint32(0)
)

// texts keeps the pieces of every slot's texts.
type texts struct {
	rows    []uint32 // one after the other, endOfText behind each
	at      []uint32 // of each slot in rows
	garbage int
}

func (t *texts) of(slot uint32) []uint32 {
	row := t.rows[t.at[slot]:]
	for i, p := range row {
		if p == endOfText {
			return row[:i]
		}
	}
	return row
}

// put replaces a slot's row, or adds the next slot.
func (t *texts) put(slot uint32, row []uint32) {
	if int(slot) < len(t.at) {
		t.garbage += len(t.of(slot)) + 1
	} else {
		t.at = append(t.at, 0)
	}
	t.at[slot] = uint32(len(t.rows))
	t.rows = append(append(t.rows, row...), endOfText)
	if t.garbage > 1<<16 && t.garbage > len(t.rows)/4 {
		t.tidy()
	}
}

// tidy leaves the garbage out.
func (t *texts) tidy() {
	rows := make([]uint32, 0, len(t.rows)-t.garbage)
	for slot := range t.at {
		row := t.of(uint32(slot))
		t.at[slot] = uint32(len(rows))
		rows = append(append(rows, row...), endOfText)
	}
	t.rows, t.garbage = rows, 0
}
