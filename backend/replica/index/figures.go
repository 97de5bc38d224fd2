package index

import "slices"

// Figures count customers by spans of time.
type Figures struct {
	Status [statuses]int
	// Created and Activated have a number for what was before the first span, and
	// then one for each.
	Created, Activated []int
}

// Figures counts all customers in one pass. Begins are those of the spans,
// growing; each ends where the next begins, and the last goes on.
func (x *Index) Figures(begins []int64) Figures {
	x.mu.RLock()
	defer x.mu.RUnlock()
	f := Figures{Created: make([]int, len(begins)+1), Activated: make([]int, len(begins)+1)}
	for i, s := range x.status {
		f.Status[i] = s.count()
	}
	span := func(at int64) int {
		i, exactly := slices.BinarySearch(begins, at)
		if exactly {
			i++
		}
		return i
	}
	for slot := range uint32(len(x.seqs)) {
		if !x.live.has(slot) {
			continue
		}
		f.Created[span(x.times[created][slot])]++
		if at := x.times[activated][slot]; at != 0 {
			f.Activated[span(at)]++
		}
	}
	return f
}
