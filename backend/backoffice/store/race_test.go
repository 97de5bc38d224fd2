package store_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"partnerdesk/backend/customer"
)

// atOnce runs do in several goroutines and returns how many succeeded; every
// other one must fail with the code.
func atOnce(t *testing.T, code customer.Code, do func() error) int64 {
	t.Helper()
	var running sync.WaitGroup
	var won atomic.Int64
	start := make(chan struct{})
	for range 8 {
		running.Go(func() {
			<-start
			err := do()
			switch {
			case err == nil:
				won.Add(1)
			case customer.CodeOf(err) != code:
				t.Errorf("error %v, want code %q", err, code)
			}
		})
	}
	close(start)
	running.Wait()
	return won.Load()
}

func TestALinkIsUsedOnce(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.PendingActivate, "")
	token := h.tokenOf(t, made.ID)
	same(t, "activations", atOnce(t, customer.LinkInvalid, func() error {
		_, err := h.UseLink(ctx, token, phc)
		return err
	}), 1)
	n := 0
	for _, kind := range h.kinds(t, made.ID) {
		if kind == customer.EventActivated {
			n++
		}
	}
	same(t, "activations told", n, 1)
}

func TestATicketIsUsedOnce(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
	must(t, err)
	same(t, "visits", atOnce(t, customer.LinkInvalid, func() error {
		_, _, err := h.RedeemTicket(ctx, ticket)
		return err
	}), 1)
}

// TestLockAgainstEveryWayIn locks an account while its customer and its
// partner are on their way in: whoever was first, nobody is in afterwards.
func TestLockAgainstEveryWayIn(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	for range 10 {
		ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
		must(t, err)
		must(t, h.RequestReset(ctx, made.Username))
		var running sync.WaitGroup
		var mu sync.Mutex
		var tokens []string
		in := func(token string, err error) {
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				tokens = append(tokens, token)
			}
		}
		running.Go(func() { token, _, err := h.RedeemTicket(ctx, ticket); in(token, err) })
		running.Go(func() { token, _, err := h.Store.LogIn(ctx, made.ID, phc); in(token, err) })
		lock := updateOf(h.now(t, made.ID), customer.Fields{Status: ptr(customer.Locked)})
		running.Go(func() {
			if r, err := h.Apply(ctx, h.in, lock); err != nil || r.Customer.Status != customer.Locked {
				t.Errorf("lock: %+v, %v", r, err)
			}
		})
		running.Wait()
		for _, token := range tokens {
			_, err := h.SessionByToken(ctx, made.ID, token)
			wantCode(t, err, customer.Unauthorized)
		}
		open, err := h.Visits(ctx, h.in.Partner.ID)
		must(t, err)
		same(t, "visits", len(open), 0)
		h.update(t, made.ID, customer.Fields{Status: ptr(customer.Activated)})
		for _, token := range tokens {
			_, err := h.SessionByToken(ctx, made.ID, token)
			wantCode(t, err, customer.Unauthorized)
		}
	}
}

// TestTwoDesksOneCustomer is one partner at two desks that both change the
// same customer: what only one changed merges, what both did is asked about.
func TestTwoDesksOneCustomer(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	_, other, err := h.CreateSignIn(ctx, h.in.Member.ID, phc, 1<<40)
	must(t, err)
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	heard := h.Changed(h.in.Partner.ID)
	h.apply(t, h.in, updateOf(made, customer.Fields{City: ptr("Breda"), Status: ptr(customer.Locked)}), customer.Applied)
	select {
	case <-heard:
	default:
		t.Error("the other desk was not told")
	}
	h.apply(t, other, updateOf(made, customer.Fields{Phone: ptr("1")}), customer.Merged)
	r := h.apply(t, other, updateOf(made, customer.Fields{City: ptr("Delft"), Phone: ptr("1")}), customer.Conflicted)
	if len(r.Conflicts) != 1 || r.Conflicts[0] != "city" || r.Customer.City != "Breda" {
		t.Errorf("conflict %+v", r)
	}
	r = h.apply(t, other, updateOf(made, customer.Fields{Status: ptr(customer.PendingActivate)}), customer.Conflicted)
	same(t, "status", r.Customer.Status, customer.Locked)
}
