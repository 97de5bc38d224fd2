// Package index finds customers in memory: any part of their texts, in the
// list's order, with exact totals. It knows nothing of SQL; package replica
// fills it and tells it of every change.
//
// Customers have slots, 0 to n-1. Each searched field has a dictionary of
// pieces of its folded texts (cut before spaces, dots and at signs, so that a
// word lies within one piece) and of the slots that hold each piece. The pieces
// are few where values repeat, so looking for a part of one is a quick pass over
// the dictionary's bytes, and what it finds needs no second look. A phrase that
// goes over several pieces is verified on the customers that hold them all.
// Results are sets of bits; a sort order is a permutation of the slots, brought
// up to date when it is next asked for.
package index
