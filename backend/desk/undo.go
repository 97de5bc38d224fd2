package desk

import (
	"context"

	"partnerdesk/backend/customer"
)

// History is what an undo and a redo would be about.
type History struct {
	Undo *customer.PastAction `json:"undo"` // nil when there is nothing to take back
	Redo *customer.PastAction `json:"redo"` // nil when there is nothing to make again
	// Refused says why neither can be done now; nil when they can.
	Refused *customer.Error `json:"refused"`
}

// Reversed is what became of an undo or a redo.
type Reversed struct {
	customer.Reversal
	Action customer.Action `json:"action"`
	// Cancelled is true when it was stopped; Rest is how many changes it had
	// still to go over. The same again goes on with them.
	Cancelled bool `json:"cancelled"`
	Rest      int  `json:"rest"`
}

// History says what an undo and a redo would be about.
func (d *Desk) History(ctx context.Context) (h History, err error) {
	if e, ok := d.mayEdit().(*customer.Error); ok {
		h.Refused = e
	}
	h.Undo, h.Redo, err = d.o.Replica.History(ctx)
	return h, err
}

// Undo takes back what was done last, as far as it can be: what was changed
// since stays, and so does a customer that the Back Office has already. NotFound
// when there is nothing; Forbidden for a member who may look only. With the id of
// an action it is for that one: Conflict when something else was done last.
func (d *Desk) Undo(ctx context.Context, action string) (Reversed, error) {
	return d.reverse(ctx, action, false)
}

// Redo makes again what was taken back last. Errors are Undo's.
func (d *Desk) Redo(ctx context.Context, action string) (Reversed, error) {
	return d.reverse(ctx, action, true)
}

// atOnce is how many customers are changed in one transaction: edits and the
// list get their turn in between, and a cancel is heard.
const atOnce = 500

func (d *Desk) reverse(ctx context.Context, action string, again bool) (out Reversed, err error) {
	if err := d.mayEdit(); err != nil {
		return out, err
	}
	undo, redo, err := d.o.Replica.History(ctx)
	if err != nil {
		return out, err
	}
	a, what := undo, "undo"
	if again {
		a, what = redo, "redo"
	}
	switch {
	case a == nil && action == "":
		return out, customer.Fail(customer.NotFound, "There is nothing to "+what+".")
	case action != "" && (a == nil || a.ID != action):
		return out, customer.Fail(customer.Conflict, "Something else was done since. The menu says what can be undone now.")
	}
	out.Action, out.Left, out.Stay, out.Rest = a.Action, map[customer.Left]int{}, []string{}, a.Done
	if again {
		out.Rest = a.Undone
	}
	total, from := out.Rest, int64(0)
	title := map[bool]string{false: "Undo: ", true: "Redo: "}[again] + a.Title
	out.Cancelled, err = d.Work(ctx, title, total, func(ctx context.Context, progress func(int)) error {
		for {
			var part customer.Reversal
			err := d.Change(ctx, func() (err error) {
				part, from, err = d.o.Replica.Reverse(ctx, a.ID, again, from, atOnce)
				return err
			})
			if err != nil {
				return err
			}
			out.Add(part)
			if from == 0 {
				out.Rest = 0
				return nil
			}
			out.Rest = max(out.Rest-atOnce, 0)
			progress(total - out.Rest)
		}
	})
	return out, err
}
