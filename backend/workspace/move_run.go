package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
)

const moveFile = "move.json"

// move is a move of the workspace of this computer. Its zero value is none.
type move struct {
	mover *moving.Mover
	stop  context.CancelFunc // of the run; nil when none runs
	ended chan struct{}      // closed when the run has ended
}

// readMove returns the progress of the move in a folder; that of None when
// there is none.
func readMove(dir string) (moving.Progress, error) {
	var p moving.Progress
	err := readJSON(filepath.Join(dir, moveFile), &p)
	if errors.Is(err, fs.ErrNotExist) {
		return noMove(), nil
	}
	if err != nil {
		return noMove(), storageError(fmt.Errorf("read the move: %w", err))
	}
	return p, nil
}

func noMove() moving.Progress { return moving.Progress{State: moving.State{Phase: moving.None}} }

func (o *opened) isLocal() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.config.Kind == KindLocal
}

// restoreMove takes up what is known of a move before the workspace opens, so
// that nothing of it is in use for a moment.
func (m *Manager) restoreMove(o *opened) error {
	p, err := readMove(o.dir)
	if err != nil || p.Phase == moving.None {
		return err
	}
	o.setMove(move{mover: m.newMover(o, p)})
	if p.Phase == moving.Done && o.config.MovedTo == "" { // a crash came between
		return o.movedTo(p.Address)
	}
	return nil
}

func (m *Manager) newMover(o *opened, p moving.Progress) *moving.Mover {
	return moving.New(moving.Options{
		Source: source{o},
		Keep: func(p moving.Progress) error {
			if err := writeJSON(filepath.Join(o.dir, moveFile), p); err != nil {
				return storageError(fmt.Errorf("keep how far the move is: %w", err))
			}
			return nil
		},
		Refuse: func(epoch string, refused []moving.Refused) error {
			return keepRefused(o.dir, epoch, refused)
		},
		OnState: m.o.Listener.MoveChanged,
		Clock:   m.o.Clock,
		Random:  rand.Float64,
		Logger:  m.o.Logger,
	}, p)
}

// begin makes a new move of the workspace and sets it going.
func (m *Manager) begin(ctx context.Context, o *opened, to Connection, mailPending bool, target *client.Client) error {
	o.setMove(move{mover: m.newMover(o, moving.Begin(to.Address, to.Username, mailPending))})
	o.freeze()
	err := errors.Join(o.nothingToSend(ctx), forgetRefused(o.dir))
	if err == nil {
		err = m.launch(ctx, o, target, to.Password)
	}
	if err != nil {
		o.thaw()
	}
	return err
}

// nothingToSend returns Conflict when the Back Office of this computer does not
// have every change that was made here.
func (o *opened) nothingToSend(ctx context.Context) error {
	w, err := o.replica.Waiting(ctx)
	switch {
	case err != nil:
		return err
	case w.NeedsAttention > 0:
		return customer.Fail(customer.Conflict, "Some changes need your attention. Settle or drop them, then move.")
	case w.Total > 0:
		return customer.Fail(customer.Conflict, "Some changes are not saved yet. Wait until everything is saved, then move.")
	}
	return nil
}

// launch runs the move in the background until it is done or stops.
func (m *Manager) launch(ctx context.Context, o *opened, target *client.Client, password string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open != o {
		return customer.Fail(customer.Conflict, "Another workspace was opened meanwhile.")
	}
	mover := o.move().mover
	if err := mover.Start(ctx); err != nil {
		return err
	}
	running, stop := context.WithCancel(context.Background()) // ends with the workspace
	ended := make(chan struct{})
	o.setMove(move{mover: mover, stop: stop, ended: ended})
	o.run(func() {
		mover.Run(running, target, password)
		o.freeze() // what is told may be another thing now
		if mover.State().Phase == moving.Done {
			go m.moved(o) // not held up by who closes the workspace
		}
		close(ended)
		endSignIn(running, target)
	})
	return nil
}

// moved notes where the customers are now and tells the window.
func (m *Manager) moved(o *opened) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := o.moveState()
	if m.open != o || s.Phase != moving.Done {
		return // it is noted when the workspace opens again
	}
	if err := o.movedTo(s.Address); err != nil {
		m.o.Logger.Error("note where the customers moved", "error", err)
	}
	m.changed()
}

// movedTo is called with Manager.mu held.
func (o *opened) movedTo(address string) error {
	c := o.config
	c.MovedTo = address
	return o.keep(c)
}

// haltMove stops a run and waits for its end.
func (o *opened) haltMove() {
	if now := o.move(); now.stop != nil {
		now.stop()
		<-now.ended
	}
}

// giveUp forgets the move.
func (m *Manager) giveUp() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.open == nil || !m.open.isLocal():
		return customer.Fail(customer.Conflict, "Open the workspace of this computer first.")
	case m.open.moveState().Phase == moving.Running:
		return customer.Fail(customer.Conflict, "The move is running. Stop it first.")
	}
	o := m.open
	o.haltMove() // it has stopped, but may not have told everybody
	if err := os.Remove(filepath.Join(o.dir, moveFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storageError(fmt.Errorf("give the move up: %w", err))
	}
	o.thaw()
	err := errors.Join(o.movedTo(""), forgetRefused(o.dir))
	m.changed()
	m.o.Listener.MoveChanged()
	return err
}

func (o *opened) move() move {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.moves
}

func (o *opened) setMove(now move) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.moves = now
}

func (o *opened) moveState() MoveState {
	if mover := o.move().mover; mover != nil {
		return mover.State()
	}
	return moving.New(moving.Options{}, noMove()).State()
}

// freeze lets nobody change customers here: not this desk, nor the customers
// themselves on their pages.
func (o *opened) freeze() {
	s := o.moveState()
	why := "Your customers are moving to " + s.Address + ". Until the move is given up, nothing can be changed here."
	if s.Phase == moving.Done {
		why = "Your customers are now at " + s.Address + ". Connect to that Back Office to change them."
	}
	o.desk.Freeze(customer.Fail(customer.Conflict, why))
	o.suspend()
}

// suspend has the customers' pages say where to go. Mails wait: their links lead
// to those pages.
func (o *opened) suspend() {
	s := o.moveState()
	why := "The accounts are moving to " + s.Address + ". Log in there from now on."
	if s.Phase == moving.Done {
		why = "The accounts are now at " + s.Address + ". Log in there."
	}
	o.office.Suspend(why)
}

// thaw forgets the move and lets customers be changed here again.
func (o *opened) thaw() {
	o.setMove(move{})
	o.desk.Freeze(nil)
	o.office.Suspend("")
}
