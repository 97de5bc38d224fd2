package soak

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"partnerdesk/backend/customer"
)

// check compares the end of a healed history with what the model calls for.
func (h *history) check() {
	all := h.sure(command{Do: "all"})
	states := map[int]*replicaState{}
	problems := map[int][]entry{}
	for _, d := range h.desks {
		r, _ := h.ask(d, command{Do: "look"})
		if r.Error != nil {
			h.Fatalf("%s: %v", d.name, r.Error)
		}
		states[d.n], problems[d.n] = r.Replica, r.Outbox
		h.checkReplica(d, all, r)
	}
	h.close()
	end := h.readOffice()
	h.checkHistories(end)
	h.checkMutations(end, problems)
	h.checkPromises(end, problems)
	if h.restored < 0 {
		h.checkMails(end)
	}
	h.checkFiles()
}

// close ends everything in order; the processes go on to the next history.
func (h *history) close() {
	for _, n := range h.nodes() {
		h.ask(n, command{Do: "close"})
		h.children.give(n.p)
		n.p = nil
	}
}

// checkReplica compares a replica with the Back Office: the copies, the cursor,
// and what the desk shows.
func (h *history) checkReplica(d *node, all, r reply) {
	s := r.Replica
	if s.Cursor != strconv.FormatInt(all.Cursor, 10) && (s.Cursor != "" || all.Cursor != 0) {
		h.Fatalf("%s has the cursor %q, the Back Office is at %d", d.name, s.Cursor, all.Cursor)
	}
	attention := map[string]bool{}
	for _, e := range r.Outbox {
		if e.Outcome == "" {
			h.Fatalf("%s still has a change of %s waiting", d.name, h.model.name(e.CustomerID))
		}
		attention[e.CustomerID] = true
	}
	if s.Waiting.Total != 0 || s.Waiting.NeedsAttention != len(r.Outbox) {
		h.Fatalf("%s counts %+v with %d problems", d.name, s.Waiting, len(r.Outbox))
	}
	known := map[string]bool{}
	for _, c := range all.Accounts {
		known[c.ID] = true
		if copied, ok := s.Server[c.ID]; !ok || !reflect.DeepEqual(copied, c) {
			h.Fatalf("%s has another copy of %s than the Back Office:\n%s\n%s", d.name, h.model.name(c.ID), text(copied), text(c))
		}
		if rec := s.Effective[c.ID]; !attention[c.ID] && (!reflect.DeepEqual(rec.Customer, c) || rec.Waiting || rec.Problem != nil) {
			h.Fatalf("%s shows %s otherwise than the Back Office:\n%s\n%s", d.name, h.model.name(c.ID), text(rec), text(c))
		}
	}
	for id, rec := range s.Effective {
		if !known[id] && !attention[id] {
			h.Fatalf("%s shows %s, which the Back Office does not have", d.name, h.model.name(id))
		}
		if attention[id] != (rec.Problem != nil) {
			h.Fatalf("%s: %s needs attention: %v, its record says %v", d.name, h.model.name(id), attention[id], rec.Problem)
		}
	}
	if len(s.Rows) != len(s.Effective) {
		h.Fatalf("%s lists %d customers of %d", d.name, len(s.Rows), len(s.Effective))
	}
	for _, row := range s.Rows {
		c := s.Effective[row.ID].Customer
		want := customer.Row{
			ID: c.ID, Username: c.Username, FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Status: c.Status,
			Phone: c.Phone, City: c.City, Country: c.Country, Tags: c.Tags, ActivatedAt: c.ActivatedAt, Matches: []customer.Match{},
			CreatedAt: c.CreatedAt, LastLoginAt: c.LastLoginAt, LockReason: c.LockReason, MailKind: c.MailKind,
			MailState: c.MailState, LinkExpiresAt: c.LinkExpiresAt, NeedsAttention: attention[c.ID],
		}
		row.Waiting = false // also true for a problem, or not: both are fine
		if !reflect.DeepEqual(row, want) {
			h.Fatalf("%s lists %s otherwise than it is:\n%s\n%s", d.name, h.model.name(c.ID), text(row), text(want))
		}
	}
}

// checkPromises looks for every acknowledged value: its change was applied
// after it was acknowledged, or it is in sight as a problem.
func (h *history) checkPromises(end *officeEnd, problems map[int][]entry) {
	all := slices.Clone(h.model.delivered)
	for _, p := range h.model.promised {
		all = append(all, p)
	}
	for _, p := range all {
		if p.since <= h.restored {
			continue
		}
		visible := slices.ContainsFunc(problems[p.desk], func(e entry) bool {
			value, has := valueIn(e.Fields, p.field)
			return e.CustomerID == p.id && has && value == p.value
		})
		added := p.adds && end.accounts[p.id] != nil && end.had(p)
		// The Back Office clears the reason by itself when an account is no longer
		// locked; then the desk has nothing left to send.
		cleared := p.field == "lock_reason" && p.value == "" && end.had(p)
		if !visible && !added && !cleared && !end.applied(p) {
			h.Fatalf("desk %d acknowledged %q as %s of %s in step %d: it is lost", p.desk, p.value, p.field, h.model.name(p.id), p.since)
		}
	}
	for _, p := range h.model.already {
		if p.since > h.restored && !end.had(p) {
			h.Fatalf("desk %d acknowledged %q as %s of %s in step %d, which was never there", p.desk, p.value, p.field, h.model.name(p.id), p.since)
		}
	}
}

func text(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(out)
}
