// Package moving carries the customers of one Back Office over to another, with
// passwords and history: page by page in the order of their ids, answered one
// by one, for as long as it takes. What was answered is kept, so that a move
// goes on where it stopped; what may have been answered goes again, which has no
// second effect at the other side.
//
// The package reaches both sides through interfaces and imports neither. That
// nothing changes where the customers come from while they move is the
// caller's.
package moving
