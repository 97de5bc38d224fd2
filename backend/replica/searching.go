package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"partnerdesk/backend/replica/index"
)

// searching keeps the index in memory in step with what is committed.
type searching struct {
	index atomic.Pointer[index.Index] // nil until it is loaded

	// step holds a token from the begin of a change until the index has it, so
	// that changes reach the index in the order of their commits.
	step    chan struct{}
	loads   bool      // a load has seen its moment and has not ended
	waiting []touched // committed since then

	mu      sync.Mutex
	done    chan struct{} // closed when the load under way has ended; nil: none is
	failure error         // of the last load
	stop    context.CancelFunc
	soon    *time.Timer // begins a load when nothing asked for one; nil: none is set
	closed  bool
}

// breath is how long the window has to show a list before the index is loaded,
// which keeps every core busy.
const breath = 400 * time.Millisecond

// loadSoon loads the index after a breath, unless something needs it before.
func (r *Replica) loadSoon() {
	s := &r.search
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.soon != nil || s.closed {
		return
	}
	s.soon = time.AfterFunc(breath, func() {
		s.mu.Lock()
		s.soon = nil
		s.mu.Unlock()
		_, _ = r.loading(true) // who asks next hears of a failure
	})
}

// lock takes step, unless ctx ends first.
func (s *searching) lock(ctx context.Context) error {
	select {
	case s.step <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *searching) unlock() { <-s.step }

// touched is what a transaction changed.
type touched struct {
	docs []index.Doc
	gone []int64
}

// ready returns the index, waiting for it until ctx ends. A load that failed is
// tried again.
func (r *Replica) ready(ctx context.Context) (*index.Index, error) {
	for again := true; ; again = false {
		if x := r.search.index.Load(); x != nil {
			return x, nil
		}
		done, err := r.loading(again)
		if err != nil {
			return nil, err
		}
		select {
		case <-done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// ended is what is closed when no load runs.
var ended = func() <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}()

// loading returns what is closed when the load has ended. It begins one when
// none runs, or, unless again, returns why the last failed.
func (r *Replica) loading(again bool) (<-chan struct{}, error) {
	s := &r.search
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.New("the replica is closed")
	}
	if s.done != nil {
		return s.done, nil
	}
	if s.index.Load() != nil { // since the caller looked: while one is loaded beside another, changes would miss it
		return ended, nil
	}
	if s.failure != nil && !again {
		return nil, r.db.Explain(s.failure)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	s.done, s.stop = done, stop
	go func() {
		err := r.load(ctx)
		stop()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.done, s.failure = nil, err
		close(done)
	}()
	return done, nil
}

// stopLoading ends a load under way, for good.
func (r *Replica) stopLoading() {
	s := &r.search
	s.mu.Lock()
	s.closed = true
	done, stop := s.done, s.stop
	if s.soon != nil {
		s.soon.Stop()
	}
	s.mu.Unlock()
	if done != nil {
		stop()
		<-done
	}
}

// load fills the index from one moment of the database, and then with what was
// committed since.
func (r *Replica) load(ctx context.Context) error {
	s := &r.search
	x := index.New()
	err := r.look(ctx, "load the index", func(tx *sql.Tx) error {
		if err := s.lock(ctx); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT "+entryColumns+" FROM entry ORDER BY seq")
		if err != nil {
			s.unlock()
			return err
		}
		defer func() { _ = rows.Close() }()
		more := rows.Next() // from here on the transaction sees this moment
		s.loads, s.waiting = true, nil
		s.unlock()
		return x.Load(func() (d index.Doc, ok bool, err error) {
			if !more {
				return d, false, rows.Err()
			}
			d, err = scanEntry(rows)
			more = rows.Next()
			return d, true, err
		})
	})
	debug.FreeOSMemory() // loading took more than what is left of it
	s.step <- struct{}{}
	defer s.unlock()
	s.loads = false
	if err == nil {
		for _, t := range s.waiting {
			x.Apply(t.docs, t.gone)
		}
		s.index.Store(x)
	}
	s.waiting = nil
	return err
}

// take brings a committed change into the index. The caller holds step.
func (s *searching) take(t touched) {
	if len(t.docs) == 0 && len(t.gone) == 0 {
		return
	}
	if x := s.index.Load(); x != nil {
		x.Apply(t.docs, t.gone)
	} else if s.loads {
		s.waiting = append(s.waiting, t)
	}
}

// watch makes the writer's connection note which entries change.
func watch(ctx context.Context, tx querier) error {
	note := func(of string) string { return "BEGIN INSERT INTO touched VALUES (" + of + ".seq); END" }
	for _, statement := range []string{
		"CREATE TEMP TABLE IF NOT EXISTS touched (seq INTEGER)", // one that is touched twice is there twice
		"CREATE TEMP TRIGGER IF NOT EXISTS entry_inserted AFTER INSERT ON main.entry " + note("new"),
		"CREATE TEMP TRIGGER IF NOT EXISTS entry_updated AFTER UPDATE ON main.entry " + note("new"),
		"CREATE TEMP TRIGGER IF NOT EXISTS entry_deleted AFTER DELETE ON main.entry " + note("old"),
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("watch the entries: %w", err)
		}
	}
	return nil
}

// whatChanged reads the entries that the transaction touched, and begins anew.
func whatChanged(ctx context.Context, tx querier) (t touched, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+entryColumns+" FROM entry WHERE seq IN (SELECT seq FROM temp.touched) ORDER BY seq")
	if err != nil {
		return t, fmt.Errorf("read what changed: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		d, err := scanEntry(rows)
		if err != nil {
			return t, err
		}
		t.docs = append(t.docs, d)
	}
	if err := rows.Err(); err != nil {
		return t, fmt.Errorf("read what changed: %w", err)
	}
	t.gone, err = numbers(ctx, tx, "SELECT seq FROM temp.touched WHERE seq NOT IN (SELECT seq FROM entry)")
	if err != nil {
		return t, err
	}
	if len(t.docs)+len(t.gone) == 0 {
		return t, nil
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM temp.touched")
	return t, err
}
