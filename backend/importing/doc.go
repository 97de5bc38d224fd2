// Package importing brings a table's rows in as customers. Nothing changes until
// the whole file was rehearsed: every row is read, checked and compared with the
// customers that are here, and each stands in one list: new, changed, unchanged,
// duplicate or error. The run then judges every row again and performs what it
// finds in chunks, all of one action.
//
// Rows wait in a temporary file, so that a table of any length takes a bounded
// amount of memory: some fifty bytes a row beside one chunk.
package importing
