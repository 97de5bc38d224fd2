package query

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which texts are compared: without regard to case and
// accents, letters such as ß and ø written out, every run of spaces and control
// characters one space, none at the ends. No byte of it is below 0x20.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var f folding
	f.add(s)
	return string(f.text)
}

// folded reports that s is plain ASCII in its folded form already.
func folded(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf, 'A' <= c && c <= 'Z', c < ' ', c == 0x7f:
			return false
		case c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' '):
			return false
		}
	}
	return true
}

// folding folds a text and can tell where each byte came from.
type folding struct {
	text     []byte
	from, to []int // of each byte, in UTF-16 units of the original; nil: not asked for
	traced   bool
	space    bool // one is due, if anything follows
	start    int  // of that space
}

func (f *folding) add(s string) {
	at := 0
	var decomposed []byte
	for _, r := range s {
		end := at + 1
		if r > 0xffff {
			end++
		}
		if r < utf8.RuneSelf {
			f.rune(r, at, end)
		} else {
			decomposed = norm.NFKD.AppendString(decomposed[:0], string(r))
			before := len(f.text)
			for _, part := range string(decomposed) {
				f.rune(part, at, end)
			}
			if f.traced && !f.space && len(f.text) == before && before > 0 {
				f.to[before-1] = end // a mark belongs to the letter before
			}
		}
		at = end
	}
}

// rune adds a rune of a decomposition, from a place of the original.
func (f *folding) rune(r rune, from, to int) {
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r):
		if !f.space {
			f.space, f.start = true, from
		}
		return
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return
	}
	if f.space && len(f.text) > 0 {
		f.put(" ", f.start, from)
	}
	f.space = false
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		f.text = append(f.text, byte(r))
		f.trace(1, from, to)
		return
	}
	f.put(writtenOut(r), from, to)
}

func (f *folding) put(s string, from, to int) {
	f.text = append(f.text, s...)
	f.trace(len(s), from, to)
}

func (f *folding) trace(n, from, to int) {
	if !f.traced {
		return
	}
	for range n {
		f.from, f.to = append(f.from, from), append(f.to, to)
	}
}

// writtenOut is a lower-case letter as who doesn't have it on the keyboard
// writes it.
func writtenOut(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ı':
		return "i"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ς':
		return "σ"
	case '‘', '’', 'ʼ', '′':
		return "'"
	case '“', '”', '„':
		return `"`
	case '‐', '‒', '–', '—', '−':
		return "-"
	}
	return string(r)
}

// isSpace reports what ends a word.
func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
