package window

import "sync"

// Dropped is the file that was dropped on the window and not taken yet. Its zero
// value is empty.
type Dropped struct {
	mu   sync.Mutex
	path string
}

// Put takes what the window tells of a drop: where, and the files' paths, of which
// the first counts. It reports whether there is one.
func (d *Dropped) Put(data []any) bool {
	if len(data) != 3 {
		return false
	}
	paths := droppedPaths(data[2])
	if len(paths) == 0 || paths[0] == "" {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.path = paths[0]
	return true
}

// Take returns the file once; empty for none.
func (d *Dropped) Take() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	path := d.path
	d.path = ""
	return path
}
