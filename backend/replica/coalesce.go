package replica

import (
	"slices"

	"partnerdesk/backend/customer"
)

// coalesce lays a newer update over an outbox entry that was never attempted.
// Base keeps the oldest value of each field; a field that is back at its base
// value drops out.
func coalesce(waiting pending, newer customer.Mutation) pending {
	waiting.Quiet = together(waiting.Mutation, newer)
	waiting.Fields = waiting.Fields.With(newer.Fields)
	if waiting.Kind == customer.Create {
		return waiting // made when it was first made
	}
	waiting.MadeAt = newer.MadeAt
	waiting.Base = newer.Base.With(waiting.Base)
	return withoutUnchanged(waiting)
}

// resend lays a newer update over a change that came back, which makes it a
// new mutation. The fields that were in conflict are based on the server's
// copy, which the user saw; the others on what they were based on before, so
// that a change from elsewhere since then is no less a conflict.
func resend(problem pending, newer customer.Mutation, server *customer.Customer) pending {
	again := pending{seq: problem.seq, Mutation: customer.Mutation{
		ID: newer.ID, CustomerID: problem.CustomerID, Kind: problem.Kind,
		Fields: problem.Fields.With(newer.Fields), MadeAt: newer.MadeAt, Quiet: together(problem.Mutation, newer),
	}}
	if server == nil {
		if problem.Kind == customer.Create {
			again.MadeAt = problem.MadeAt
		}
		return again
	}
	again.BaseRevision = server.Revision
	again.Base = newer.Base.With(problem.Base).With(pick(again.Fields, problem.conflicts...).Of(*server))
	return withoutUnchanged(again)
}

// together reports whether two changes as one are quiet: when those of them are
// that entail mails. A new customer entails one mail whatever its address.
func together(older, newer customer.Mutation) bool {
	if older.Quiet {
		renamed := older.Kind != customer.Create && newer.Fields.Username != nil
		return newer.Quiet || newer.Fields.Status == nil && !renamed
	}
	return newer.Quiet && older.Kind != customer.Create && older.Fields.Status == nil && older.Fields.Username == nil
}

// addedAfterAll is what is left of a creation that came back when the Back
// Office knows the customer nevertheless, because the answer to an earlier try
// got lost or because another desk added it again: the fields that differ are a
// conflict, for nobody saw those values yet.
func addedAfterAll(creation pending, server customer.Customer) pending {
	creation.Kind, creation.BaseRevision = customer.Update, server.Revision
	creation.Base = creation.Fields.Of(server)
	left := withoutUnchanged(creation)
	if differing := left.Fields.Without("password_hash"); !differing.Empty() {
		left.Base = left.Fields.Of(customer.Customer{})
		left.outcome, left.err, left.conflicts = customer.Conflicted, nil, differing.Names()
	}
	return left
}

// fold joins a change that came back with the one that waited behind it: the
// user settles both at once.
func fold(problem, later pending) pending {
	problem.Quiet = together(problem.Mutation, later.Mutation)
	problem.Fields = problem.Fields.With(later.Fields)
	if problem.Kind == customer.Update {
		problem.MadeAt = later.MadeAt
		problem.Base = later.Base.With(problem.Base)
	}
	return problem
}

// rebase puts a later waiting change on top of what became of an earlier one:
// where its base is our own earlier value, which the server may have stored in
// another form (trimmed, say), the server's form becomes the base.
func rebase(later, settled pending, server customer.Customer) pending {
	later.BaseRevision = server.Revision
	stored := customer.Normalize(settled.Fields.Apply(server))
	for _, name := range settled.Fields.Names() {
		base, inBase := later.Base.Text(name)
		ours, _ := settled.Fields.Text(name)
		if !inBase || base != ours {
			continue
		}
		only := pick(later.Base, name)
		have, _ := only.Of(server).Text(name)
		if want, _ := only.Of(stored).Text(name); have == want {
			later.Base = later.Base.With(only.Of(server))
		}
	}
	return withoutUnchanged(later)
}

// pick returns only the named fields of f.
func pick(f customer.Fields, names ...string) customer.Fields {
	return f.Without(slices.DeleteFunc(f.Names(), func(other string) bool { return slices.Contains(names, other) })...)
}

// withoutUnchanged drops the fields whose value is their base value.
func withoutUnchanged(p pending) pending {
	for _, name := range p.Fields.Names() {
		base, known := p.Base.Text(name)
		if mine, has := p.Fields.Text(name); known && has && base == mine {
			p.Fields, p.Base = p.Fields.Without(name), p.Base.Without(name)
		}
	}
	return p
}
