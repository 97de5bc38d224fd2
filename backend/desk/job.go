package desk

import (
	"context"
	"sync"

	"partnerdesk/backend/customer"
)

// Job is something that takes a while, with many customers. There is one at a
// time; edits go on beside it.
type Job struct {
	ID      string `json:"id"`
	Title   string `json:"title"` // what it does, such as "Lock customers"; how many that will be shows at its end
	Done    int    `json:"done"`  // of total customers
	Total   int    `json:"total"`
	Running bool   `json:"running"`
}

// jobs is the job that runs, or ran last.
type jobs struct {
	mu     sync.Mutex
	now    Job
	cancel context.CancelFunc
	ended  chan struct{} // closed when it has ended
	closed bool          // no other begins
}

// Job returns the job that runs, or ran last; the zero Job when there was none.
func (d *Desk) Job() Job {
	d.jobs.mu.Lock()
	defer d.jobs.mu.Unlock()
	return d.jobs.now
}

// CancelJob has the job stop where it is; what it did stays, and can be taken
// back. Nothing happens when it has ended already.
func (d *Desk) CancelJob(id string) {
	d.jobs.mu.Lock()
	defer d.jobs.mu.Unlock()
	if d.jobs.now.Running && d.jobs.now.ID == id {
		d.jobs.cancel()
	}
}

// Stop ends the job that runs and waits until it has; no other begins.
func (d *Desk) Stop() {
	d.jobs.mu.Lock()
	d.jobs.closed = true
	running, ended := d.jobs.now.Running, d.jobs.ended
	if running {
		d.jobs.cancel()
	}
	d.jobs.mu.Unlock()
	if running {
		<-ended
	}
}

// Work does work as the job that runs; done says how many customers are. Busy while
// there is another job. Cancelled is true when the work was stopped, by the user or
// because the desk closes.
func (d *Desk) Work(ctx context.Context, title string, total int, work func(context.Context, func(done int)) error) (cancelled bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	j := &d.jobs
	j.mu.Lock()
	if j.now.Running || j.closed {
		j.mu.Unlock()
		return false, customer.Fail(customer.Busy, "Another change of many customers still runs. Wait for it, or cancel it first.")
	}
	ended := make(chan struct{})
	j.now = Job{ID: d.o.NewID(), Title: title, Total: total, Running: true}
	j.cancel, j.ended = cancel, ended
	j.mu.Unlock()
	defer func() {
		j.mu.Lock()
		j.now.Running = false
		j.mu.Unlock()
		close(ended)
	}()
	err = work(ctx, func(done int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.now.Done = done
	})
	if err != nil && ctx.Err() != nil {
		return true, nil
	}
	return false, err
}

// Change does a part of a job as an edit is done: one at a time. Forbidden for a
// member who may look only; an error too while nothing may be changed.
func (d *Desk) Change(ctx context.Context, do func() error) error {
	d.saving.Lock()
	defer d.saving.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.mayEdit(); err != nil {
		return err
	}
	return do()
}
