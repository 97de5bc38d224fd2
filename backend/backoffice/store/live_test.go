package store_test

import (
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// TestWhoActsIsReadAgain: a sign-in that was read before it ended writes
// nothing more, and what it was refused is not remembered as an answer.
func TestWhoActsIsReadAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]store.MemberChange{
		"disabled": {Disabled: ptr(true)}, "demoted": {Role: ptr(api.RoleSupport)}, "another password": {PasswordHash: ptr(otherPHC)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ctx := open(t), t.Context()
			made := h.add(t, "a@shop.example", customer.Activated, phc)
			mo, _ := h.colleague(t, "mo@agency.example", "Mo", api.RoleManager)
			_, visit := h.visit(t, made.ID, "")
			_, err := h.ChangeMember(ctx, h.in, mo.Member.ID, change)
			must(t, err)

			m := updateOf(made, customer.Fields{City: ptr("Gouda")})
			_, err = h.Apply(ctx, mo, m)
			wantCode(t, err, customer.Unauthorized)
			for _, deliver := range []bool{true, false} {
				_, err = h.NewLink(ctx, mo, made.ID, deliver)
				wantCode(t, err, customer.Unauthorized)
			}
			wantCode(t, h.EndVisit(ctx, mo, visit.ID), customer.Unauthorized)
			same(t, "city", h.now(t, made.ID).City, "")
			h.apply(t, h.in, m, customer.Applied)
		})
	}
}

// TestAnswersAreRepeatedToWhoMayNotEdit: a desk learns what became of its
// changes also when its member was made support since.
func TestAnswersAreRepeatedToWhoMayNotEdit(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	mo, _ := h.colleague(t, "mo@agency.example", "Mo", api.RoleManager)
	answered, late := updateOf(made, customer.Fields{City: ptr("Gouda")}), updateOf(made, customer.Fields{Phone: ptr("0182")})
	h.apply(t, mo, answered, customer.Applied)
	_, err := h.ChangeMember(ctx, h.in, mo.Member.ID, store.MemberChange{Role: ptr(api.RoleSupport)})
	must(t, err)
	_, support, err := h.CreateSignIn(ctx, mo.Member.ID, phc, time.Hour)
	must(t, err)

	h.apply(t, support, answered, customer.Applied)
	_, err = h.Apply(ctx, support, late)
	wantCode(t, err, customer.Forbidden)
	_, err = h.NewLink(ctx, support, made.ID, false)
	wantCode(t, err, customer.Forbidden)
	same(t, "phone", h.now(t, made.ID).Phone, "")
	h.apply(t, h.in, late, customer.Merged) // it was not remembered as refused
}
