package index

import (
	"runtime"
	"slices"
	"sync"
)

// batch is how many docs go from one goroutine to the other in one go.
const batch = 500

// Load fills an empty index with what next returns until there is no more. Docs
// that come in the order of their seqs save memory. Next runs beside the index's
// own work, on one goroutine.
func (x *Index) Load(next func() (d Doc, more bool, err error)) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, d := range x.dicts {
		d.bulk = true
	}
	docs := make(chan []Doc, 4)
	var failure error
	go func() {
		defer close(docs)
		for more := true; more && failure == nil; {
			some := make([]Doc, 0, batch)
			for more && failure == nil && len(some) < batch {
				var d Doc
				if d, more, failure = next(); more && failure == nil {
					some = append(some, d)
				}
			}
			docs <- some
		}
	}()
	keys := &sortKeys{}
	for some := range docs {
		for _, d := range some {
			x.put(d)
			keys.add(x.keysOf(d))
		}
	}
	if failure != nil {
		return failure
	}
	work := x.sorting(keys)
	for _, d := range x.dicts {
		work = append(work, d.catchUp)
	}
	atOnce(work)
	x.trim()
	return nil
}

// atOnce does the work on several cores.
func atOnce(work []func()) {
	todo := make(chan func(), len(work))
	for _, do := range work {
		todo <- do
	}
	close(todo)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 4) {
		all.Go(func() {
			for do := range todo {
				do()
			}
		})
	}
	all.Wait()
}

// trim gives back what growing slices have to spare.
func (x *Index) trim() {
	for _, d := range x.dicts {
		d.blob, d.start, d.posts = slices.Clone(d.blob), slices.Clone(d.start), slices.Clone(d.posts)
		for i, l := range d.lists {
			if cap(l) > len(l)+len(l)/4 {
				d.lists[i] = slices.Clone(l)
			}
		}
	}
	x.texts.rows, x.texts.at = slices.Clone(x.texts.rows), slices.Clone(x.texts.at)
	x.seqs = slices.Clone(x.seqs)
}
