package soak

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// checkHistories: each account was made once; each field's changes form an
// unbroken chain that ends in its value; each event has a deed that made it.
func (h *history) checkHistories(end *officeEnd) {
	revisions := map[int64]string{}
	for _, id := range slices.Sorted(maps.Keys(end.accounts)) {
		a := end.accounts[id]
		if other := revisions[a.revision]; other != "" {
			h.Fatalf("%s and %s have the same revision", h.model.name(id), h.model.name(other))
		}
		revisions[a.revision] = id
		for i, v := range a.events {
			if (v.Kind == customer.EventCreated) != (i == 0) {
				h.Fatalf("%s: event %d of its history is %q", h.model.name(id), i+1, v.Kind)
			}
			if v.ID > end.begins && !slices.ContainsFunc(end.deeds, func(d deed) bool { return v.ID > d.First && v.ID <= d.Last }) {
				h.Fatalf("%s: nothing was done that made its event %q", h.model.name(id), v.Kind)
			}
		}
		for field, now := range a.now {
			all, _ := a.changes(field)
			for i, c := range all {
				next := now
				if i+1 < len(all) {
					next = all[i+1].From
				}
				if c.To != next || c.To == c.From {
					h.Fatalf("%s: the history of %s is broken: %+v, now %q", h.model.name(id), field, all, now)
				}
			}
		}
	}
}

// attempt is one arrival of a mutation at the Back Office.
type attempt struct {
	deed
	events []customer.Event // that it made
	result *customer.Result // nil: it was not answered
}

// checkMutations follows each mutation through all its arrivals.
func (h *history) checkMutations(end *officeEnd, problems map[int][]entry) {
	attempts, bodies := map[string][]attempt{}, map[string]customer.Mutation{}
	var order []string
	for _, d := range end.deeds {
		if d.Mutations == nil {
			continue
		}
		h.count["mutations sent"] += len(d.Mutations.Mutations)
		if d.Results != nil && len(d.Results.Results) != len(d.Mutations.Mutations) {
			h.Fatalf("%d mutations got %d results", len(d.Mutations.Mutations), len(d.Results.Results))
		}
		for i, m := range d.Mutations.Mutations {
			first, known := bodies[m.ID]
			if known && text(first) != text(m) {
				h.Fatalf("a mutation of %s goes again with other contents:\n%s\n%s", h.model.name(m.CustomerID), text(first), text(m))
			}
			if !known {
				bodies[m.ID] = m
				order = append(order, m.ID)
			}
			a := attempt{deed: d}
			if d.Results != nil {
				a.result = &d.Results.Results[i]
			}
			if account := end.accounts[m.CustomerID]; account != nil {
				a.events = account.between(d)
			}
			attempts[m.ID] = append(attempts[m.ID], a)
		}
	}
	for _, id := range order {
		if stepOf(id) <= h.restored {
			h.noteApplied(end, bodies[id], attempts[id])
			continue
		}
		h.checkMutation(end, bodies[id], attempts[id], problems[deskOf(id)])
	}
}

// noteApplied is all there is to say of a mutation that was made before a
// backup was put back: an answer may be from the time before.
func (h *history) noteApplied(end *officeEnd, m customer.Mutation, attempts []attempt) {
	for _, a := range attempts {
		if len(a.events) > 0 || a.result != nil && (a.result.Outcome == customer.Applied || a.result.Outcome == customer.Merged) {
			end.applies[m.ID] = &applied{m, a.deed}
			return
		}
	}
}

func (h *history) checkMutation(end *officeEnd, m customer.Mutation, attempts []attempt, problems []entry) {
	who := h.model.name(m.CustomerID)
	done, answered := false, customer.Outcome("")
	for i, a := range attempts {
		outcome := customer.Outcome("")
		if a.result != nil {
			outcome = a.result.Outcome
			if a.result.MutationID != m.ID {
				h.Fatalf("%s: a result has the place of another", who)
			}
		}
		took := outcome == customer.Applied || outcome == customer.Merged
		switch {
		case len(a.events) > 0 && (done || answered != ""):
			h.Fatalf("step %d: a change of %s that was answered before (%s) has an effect: %s", a.Step, who, answered, text(m))
		case len(a.events) > 0 && outcome != "" && !took:
			h.Fatalf("step %d: a change of %s has an effect, and the answer %s", a.Step, who, outcome)
		case outcome != "" && answered != "" && outcome != answered, done && outcome != "" && !took:
			h.Fatalf("step %d: a change of %s is answered %s, before it was %s: %s", a.Step, who, outcome, answered, text(m))
		}
		if !done && (took || len(a.events) > 0) {
			done = true
			if step, gone := h.model.settled[m.ID]; gone && a.Step > step {
				h.Fatalf("step %d: a change of %s is applied that its user dropped in step %d: %s", a.Step, who, step, text(m))
			}
			end.applies[m.ID] = &applied{m, a.deed}
			h.checkApplied(end.accounts[m.CustomerID], m, a)
		}
		if outcome == "" || answered != "" {
			continue
		}
		answered = outcome
		switch outcome {
		case customer.Conflicted:
			h.anyOf(attempts[:i+1], func(at deed) string { return h.checkConflict(end.accounts[m.CustomerID], m, at, a.result) })
			h.count["conflicts"]++
		case customer.Rejected:
			h.anyOf(attempts[:i+1], func(at deed) string { return h.checkRejected(end, m, at, a.result) })
			h.count["rejections"]++
		default:
			h.count[string(outcome)]++
		}
	}
	last := attempts[len(attempts)-1].result
	_, settled := h.model.settled[m.ID]
	visible := slices.ContainsFunc(problems, func(e entry) bool { return e.ID == m.ID })
	if !done && !settled && !visible && h.restored < 0 { // a backup may have made another change of it
		h.Fatalf("a change of %s came back with %s and is neither settled nor in sight: %s", who, text(last), text(m))
	}
}

// anyOf fails unless the answer to the last of the attempts is right at one of
// them: an earlier one may have been decided, and its answer have been lost.
func (h *history) anyOf(attempts []attempt, wrong func(deed) string) {
	var why string
	for _, a := range attempts {
		if why = wrong(a.deed); why == "" {
			return
		}
	}
	h.Fatalf("%s", why)
}

// checkApplied: what was applied is just what the mutation says, on the values
// that its user had seen.
func (h *history) checkApplied(a *accountEnd, m customer.Mutation, by attempt) {
	who := h.model.name(m.CustomerID)
	if a == nil {
		h.Fatalf("a change of %s is applied, but there is no such account", who)
	}
	if m.Kind == customer.Create {
		wanted := customer.Normalize(m.Fields.Apply(customer.Customer{}))
		for field := range a.now {
			want, _ := allOf(wanted).Text(field)
			if have := a.valueAt(field, a.made()); have != want {
				h.Fatalf("%s was added with %s %q, not %q", who, field, have, want)
			}
		}
		return
	}
	changed := map[string]bool{}
	for _, v := range by.events {
		for _, c := range v.Changes {
			changed[c.Field] = true
		}
	}
	stored := map[string]any{}
	for _, field := range m.Fields.Names() {
		if field == password {
			continue
		}
		stored[field] = true
		mine, _ := m.Fields.Text(field)
		base, known := m.Base.Text(field)
		before, after := a.valueAt(field, by.First), a.valueAt(field, by.Last)
		switch {
		case !known:
			h.Fatalf("step %d: a change of %s does not say what %s was", by.Step, who, field)
		case before != base && before != mine:
			h.Fatalf("step %d: %s of %s merges in silence: %q was seen, it was %q, and is %q now", by.Step, field, who, base, before, mine)
		case after != mine:
			h.Fatalf("step %d: %s of %s was changed to %q in silence, not %q", by.Step, field, who, after, mine)
		case before != after && !slices.Contains(h.model.seen[place{deskOf(m.ID), m.CustomerID, field}], before):
			h.Fatalf("step %d: desk %d overwrites %q as %s of %s, which its user never saw", by.Step, deskOf(m.ID), before, field, who)
		}
	}
	for field := range changed {
		if _, asked := stored[field]; !asked && field != "lock_reason" {
			h.Fatalf("step %d: a change of %s changes its %s, too", by.Step, who, field)
		}
	}
	if m.Fields.PasswordHash != nil && !slices.ContainsFunc(by.events, func(v customer.Event) bool { return v.Kind == customer.EventPasswordChanged }) {
		h.Fatalf("step %d: a new password of %s leaves no trace", by.Step, who)
	}
}

// checkConflict: just the fields that both sides changed are in conflict.
func (h *history) checkConflict(a *accountEnd, m customer.Mutation, at deed, result *customer.Result) (wrong string) {
	var want []string
	for _, field := range m.Fields.Names() {
		base, known := m.Base.Text(field)
		mine, _ := m.Fields.Text(field)
		if before := a.valueAt(field, at.First); known && before != base && before != mine {
			want = append(want, field)
		}
	}
	have := slices.Sorted(slices.Values(result.Conflicts))
	if slices.Sort(want); !slices.Equal(have, want) {
		return fmt.Sprintf("step %d: %s has conflicts in %v, it should be %v", at.Step, h.model.name(m.CustomerID), have, want)
	}
	return ""
}

// checkRejected: a username that is taken, a lock that is gone, or a customer
// that was added again elsewhere is all that can be wrong here, and it must have
// been so at that moment.
func (h *history) checkRejected(end *officeEnd, m customer.Mutation, at deed, result *customer.Result) (wrong string) {
	who := h.model.name(m.CustomerID)
	e, account := result.Error, end.accounts[m.CustomerID]
	if e != nil && e.Code == customer.Conflict && e.Field == "lock_reason" && m.Fields.Status == nil &&
		account.valueAt("status", at.First) != string(customer.Locked) {
		return "" // the lock that it was the reason for is gone
	}
	if e != nil && e.Code == customer.Conflict && m.Kind == customer.Create && h.restored >= 0 && account.made() <= at.First {
		return "" // lost with a backup, and another desk added it again before
	}
	if e == nil || e.Code != customer.UsernameTaken {
		return fmt.Sprintf("step %d: a change of %s is rejected: %v: %s", at.Step, who, e, text(m))
	}
	want, _ := m.Fields.Text("username")
	for id, a := range end.accounts {
		if id != m.CustomerID && a.made() <= at.First && strings.EqualFold(a.valueAt("username", at.First), want) {
			return ""
		}
	}
	// Within a call, an earlier mutation may have taken it.
	for _, other := range at.Mutations.Mutations {
		if a := end.accounts[other.CustomerID]; a != nil && other.ID != m.ID && a.made() <= at.Last &&
			strings.EqualFold(a.valueAt("username", at.Last), want) {
			return ""
		}
	}
	return fmt.Sprintf("step %d: %s can't have the username %q, which nobody had", at.Step, who, want)
}
