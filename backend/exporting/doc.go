// Package exporting writes customers to a table: the list's result or a
// selection of it, in the order of the list, with the columns that the user
// chose. The file appears when it is whole. Importing it changes nothing.
package exporting
