package replica_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

// model is a Back Office of one partner, in a few lines.
type model struct {
	revision  int64
	customers map[string]customer.Customer
	applied   map[string]customer.Result
}

func (s *model) put(c customer.Customer) customer.Customer {
	s.revision++
	c = customer.Normalize(c)
	c.Revision = s.revision
	s.customers[c.ID] = c
	return c
}

func (s *model) apply(m customer.Mutation) customer.Result {
	if res, again := s.applied[m.ID]; again {
		return res
	}
	have, known := s.customers[m.CustomerID]
	if m.Kind == customer.Create {
		have, known = customer.Customer{ID: m.CustomerID}, true
	}
	res := customer.Result{MutationID: m.ID, Outcome: customer.Applied}
	switch conflicts := m.Merge(have); {
	case !known || m.Fields.Phone != nil && *m.Fields.Phone == "bad":
		res.Outcome, res.Error = customer.Rejected, customer.Fail(customer.Invalid, "No.")
		if known && m.Kind == customer.Update {
			res.Customer = &have
		}
		return res
	case len(conflicts) > 0:
		res.Outcome, res.Conflicts, res.Customer = customer.Conflicted, conflicts, &have
		return res
	}
	c := s.put(m.Fields.Apply(have))
	res.Customer = &c
	s.applied[m.ID] = res
	return res
}

// TestRandomWalkEndsInStep edits on both sides, loses answers, drops and
// corrects changes, in any order, and in the end both sides hold the same.
func TestRandomWalkEndsInStep(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := &walk{
				T: t, r: openQuick(t), random: rand.New(rand.NewPCG(seed, 9)),
				s: &model{customers: map[string]customer.Customer{}, applied: map[string]customer.Result{}},
			}
			for range 120 {
				w.step()
			}
			w.finish()
		})
	}
}

type walk struct {
	*testing.T
	r      *replica.Replica
	s      *model
	random *rand.Rand
	n      int
	ids    []string
}

func (w *walk) name() string { w.n++; return fmt.Sprint("n", w.n) }

func (w *walk) value() customer.Fields {
	v := []string{"", "a", " b ", "c", "bad"}[w.random.IntN(5)]
	switch w.random.IntN(5) {
	case 0:
		return customer.Fields{City: &v}
	case 1:
		return customer.Fields{Phone: &v}
	case 2:
		return customer.Fields{Notes: &v, City: &v}
	case 3:
		return customer.Fields{Tags: p([]string{v + "t"})}
	}
	return customer.Fields{Status: p(customer.Statuses()[w.random.IntN(3)])}
}

func (w *walk) step() {
	what := w.random.IntN(8)
	if len(w.ids) == 0 {
		what = 0
	}
	var id string
	if len(w.ids) > 0 {
		id = w.ids[w.random.IntN(len(w.ids))]
	}
	switch what {
	case 0:
		if len(w.ids) < 4 {
			id = w.name()
			w.ids = append(w.ids, id)
			enqueue(w, w.r, create(id, w.name()))
		}
	case 1, 2, 3:
		w.edit(id, w.value())
	case 4:
		w.exchange(w.random.IntN(3) > 0)
	case 5:
		w.feed()
	case 6:
		if c, known := w.s.customers[id]; known {
			w.s.put(w.value().Without("phone").Apply(c))
		}
	case 7:
		err := w.r.Discard(w.Context(), id)
		if code := customer.CodeOf(err); err != nil && code != customer.Conflict && code != customer.NotFound {
			w.Fatal(err)
		}
	}
	w.look()
}

// edit changes a customer as a dialog does: against what it showed.
func (w *walk) edit(id string, f customer.Fields) {
	rec, err := w.r.Get(w.Context(), id)
	if customer.CodeOf(err) == customer.NotFound {
		return // it was dropped
	}
	f = customer.Diff(rec.Customer, f.Apply(rec.Customer))
	enqueue(w, w.r, customer.Mutation{
		ID: w.name(), CustomerID: id, Kind: customer.Update, BaseRevision: rec.Customer.Revision,
		Fields: f, Base: f.Of(rec.Customer),
	})
}

func (w *walk) exchange(answered bool) {
	for _, m := range outgoing(w, w.r) {
		if res := w.s.apply(m); answered {
			settle(w, w.r, res)
		}
	}
}

func (w *walk) feed() {
	var page []customer.Customer
	for _, c := range w.s.customers {
		page = append(page, c)
	}
	absorb(w, w.r, fmt.Sprint(w.s.revision), page...)
}

// look checks what must hold at any time: the list agrees with the records.
func (w *walk) look() {
	page := list(w, w.r, customer.Query{Limit: 500})
	for _, row := range page.Rows {
		rec := get(w, w.r, row.ID)
		if row.Status != rec.Customer.Status || row.Waiting != rec.Waiting || row.NeedsAttention != (rec.Problem != nil) ||
			rec.Waiting && rec.Problem != nil || rec.Customer.Tags == nil {
			w.Fatalf("row %+v, record %+v", row, rec)
		}
	}
}

// finish lets all changes through, with the user's own values where sides differ.
func (w *walk) finish() {
	for range 10 {
		w.exchange(true)
		w.feed()
		for _, id := range w.ids {
			rec, err := w.r.Get(w.Context(), id)
			if err != nil || rec.Problem == nil {
				continue
			}
			f := customer.Fields{}
			if rec.Problem.Mine.Phone != nil {
				f.Phone = p("good")
			}
			enqueue(w, w.r, seen(rec.Customer.Revision, customer.Mutation{ID: w.name(), CustomerID: id, Kind: customer.Update, Fields: f}))
		}
	}
	if waiting, err := w.r.Waiting(w.Context()); err != nil || waiting != (replica.Waiting{}) {
		w.Fatalf("still waiting: %+v, %v", waiting, err)
	}
	if page := list(w, w.r, customer.Query{Limit: 500}); page.Total != len(w.s.customers) {
		w.Errorf("%d customers here, %d there", page.Total, len(w.s.customers))
	}
	for id, there := range w.s.customers {
		if here := get(w, w.r, id).Customer; !reflect.DeepEqual(here, there) {
			w.Errorf("here  %+v\nthere %+v", here, there)
		}
	}
}
