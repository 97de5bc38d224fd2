package desk_test

import (
	"context"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
)

// An import is such work: only who may edit changes customers, nothing is changed
// while the desk is frozen, and there is one job at a time.
func TestWorkAndChange(t *testing.T) {
	b := newBench(t)
	role := api.RoleSupport
	d := desk.New(desk.Options{
		Replica: b.replica, Remote: b.remote, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now, NewID: newID,
		Role: func() api.Role { return role },
	})
	change := func() error { return d.Change(t.Context(), func() error { return nil }) }
	if err := change(); customer.CodeOf(err) != customer.Forbidden {
		t.Errorf("support got %v", err)
	}
	role = api.RoleManager
	if err := change(); err != nil {
		t.Error(err)
	}
	d.Freeze(customer.Fail(customer.Conflict, "moving"))
	if err := change(); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("a frozen desk gave %v", err)
	}
	d.Freeze(nil)
	cancelled, err := d.Work(t.Context(), "Import", 10, func(ctx context.Context, done func(int)) error {
		done(5)
		if j := d.Job(); !j.Running || j.Title != "Import" || j.Done != 5 || j.Total != 10 {
			t.Errorf("the job is %+v", j)
		}
		if _, err := d.Work(ctx, "Another", 1, nil); customer.CodeOf(err) != customer.Busy {
			t.Errorf("another job gave %v", err)
		}
		d.CancelJob(d.Job().ID)
		return ctx.Err()
	})
	if !cancelled || err != nil {
		t.Errorf("ended with %v, %v", cancelled, err)
	}
}
