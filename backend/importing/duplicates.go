package importing

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// seen is what is remembered of each row to find those with one username: twelve
// bytes a row.
type seen struct {
	seed    maphash.Seed
	keys    []uint64 // of the usernames; zero for a row without one
	numbers []uint32 // of the rows
}

func (s *seen) add(number int, username string) {
	key := uint64(0)
	if username = strings.TrimSpace(username); customer.CheckUsername(username) == nil {
		key = max(1, maphash.String(s.seed, customer.UsernameKey(username)))
	}
	s.keys, s.numbers = append(s.keys, key), append(s.numbers, uint32(number))
}

// others returns for each row the number of the row that counts in its place, or
// of another with its username when none counts; zero for a row that counts.
func (s *seen) others(which Duplicates) []uint32 {
	order := make([]uint32, len(s.keys))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(s.keys[a], s.keys[b]), cmp.Compare(a, b)) })
	out := make([]uint32, len(s.keys))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && s.keys[order[to]] == s.keys[order[from]] {
			to++
		}
		if group := order[from:to]; len(group) > 1 && s.keys[group[0]] != 0 {
			s.settle(group, which, out)
		}
		from = to
	}
	return out
}

func (s *seen) settle(group []uint32, which Duplicates, out []uint32) {
	counts := group[0]
	if which == LastCounts {
		counts = group[len(group)-1]
	}
	for _, i := range group {
		if i != counts {
			out[i] = s.numbers[counts]
		}
	}
	if which == NoneCounts {
		out[counts] = s.numbers[group[1]]
	}
}
