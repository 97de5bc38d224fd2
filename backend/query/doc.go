// Package query is the language of the search field: what a text means, and
// what can stand at a place of it.
package query
