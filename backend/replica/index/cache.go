package index

import "sync"

// cache keeps recent results until something changes. Readers share it.
type cache struct {
	mu     sync.Mutex
	terms  recent[set]
	finds  recent[*found]
	orders recent[[]uint32]
}

// How many results are kept: what a person types in one go, and the pages that
// are looked at.
const (
	keptTerms  = 24
	keptFinds  = 24
	keptOrders = 4
)

func (c *cache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.terms, c.finds, c.orders = recent[set]{}, recent[*found]{}, recent[[]uint32]{}
}

func (c *cache) term(key string) (set, bool)         { return get(c, &c.terms, key) }
func (c *cache) found(key string) (*found, bool)     { return get(c, &c.finds, key) }
func (c *cache) ordered(key string) ([]uint32, bool) { return get(c, &c.orders, key) }

func (c *cache) keepTerm(key string, s set)             { keep(c, &c.terms, keptTerms, key, s) }
func (c *cache) keepFound(f *found)                     { keep(c, &c.finds, keptFinds, f.key, f) }
func (c *cache) keepOrdered(key string, slots []uint32) { keep(c, &c.orders, keptOrders, key, slots) }

// recent holds the newest values; the oldest goes first.
type recent[T any] struct {
	values map[string]T
	keys   []string
}

func get[T any](c *cache, r *recent[T], key string) (T, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := r.values[key]
	return v, ok
}

// maxKey bounds what is kept of a text that somebody pasted.
const maxKey = 1000

func keep[T any](c *cache, r *recent[T], most int, key string, v T) {
	if len(key) > maxKey {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.values == nil {
		r.values = map[string]T{}
	}
	if _, ok := r.values[key]; ok {
		return
	}
	if len(r.keys) == most {
		delete(r.values, r.keys[0])
		r.keys = r.keys[1:]
	}
	r.values[key], r.keys = v, append(r.keys, key)
}
