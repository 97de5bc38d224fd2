package store_test

import (
	"testing"

	"partnerdesk/backend/customer"
)

// TestMoveMailsWhoNeedsALink: what they had been mailed leads nowhere any more.
func TestMoveMailsWhoNeedsALink(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	lockedOut := from.add(t, "locked@shop.example", customer.Activated, "")
	from.update(t, lockedOut.ID, customer.Fields{Status: ptr(customer.Locked)})
	want := map[string]customer.MailKind{
		from.add(t, "pending@shop.example", customer.PendingActivate, "").ID: customer.MailActivation,
		from.add(t, "chosen@shop.example", customer.PendingActivate, phc).ID: customer.MailActivation,
		from.add(t, "open@shop.example", customer.Activated, "").ID:          customer.MailSetPassword,
		from.add(t, "active@shop.example", customer.Activated, phc).ID:       "",
		lockedOut.ID: "",
	}
	moveAll(t, from, to, true)
	for id, kind := range want {
		c := to.now(t, id)
		same(t, c.Username+" needs a link", c.NeedsLink(), kind != "")
		mails := to.mails(t, id)
		switch {
		case kind == "":
			same(t, "mails to "+c.Username, len(mails), 0)
		case len(mails) != 1 || mails[0].Kind != kind:
			t.Errorf("mails to %s: %+v, want %s", c.Username, mails, kind)
		default:
			_, err := to.UseLink(t.Context(), to.tokenOf(t, id), phc)
			must(t, err)
		}
	}
}
