package desk_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
)

// faulty is a replica that does something before each of its transactions.
type faulty struct {
	desk.Replica
	before func() error
}

func (f *faulty) Perform(ctx context.Context, a customer.Action, changes []customer.Mutation) error {
	if err := f.before(); err != nil {
		return err
	}
	return f.Replica.Perform(ctx, a, changes)
}

func (f *faulty) Reverse(ctx context.Context, id string, again bool, from int64, limit int) (customer.Reversal, int64, error) {
	if err := f.before(); err != nil {
		return customer.Reversal{}, 0, err
	}
	return f.Replica.Reverse(ctx, id, again, from, limit)
}

// hooked is a desk on the same replica that calls before each transaction with
// its number, from one.
func (b *bench) hooked(before func(d *desk.Desk, n int) error) *desk.Desk {
	var d *desk.Desk
	n := 0
	d = desk.New(desk.Options{
		Replica: &faulty{b.replica, func() error { n++; return before(d, n) }},
		Remote:  b.remote, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now, NewID: newID,
	})
	return d
}

// several is more than two parts of a job.
const several = 1200

func cancelAt(part int) func(*desk.Desk, int) error {
	return func(d *desk.Desk, n int) error {
		if n == part {
			d.CancelJob(d.Job().ID)
		}
		return nil
	}
}

var errCrash = errors.New("crash")

func crashAt(part int) func(*desk.Desk, int) error {
	return func(_ *desk.Desk, n int) error {
		if n >= part {
			return errCrash
		}
		return nil
	}
}

// TestWhatStoppedHalfwayCanBeGoneOnWith cancels, or crashes, a bulk change and
// its undo and redo between two parts.
func TestWhatStoppedHalfwayCanBeGoneOnWith(t *testing.T) {
	t.Parallel()
	tag := desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{"vip"}}
	for name, stop := range map[string]func(int) func(*desk.Desk, int) error{"cancel": cancelAt, "crash": crashAt} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			ids := b.fill(t, several)
			first := b.all(t, ids)
			tagged := func() (n int) {
				for _, c := range b.all(t, ids) {
					n += len(c.Tags)
				}
				return n
			}
			halfway := func(what string, err error, cancelled bool) {
				t.Helper()
				if name == "cancel" && (err != nil || !cancelled) || name == "crash" && !errors.Is(err, errCrash) {
					t.Errorf("%s: %v, cancelled %v", what, err, cancelled)
				}
				b.again(t)
			}
			out, err := b.hooked(stop(2)).RunBulk(t.Context(), everybody(), tag)
			halfway("bulk", err, out.Cancelled)
			done := tagged()
			if done == 0 || done == several || out.Rest == 0 {
				t.Fatalf("%d tagged halfway: %+v", done, out)
			}
			b.wantHistory(t, fmt.Sprintf("Add “vip” to %d customers", done), "")

			b.undo(t)
			if !maps.EqualFunc(first, b.all(t, ids), same) {
				t.Error("one undo does not take back what was done")
			}
			b.wantHistory(t, "", fmt.Sprintf("Add “vip” to %d customers", done))

			b.bulk(t, everybody(), tag)
			const whole = "Add “vip” to 1,200 customers"
			b.wantHistory(t, whole, "")
			undone, err := b.hooked(stop(2)).Undo(t.Context(), "")
			halfway("undo", err, undone.Cancelled)
			if n := tagged(); n == 0 || n == several || undone.Rest != n && name == "cancel" {
				t.Errorf("%d tagged halfway: %+v", n, undone)
			}
			b.wantHistory(t, whole, whole) // on or back

			b.redo(t)
			if n := tagged(); n != several {
				t.Errorf("%d tagged after the undo was turned back", n)
			}
			b.wantHistory(t, whole, "")
			undone, err = b.hooked(stop(3)).Undo(t.Context(), "")
			halfway("undo", err, undone.Cancelled)
			b.undo(t)
			if !maps.EqualFunc(first, b.all(t, ids), same) {
				t.Error("undo again does not finish")
			}
			again, err := b.hooked(stop(2)).Redo(t.Context(), "")
			halfway("redo", err, again.Cancelled)
			b.wantHistory(t, whole, whole)
			b.redo(t)
			if n := tagged(); n != several {
				t.Errorf("%d tagged after redo", n)
			}

			// An edit on top of a half of an undo ends the other half.
			undone, err = b.hooked(stop(2)).Undo(t.Context(), "")
			halfway("undo", err, undone.Cancelled)
			rest := tagged()
			b.edit(t, ids[0], customer.Fields{City: p("Delft")})
			b.wantHistory(t, "Edit First 0", "")
			b.undo(t)
			b.wantHistory(t, whole, "Edit First 0")
			if undone := b.undo(t); undone.Changed != rest {
				t.Errorf("undone %+v of %d", undone, rest)
			}
			if !maps.EqualFunc(first, b.all(t, ids), same) {
				t.Error("not as at first")
			}
		})
	}
}

// TestEditsGoOnBesideAJob: they are saved between its parts, and no other job begins.
func TestEditsGoOnBesideAJob(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, several)
	d := b.hooked(func(d *desk.Desk, n int) error {
		if n != 2 {
			return nil
		}
		for name, err := range map[string]error{
			"bulk": func() error { _, err := d.RunBulk(t.Context(), everybody(), lock); return err }(),
			"undo": func() error { _, err := d.Undo(t.Context(), ""); return err }(),
		} {
			if customer.CodeOf(err) != customer.Busy {
				t.Errorf("%s while a job runs: %v", name, err)
			}
		}
		if j := d.Job(); !j.Running || j.Done != 500 || j.Total != several || j.Title != "Lock customers" {
			t.Errorf("job %+v", j)
		}
		d.CancelJob("another")
		return nil
	})
	saved := make(chan error, 1)
	go func() {
		c, err := d.Customer(t.Context(), ids[several-1])
		if err == nil {
			edited := c.Customer
			edited.City = "Delft"
			_, err = d.Save(t.Context(), desk.Edit{Base: c.Customer, Customer: edited})
		}
		saved <- err
	}()
	out, err := d.RunBulk(t.Context(), everybody(), lock)
	if err != nil || out.Changed != 800 || out.Already != 400 || out.Cancelled {
		t.Errorf("bulk %+v, %v", out, err)
	}
	if err := <-saved; err != nil {
		t.Error(err)
	}
	if c := b.customer(t, ids[several-1]); c.City != "Delft" {
		t.Errorf("customer %+v", c)
	}
	if j := d.Job(); j.Running {
		t.Errorf("job %+v", j)
	}
	d.Stop()
	if _, err := d.RunBulk(t.Context(), everybody(), lock); customer.CodeOf(err) != customer.Busy {
		t.Errorf("after Stop: %v", err)
	}
}

// TestALateRoleStopsAJob: the member may only look from now on.
func TestALateRoleStopsAJob(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fill(t, several)
	role := api.RoleOwner
	d := desk.New(desk.Options{
		Replica: &faulty{b.replica, func() error { role = api.RoleSupport; return nil }},
		Remote:  b.remote, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now, NewID: newID,
		Role: func() api.Role { return role },
	})
	out, err := d.RunBulk(t.Context(), everybody(), lock)
	if err != nil || out.Stopped == nil || out.Stopped.Code != customer.Forbidden || out.Rest != several-500 {
		t.Errorf("bulk %+v, %v", out, err)
	}
}

// TestUndoingEverythingGivesTheFirstStateBack makes random edits, bulk changes,
// undos and redos, with the Back Office taking some of it in between.
func TestUndoingEverythingGivesTheFirstStateBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		b := newBench(t)
		ids := b.fill(t, 6)
		first := b.all(t, ids)
		states := []map[string]customer.Customer{first} // after each action that can be taken back
		at := 0
		acted := func() {
			now := b.all(t, ids)
			if h, err := b.History(t.Context()); err != nil {
				r.Fatal(err)
			} else if h.Redo != nil {
				return // nothing was changed, which ends nothing
			}
			if !maps.EqualFunc(now, states[at], same) {
				states = append(states[:at+1], now)
				at++
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"edit": func(r *rapid.T) {
				id := rapid.SampledFrom(ids).Draw(r, "id")
				b.edit(t, id, customer.Fields{
					City: p(rapid.SampledFrom([]string{"", "Delft", "Gouda"}).Draw(r, "city")),
					Tags: p(rapid.SampledFrom([][]string{{}, {"vip"}, {"new", "vip"}}).Draw(r, "tags")),
				})
				acted()
			},
			"bulk": func(r *rapid.T) {
				of := customer.Selection{IDs: rapid.SliceOf(rapid.SampledFrom(ids)).Draw(r, "ids")}
				b.bulk(t, of, rapid.SampledFrom([]desk.BulkChange{
					lock, {Kind: desk.BulkStatus, Status: customer.Activated}, {Kind: desk.BulkStatus, Status: customer.PendingActivate},
					{Kind: desk.BulkAddTags, Tags: []string{"new"}}, {Kind: desk.BulkRemoveTags, Tags: []string{"VIP"}},
				}).Draw(r, "change"))
				acted()
			},
			"undo": func(r *rapid.T) {
				if at == 0 {
					r.Skip()
				}
				b.undo(t)
				at--
			},
			"redo": func(r *rapid.T) {
				if at == len(states)-1 {
					r.Skip()
				}
				b.redo(t)
				at++
			},
			"send":    func(*rapid.T) { b.send(t) },
			"restart": func(*rapid.T) { b.again(t) },
			"": func(r *rapid.T) {
				if !maps.EqualFunc(states[at], b.all(t, ids), same) {
					r.Fatalf("not as after action %d", at)
				}
			},
		})
		for range at {
			b.undo(t)
		}
		if !maps.EqualFunc(first, b.all(t, ids), same) {
			r.Fatal("undoing everything does not give the first state back")
		}
		b.wantHistory(t, "", func() string { _, redo := b.history(t); return redo }())
		for range len(states) - 1 {
			b.redo(t)
		}
		if !maps.EqualFunc(states[len(states)-1], b.all(t, ids), same) {
			r.Fatal("redoing everything does not give the last state back")
		}
	})
}

func TestTenThousandAtOnce(t *testing.T) {
	t.Parallel()
	const many = 10_000
	b := newBench(t)
	ids := b.fill(t, many)
	first := b.all(t, ids)
	preview, err := b.PreviewBulk(t.Context(), everybody(), lock)
	want := desk.BulkFigures{Total: many, Changed: 6_667, Already: 3_333}
	wantFigures(t, "preview", preview, want)
	out := b.bulk(t, everybody(), lock)
	wantFigures(t, "result", out.BulkFigures, want)
	b.again(t)
	if undone := b.undo(t); err != nil || undone.Changed != want.Changed || undone.Rest != 0 {
		t.Errorf("undone %+v, %v", undone, err)
	}
	if !maps.EqualFunc(first, b.all(t, ids), same) {
		t.Error("not as at first")
	}
}
