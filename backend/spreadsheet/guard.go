package spreadsheet

import (
	"strings"
	"unicode"
)

// Guarded returns the cell as it is written to CSV: with an apostrophe before it
// when a spreadsheet program might take it for a formula. That is when, behind
// any apostrophes and blanks, it begins with = + - @, their full-width forms, a
// tab or a line break.
//
// A guarded cell begins so as well, which makes the rule reversible for every
// text: what begins with an apostrophe and a risky rest was guarded, or is taken
// for it. Other apostrophes ('s-Hertogenbosch) are left alone.
func Guarded(cell string) string {
	if risky(cell) {
		return "'" + cell
	}
	return cell
}

// Unguarded undoes Guarded.
func Unguarded(cell string) string {
	if rest, has := strings.CutPrefix(cell, "'"); has && risky(rest) {
		return rest
	}
	return cell
}

func risky(cell string) bool {
	for _, r := range cell {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
			return true
		case '\'', 0, '\ufeff', '\u200b', '\u200e', '\u200f', '\u2060': // not seen, or the guard
		default:
			if !unicode.IsSpace(r) {
				return false
			}
		}
	}
	return false
}
