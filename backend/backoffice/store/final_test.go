package store_test

import (
	"testing"

	"partnerdesk/backend/customer"
)

// TestARefusedMutationStaysRefused sends again, much later, what was refused:
// meanwhile the user may have settled it another way.
func TestARefusedMutationStaysRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.add(t, "a@shop.example", customer.Activated, phc)

	// A username that is free by the time the request comes again.
	late := createOf(person("a@shop.example", customer.PendingActivate))
	r := h.apply(t, h.in, late, customer.Rejected)
	same(t, "code", r.Error.Code, customer.UsernameTaken)
	h.update(t, first.ID, customer.Fields{Username: ptr("other@shop.example")})
	same(t, "again", h.apply(t, h.in, late, customer.Rejected).Error.Code, customer.UsernameTaken)
	h.apply(t, h.in, createOf(person("a@shop.example", customer.PendingActivate)), customer.Applied) // another mutation may have it

	// A conflict that would be none by the time the request comes again.
	now := h.now(t, first.ID)
	city := updateOf(now, customer.Fields{City: ptr("Breda")})
	city.Base = customer.Fields{City: ptr("")}
	h.update(t, first.ID, customer.Fields{City: ptr("Tiel")})
	r = h.apply(t, h.in, city, customer.Conflicted)
	same(t, "theirs", r.Customer.City, "Tiel")
	h.update(t, first.ID, customer.Fields{City: ptr("")})
	again := h.apply(t, h.in, city, customer.Conflicted)
	same(t, "theirs now", again.Customer.City, "")
	same(t, "fields in conflict", again.Conflicts[0], "city")
	same(t, "city", h.now(t, first.ID).City, "")
}

// TestARefusedMutationTellsNobody leaves no mail, event or change behind.
func TestARefusedMutationTellsNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.add(t, "taken@shop.example", customer.Activated, phc)
	made := h.add(t, "b@shop.example", customer.PendingActivate, "")
	changed := h.Changed(h.in.Partner.ID)
	mails, events := len(h.mails(t, made.ID)), len(h.kinds(t, made.ID))
	// The new link is made before the username turns out to be taken.
	h.apply(t, h.in, updateOf(made, customer.Fields{Username: ptr("taken@shop.example")}), customer.Rejected)
	same(t, "mails", len(h.mails(t, made.ID)), mails)
	same(t, "events", len(h.kinds(t, made.ID)), events)
	same(t, "revision", h.now(t, made.ID).Revision, made.Revision)
	select {
	case <-changed:
		t.Error("desks were told of a change")
	default:
	}
}

// TestAReasonNeedsItsLock refuses a reason for a lock that ended elsewhere:
// taken, it would be dropped in silence.
func TestAReasonNeedsItsLock(t *testing.T) {
	t.Parallel()
	h := open(t)
	seen := h.add(t, "b@shop.example", customer.Locked, "")
	h.update(t, seen.ID, customer.Fields{Status: ptr(customer.PendingActivate)})
	events := len(h.kinds(t, seen.ID))
	r := h.apply(t, h.in, updateOf(seen, customer.Fields{LockReason: ptr("unpaid"), City: ptr("Breda")}), customer.Rejected)
	same(t, "code", r.Error.Code, customer.Conflict)
	same(t, "field", r.Error.Field, "lock_reason")
	same(t, "city", h.now(t, seen.ID).City, seen.City)
	same(t, "events", len(h.kinds(t, seen.ID)), events)

	// With the lock itself it goes, and taking a reason away always does.
	now := h.now(t, seen.ID)
	h.apply(t, h.in, updateOf(now, customer.Fields{LockReason: ptr("unpaid"), Status: ptr(customer.Locked)}), customer.Applied)
	h.update(t, seen.ID, customer.Fields{Status: ptr(customer.Activated)})
	h.apply(t, h.in, updateOf(h.now(t, seen.ID), customer.Fields{LockReason: ptr("")}), customer.Applied)
}
