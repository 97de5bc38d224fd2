package index

import (
	"encoding/hex"
	"iter"
	"strings"

	"partnerdesk/backend/query"
)

// values are the texts of a slot in a dictionary, as they were put in.
func (x *Index) values(slot uint32, of uint32) iter.Seq[string] {
	return func(yield func(string) bool) {
		var b strings.Builder
		have := false
		for _, p := range x.texts.of(slot) {
			if p>>dictShift != of {
				continue
			}
			if p&begins != 0 {
				if have && !yield(b.String()) {
					return
				}
				b.Reset()
				have = true
			}
			b.Write(x.dicts[of].piece(p & pieceMask))
		}
		if have {
			yield(b.String())
		}
	}
}

// value is the only text of a slot in a dictionary.
func (x *Index) value(slot uint32, of uint32) string {
	for v := range x.values(slot, of) {
		return v
	}
	return ""
}

// ids keeps ids in 16 bytes where they have the usual form.
type ids struct {
	uuids [][16]byte
	other map[uint32]string
}

func (s *ids) put(slot uint32, id string) {
	for len(s.uuids) <= int(slot) {
		s.uuids = append(s.uuids, [16]byte{})
	}
	delete(s.other, slot)
	var b [16]byte
	if plain := strings.ReplaceAll(id, "-", ""); len(plain) == 32 {
		if _, err := hex.Decode(b[:], []byte(plain)); err == nil && uuidText(b) == id {
			s.uuids[slot] = b
			return
		}
	}
	s.other[slot] = id
}

func (s *ids) get(slot uint32) string {
	if id, ok := s.other[slot]; ok {
		return id
	}
	return uuidText(s.uuids[slot])
}

func (s *ids) compare(a, b uint32) int {
	if len(s.other) == 0 {
		return strings.Compare(string(s.uuids[a][:]), string(s.uuids[b][:]))
	}
	return strings.Compare(s.get(a), s.get(b))
}

func uuidText(b [16]byte) string {
	var text [36]byte
	hex.Encode(text[:], b[:4])
	text[8] = '-'
	hex.Encode(text[9:], b[4:6])
	text[13] = '-'
	hex.Encode(text[14:], b[6:8])
	text[18] = '-'
	hex.Encode(text[19:], b[8:10])
	text[23] = '-'
	hex.Encode(text[24:], b[10:])
	return string(text[:])
}

// countries keeps the country of each slot, and by what countries are sorted.
type countries struct {
	of     []uint16
	names  []string // folded
	number map[string]uint16
}

func newCountries() countries { return countries{number: map[string]uint16{}} }

// numberOf is the place of a code's name, made when it is new.
func (c *countries) numberOf(code string) uint16 {
	i, ok := c.number[code]
	if !ok && len(c.names) < 1<<16 {
		i = uint16(len(c.names))
		c.names = append(c.names, query.Fold(query.CountryName(code)))
		c.number[code] = i
	}
	return i
}

func (c *countries) put(slot uint32, code string) {
	for len(c.of) <= int(slot) {
		c.of = append(c.of, 0)
	}
	c.of[slot] = c.numberOf(code)
}

func (c *countries) name(slot uint32) string { return c.names[c.of[slot]] }
