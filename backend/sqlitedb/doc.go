// Package sqlitedb opens the SQLite files of Partner Desk: the desk's replica
// and the Back Office's database. It owns how a file is made (readable by the
// user alone), how it is reached (one writer, several read-only readers, WAL,
// every commit on disk), how it is brought up to date (numbered migrations) and
// how it is backed up. It knows no table of either.
package sqlitedb
