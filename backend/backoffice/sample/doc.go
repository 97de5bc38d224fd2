// Package sample fills a throwaway workspace with believable customers. Every
// account goes through the real Back Office rules at a moved clock, so that
// each history, mail and lock is what the rules make of it; only the people
// are invented, and all of them live at .example addresses.
package sample
