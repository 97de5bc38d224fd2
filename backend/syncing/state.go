package syncing

import (
	"context"
	"errors"
	"time"

	"partnerdesk/backend/customer"
)

// Phase is how the replica and the Back Office stand, in one word.
type Phase string

// The phases.
const (
	Saved     Phase = "saved"      // nothing waits
	Waiting   Phase = "waiting"    // connected, but changes wait for another try
	Syncing   Phase = "syncing"    // sending or fetching right now
	Offline   Phase = "offline"    // the Back Office can't be reached
	SignedOut Phase = "signed_out" // there is no credential, or it is wrong
)

// State is what the user sees of syncing.
type State struct {
	Phase Phase `json:"phase"`
	customer.WaitingChanges
	// OfflineSince is when the Back Office was first missed; zero when it can be reached.
	OfflineSince customer.Time `json:"offline_since"`
	// Message is why the phase is offline, signed_out or waiting; else empty.
	Message string `json:"message"`
	// Fetched says how many customers of ToFetch are here while many are being
	// fetched; both are zero otherwise.
	Fetched int `json:"fetched"`
	ToFetch int `json:"to_fetch"`
}

// link is the standing of the connection, from which the phase follows.
type link struct {
	session      int // counts the puller's sessions
	online       bool
	signedOut    bool
	offlineSince customer.Time
	blocked      bool   // the replica can't be written
	message      string // why not online, or blocked
	pulling      bool   // catching up with the feed
	pushing      bool   // mutations are being sent
	stuck        string // why sending has to wait, while online
	fetched      int    // of toFetch customers, while many are being fetched
	toFetch      int
}

// phase follows from the link and the number of changes that wait.
func (l link) phase(total int) Phase {
	switch {
	case l.signedOut:
		return SignedOut
	case l.offlineSince != 0:
		return Offline
	case l.blocked || l.online && l.stuck != "":
		return Waiting
	case !l.online || l.pulling || l.pushing || total > 0:
		return Syncing
	}
	return Saved
}

// minReport is the least time between two reports.
const minReport = 100 * time.Millisecond

// report tells OnState and OnChange until ctx ends.
func (s *Syncer) report(ctx context.Context) {
	var last State
	busy := false
	for {
		changed := s.o.Replica.Changed()
		l, moved := s.look()
		if waiting, err := s.o.Replica.Waiting(ctx); err == nil {
			last.WaitingChanges = waiting
		} else if ctx.Err() == nil {
			s.o.Logger.Error("count waiting changes", "error", err)
		}
		last.Phase = l.phase(last.Total)
		last.OfflineSince = l.offlineSince
		last.Fetched, last.ToFetch = l.fetched, l.toFetch
		last.Message = l.message
		if last.Message == "" {
			last.Message = l.stuck
		}
		s.tell(last)
		if busy && !wait(ctx, minReport) { // what changes meanwhile is told in one go
			return
		}
		if !wait(ctx, 0, changed, moved) {
			return
		}
		select {
		case <-changed:
			s.o.OnChange()
			busy = true
		default:
			busy = false
		}
	}
}

func (s *Syncer) tell(now State) {
	s.mu.Lock()
	same := s.state == now
	s.state = now
	s.mu.Unlock()
	if !same {
		s.o.OnState(now)
	}
}

// plain is the sentence of err that a user can read.
func plain(err error) string {
	var shown *customer.Error
	if errors.As(err, &shown) {
		return shown.Message
	}
	return "Something went wrong; the details are in the log."
}
