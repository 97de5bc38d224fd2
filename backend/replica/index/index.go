package index

import (
	"slices"
	"sync"
)

// Doc is a customer as the index knows it. Its texts are folded.
type Doc struct {
	Seq                               int64 // the row's number
	ID                                string
	Name, Username, Company, City     string
	Phone, Notes                      string
	Tags                              []string
	Country, Language                 string // codes
	UsernameKey                       string // to sort by
	Status                            int    // 0 to 2, in the order in which they are shown; -1: not known here
	Waiting, Attention                bool
	CreatedAt, ActivatedAt, LastLogin int64
}

// statuses is the number of statuses.
const statuses = 3

// Index is safe for concurrent use: several readers at once, or one writer.
type Index struct {
	mu sync.RWMutex

	seqs []int64          // of each slot, growing
	odd  map[int64]uint32 // slots of seqs that came too late to keep them growing
	odds map[uint32]int64 // the other way
	ids  ids
	live set

	dicts  [dicts]*dict
	texts  texts
	single [dicts][128]set // by dictionary and character, the slots whose texts hold it

	status    [statuses]set
	waiting   set
	attention set
	language  map[string]set
	country   map[string]set
	countries countries
	times     [3][]int64
	usernames map[uint32]string // sort keys that are not the folded username
	tags      map[string]int    // how many hold each whole tag

	orders [fields]order
	cache  cache
}

// Times of a customer.
const (
	created = iota
	activated
	lastLogin
)

// New makes an empty index.
func New() *Index {
	x := &Index{
		odd: map[int64]uint32{}, odds: map[uint32]int64{}, language: map[string]set{}, country: map[string]set{}, countries: newCountries(),
		usernames: map[uint32]string{}, tags: map[string]int{}, ids: ids{other: map[uint32]string{}},
	}
	for i := range x.dicts {
		x.dicts[i] = newDict()
	}
	return x
}

// Apply takes what was committed: customers as they are now, and the seqs of
// those that are gone. It works beside the caller; who reads or applies next waits
// for it.
func (x *Index) Apply(docs []Doc, gone []int64) {
	x.mu.Lock()
	go func() {
		defer x.mu.Unlock()
		x.apply(docs, gone)
	}()
}

func (x *Index) apply(docs []Doc, gone []int64) {
	x.cache.drop()
	for _, seq := range gone {
		if slot, ok := x.slot(seq); ok && x.live.has(slot) {
			x.stale(slot, Doc{}, false)
			x.clear(slot)
		}
	}
	for _, d := range docs {
		slot, known := x.slot(d.Seq)
		x.stale(slot, d, known && x.live.has(slot))
		x.put(d)
	}
}

// slot finds a customer's slot; the next free one when it has none.
func (x *Index) slot(seq int64) (slot uint32, known bool) {
	if i, ok := slices.BinarySearch(x.seqs, seq); ok {
		return uint32(i), true
	}
	if slot, ok := x.odd[seq]; ok {
		return slot, true
	}
	return uint32(len(x.seqs)), false
}

func (x *Index) seq(slot uint32) int64 {
	if seq, ok := x.odds[slot]; ok {
		return seq
	}
	return x.seqs[slot]
}

func (x *Index) put(d Doc) {
	slot, known := x.slot(d.Seq)
	switch {
	case known:
		x.clear(slot)
	case len(x.seqs) > 0 && d.Seq <= x.seqs[len(x.seqs)-1]: // keeps seqs growing
		x.odd[d.Seq], x.odds[slot] = slot, d.Seq
		x.seqs = append(x.seqs, x.seqs[len(x.seqs)-1])
	default:
		x.seqs = append(x.seqs, d.Seq)
	}
	x.live.add(slot)
	x.ids.put(slot, d.ID)
	x.putTexts(slot, d)
	if d.Status >= 0 {
		x.status[d.Status].add(slot)
	}
	if d.Waiting {
		x.waiting.add(slot)
	}
	if d.Attention {
		x.attention.add(slot)
	}
	putValue(x.language, d.Language, slot)
	putValue(x.country, d.Country, slot)
	x.countries.put(slot, d.Country)
	for i, t := range []int64{d.CreatedAt, d.ActivatedAt, d.LastLogin} {
		if int(slot) == len(x.times[i]) {
			x.times[i] = append(x.times[i], t)
		}
		x.times[i][slot] = t
	}
	if d.UsernameKey != d.Username {
		x.usernames[slot] = d.UsernameKey
	}
}

func putValue(values map[string]set, value string, slot uint32) {
	s := values[value]
	s.add(slot)
	values[value] = s
}

func (x *Index) putTexts(slot uint32, d Doc) {
	row := make([]uint32, 0, 32)
	n := len(x.seqs)
	add := func(of int, text string) {
		for i := range len(text) {
			if c := text[i]; c < 128 {
				x.single[of][c].add(slot)
			}
		}
		first := uint32(begins)
		cut(text, func(piece string) {
			p := x.dicts[of].intern(piece)
			x.dicts[of].add(p, slot, n)
			row = append(row, uint32(of)<<dictShift|first|p)
			first = 0
		})
	}
	for of, text := range []string{d.Name, d.Username, d.Company, d.Phone, d.City, d.Notes} {
		add(of, text)
	}
	for _, t := range d.Tags {
		add(tag, t)
		x.tags[t]++
	}
	x.texts.put(slot, row)
}

// clear takes a slot out of everything but the orders.
func (x *Index) clear(slot uint32) {
	if !x.live.has(slot) {
		return
	}
	for value := range x.values(slot, tag) {
		if x.tags[value]--; x.tags[value] == 0 {
			delete(x.tags, value)
		}
	}
	for _, p := range x.texts.of(slot) {
		x.dicts[p>>dictShift].drop(p&pieceMask, slot)
	}
	x.live.remove(slot)
	for of := range x.single {
		for _, s := range x.single[of] {
			s.remove(slot)
		}
	}
	for _, s := range x.status {
		s.remove(slot)
	}
	x.waiting.remove(slot)
	x.attention.remove(slot)
	for _, values := range []map[string]set{x.language, x.country} {
		for _, s := range values {
			s.remove(slot)
		}
	}
	delete(x.usernames, slot)
}
