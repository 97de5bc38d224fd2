package replica_test

import (
	"reflect"
	"testing"

	"partnerdesk/backend/customer"
)

func TestEnqueueCreate(t *testing.T) {
	t.Parallel()
	r := open(t)
	rec := enqueue(t, r, create("bob", "m1"))
	if !rec.Waiting || rec.Problem != nil || rec.Customer.ID != "bob" || rec.Customer.CreatedAt != 2000 || rec.Customer.Tags == nil {
		t.Errorf("got %+v", rec)
	}
	if got := get(t, r, "bob"); !reflect.DeepEqual(got, rec) {
		t.Errorf("got %+v, want %+v", got, rec)
	}
	_, err := r.Enqueue(t.Context(), create("bob", "m2"), "")
	wantCode(t, err, customer.Conflict)
	_, err = r.Enqueue(t.Context(), update("m3", customer.Fields{}, customer.Fields{City: p("Bonn")}), "")
	wantCode(t, err, customer.NotFound)
	_, err = r.Get(t.Context(), "ann")
	wantCode(t, err, customer.NotFound)
	if out := outgoing(t, r); len(out) != 1 || out[0].ID != "m1" {
		t.Errorf("outgoing %+v", out)
	}
}

func TestEnqueueCoalesces(t *testing.T) {
	t.Parallel()
	type fields = customer.Fields
	for name, c := range map[string]struct {
		edits        []customer.Mutation
		fields, base fields
		none         bool
	}{
		"one": {
			edits:  []customer.Mutation{update("m1", fields{City: p("")}, fields{City: p("Bonn")})},
			fields: fields{City: p("Bonn")}, base: fields{City: p("")},
		},
		"two fields": {
			edits: []customer.Mutation{
				update("m1", fields{City: p("")}, fields{City: p("Bonn")}),
				update("m2", fields{Phone: p("")}, fields{Phone: p("1")}),
			},
			fields: fields{City: p("Bonn"), Phone: p("1")}, base: fields{City: p(""), Phone: p("")},
		},
		"same field keeps the oldest base": {
			edits: []customer.Mutation{
				update("m1", fields{City: p("")}, fields{City: p("Bonn")}),
				update("m2", fields{City: p("Bonn")}, fields{City: p("Ulm")}),
			},
			fields: fields{City: p("Ulm")}, base: fields{City: p("")},
		},
		"back at base drops out": {
			edits: []customer.Mutation{
				update("m1", fields{City: p(""), Phone: p("")}, fields{City: p("Bonn"), Phone: p("1")}),
				update("m2", fields{City: p("Bonn")}, fields{City: p("")}),
			},
			fields: fields{Phone: p("1")}, base: fields{Phone: p("")},
		},
		"all back at base": {
			edits: []customer.Mutation{
				update("m1", fields{City: p(""), Tags: p([]string{})}, fields{City: p("Bonn"), Tags: p([]string{"x"})}),
				update("m2", fields{City: p("Bonn"), Tags: p([]string{"x"})}, fields{City: p(""), Tags: p([]string{})}),
			},
			none: true,
		},
		"lock and think again": {
			edits: []customer.Mutation{
				update("m1", fields{Status: p(customer.PendingActivate)}, fields{Status: p(customer.Locked)}),
				update("m2", fields{Status: p(customer.Locked)}, fields{Status: p(customer.PendingActivate)}),
			},
			none: true,
		},
		"nothing changed":     {edits: []customer.Mutation{update("m1", fields{}, fields{FirstName: p("Ann")})}, none: true},
		"missing base is had": {edits: []customer.Mutation{update("m1", fields{}, fields{FirstName: p("Anna")})}, fields: fields{FirstName: p("Anna")}, base: fields{FirstName: p("Ann")}},
		"a password has no base": {
			edits:  []customer.Mutation{update("m1", fields{}, fields{PasswordHash: p("phc")}), update("m2", fields{}, fields{PasswordHash: p("phc2")})},
			fields: fields{PasswordHash: p("phc2")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			absorb(t, r, "1", ann(1))
			var rec customer.Record
			for _, m := range c.edits {
				rec = enqueue(t, r, m)
			}
			out := outgoing(t, r)
			if c.none {
				if len(out) != 0 || rec.Waiting || !reflect.DeepEqual(rec.Customer, ann(1)) {
					t.Errorf("outgoing %+v, %+v", out, rec)
				}
				return
			}
			want := []customer.Mutation{{
				ID: "m1", CustomerID: "ann", Kind: customer.Update, BaseRevision: 1,
				Fields: c.fields, Base: c.base, MadeAt: 3000,
			}}
			if !reflect.DeepEqual(out, want) {
				t.Errorf("got %+v, want %+v", out, want)
			}
			if !rec.Waiting || !reflect.DeepEqual(rec.Customer, c.fields.Apply(ann(1))) {
				t.Errorf("record %+v", rec)
			}
		})
	}
}

func TestEnqueueIntoAWaitingCreate(t *testing.T) {
	t.Parallel()
	r := open(t)
	enqueue(t, r, create("ann", "m1"))
	rec := enqueue(t, r, update("m2", customer.Fields{City: p("")}, customer.Fields{City: p("Bonn"), Notes: p("")}))
	out := outgoing(t, r)
	if len(out) != 1 || out[0].ID != "m1" || out[0].Kind != customer.Create || *out[0].Fields.City != "Bonn" || rec.Customer.City != "Bonn" {
		t.Errorf("outgoing %+v", out)
	}
}

func TestEnqueueTakesAllTagsAway(t *testing.T) {
	t.Parallel()
	r := open(t)
	tagged := ann(1)
	tagged.Tags = []string{"vip"}
	absorb(t, r, "1", tagged)
	var none []string
	rec := enqueue(t, r, update("m1", customer.Fields{}, customer.Fields{Tags: &none}))
	if out := outgoing(t, r); len(out) != 1 || out[0].Fields.Tags == nil || len(rec.Customer.Tags) != 0 {
		t.Errorf("outgoing %+v, record %+v", out, rec)
	}
}

func TestEnqueueBehindAnAttempt(t *testing.T) {
	t.Parallel()
	r := open(t)
	enqueue(t, r, create("ann", "m1"))
	outgoing(t, r)
	enqueue(t, r, update("m2", customer.Fields{City: p("")}, customer.Fields{City: p("Bonn")}))
	enqueue(t, r, update("m3", customer.Fields{City: p("Bonn")}, customer.Fields{City: p("Ulm")}))
	if out := outgoing(t, r); len(out) != 1 || out[0].ID != "m1" || out[0].Fields.City != nil {
		t.Errorf("an attempted mutation must go again as it was: %+v", out)
	}
	server := ann(5)
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Applied, Customer: &server})
	out := outgoing(t, r)
	if len(out) != 1 || out[0].ID != "m2" || *out[0].Fields.City != "Ulm" || *out[0].Base.City != "" || out[0].BaseRevision != 5 {
		t.Errorf("then %+v", out)
	}
	if rec := get(t, r, "ann"); rec.Customer.City != "Ulm" || rec.Customer.Revision != 5 || !rec.Waiting {
		t.Errorf("record %+v", rec)
	}
}

func TestOutgoingOrder(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	for _, id := range []string{"b1", "b2", "b3"} {
		enqueue(t, r, create(id, "m-"+id))
	}
	enqueue(t, r, update("m-ann", customer.Fields{}, customer.Fields{City: p("Bonn")}))
	two, err := r.Outgoing(t.Context(), 2)
	if err != nil || len(two) != 2 || two[0].ID != "m-b1" || two[1].ID != "m-b2" {
		t.Fatalf("got %+v, %v", two, err)
	}
	settle(t, r, customer.Result{MutationID: "m-b1", Outcome: customer.Rejected, Error: customer.Fail(customer.UsernameTaken, "Taken.")})
	ids := []string{}
	for _, m := range outgoing(t, r) {
		ids = append(ids, m.ID)
	}
	if want := []string{"m-b2", "m-b3", "m-ann"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}
