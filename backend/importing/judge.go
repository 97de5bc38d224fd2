package importing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

// verdict is what a row would do.
type verdict struct {
	kind     Kind
	row      spreadsheet.Row
	customer customer.Customer // as it would be; what is there for Unchanged
	fields   customer.Fields   // of a mutation: all of a new one, what differs of a changed one
	base     customer.Customer // of a changed one, as it is
	reason   string            // of an error
	other    int               // of a duplicate: the row that counts, or another one

	given customer.Fields  // what the row says
	wrong []customer.Error // what of it can't be read
}

// judge compares rows with the customers that are here. Others holds for each row
// the number of the row that counts in its place; zero: it counts itself.
func (i *Importer) judge(ctx context.Context, fields []string, rows []spreadsheet.Row, others []int) ([]verdict, error) {
	verdicts := readAsNew(fields, rows, others)
	return verdicts, i.compare(ctx, verdicts)
}

// readAsNew judges rows as if none of their customers were here.
func readAsNew(fields []string, rows []spreadsheet.Row, others []int) []verdict {
	out := make([]verdict, len(rows))
	for n, row := range rows {
		v := &out[n]
		v.row, v.other = row, others[n]
		v.given, v.wrong = fieldsOf(fields, row.Cells)
		switch {
		case v.row.Problem != "":
			v.fail(v.row.Problem)
		case v.other != 0:
			v.kind = RowDuplicate
			v.customer = v.given.Apply(customer.Customer{})
		default:
			v.decide(nil)
		}
	}
	return out
}

// compare judges those anew whose customers are here.
func (i *Importer) compare(ctx context.Context, verdicts []verdict) error {
	key := func(v *verdict) string {
		if v.row.Problem != "" || v.other != 0 || v.given.Username == nil {
			return ""
		}
		return customer.UsernameKey(*v.given.Username)
	}
	var usernames []string
	for n := range verdicts {
		if name := key(&verdicts[n]); name != "" {
			usernames = append(usernames, name)
		}
	}
	have, err := i.o.Replica.ByUsername(ctx, usernames)
	if err != nil || len(have) == 0 {
		return err
	}
	for n := range verdicts {
		v := &verdicts[n]
		if rec, known := have[key(v)]; known {
			v.decide(&rec)
		}
	}
	return nil
}

func (v *verdict) fail(reason string) {
	v.kind, v.reason = RowFailed, reason
	if v.customer.Username == "" {
		v.customer = v.given.Apply(v.customer)
	}
}

// decide judges a row that counts; known is the customer that has its username,
// nil when there is none.
func (v *verdict) decide(known *customer.Record) {
	*v = verdict{row: v.row, given: v.given, wrong: v.wrong, kind: RowNew}
	v.customer.Status = customer.PendingActivate
	fields := v.given
	if known != nil {
		v.kind, v.base, v.customer = RowChanged, known.Customer, known.Customer
		fields.Username = nil // the same but for case, and case tells nothing
	}
	v.customer = customer.Normalize(fields.Apply(v.customer))
	wrong := slices.Clip(v.wrong)
	var invalid *customer.Error
	if errors.As(customer.Validate(v.customer), &invalid) {
		wrong = append(wrong, *invalid)
	}
	switch {
	case len(wrong) > 0:
		v.fail(sentences(wrong))
	case known != nil && known.Problem != nil && known.Problem.Outcome == customer.Conflicted:
		v.fail("This customer was changed elsewhere at the same time. Settle that under Needs attention first.")
	case known != nil:
		if v.fields = customer.Diff(v.base, v.customer); v.fields.Empty() {
			v.kind = RowUnchanged
		}
	default:
		v.fields = customer.Diff(customer.Customer{}, v.customer)
	}
}

// sentences says each thing that is wrong once, the fields' first.
func sentences(wrong []customer.Error) string {
	var said []string
	seen := map[string]bool{}
	for _, e := range wrong {
		list := e.Fields
		if len(list) == 0 {
			list = []customer.Error{e}
		}
		for _, f := range list {
			if !seen[f.Field] {
				seen[f.Field] = true
				said = append(said, title(f.Field)+f.Message)
			}
		}
	}
	return strings.Join(said, " ")
}

// title names the field before what is wrong with it, where the message does not.
func title(field string) string {
	switch field {
	case "phone":
		return "Phone: "
	case "street":
		return "Street: "
	case "postal_code":
		return "Postal code: "
	case "city":
		return "City: "
	case "notes":
		return "Notes: "
	case "lock_reason":
		return "Lock reason: "
	}
	return ""
}

// mails tells whether the change of a row entails a mail: a new account that is
// to activate or has no password, or a status that asks for it.
func (v *verdict) mails() bool { return v.fields.Status != nil && v.customer.NeedsLink() }

func (v *verdict) item() Item {
	item := Item{
		Row: v.row.Number, Username: v.customer.Username, Name: v.customer.Name(), Company: v.customer.Company,
		Changes: []Change{}, Reason: v.reason, Other: v.other,
	}
	if v.kind == RowChanged {
		was := v.fields.Of(v.base)
		for _, name := range v.fields.Names() {
			from, _ := was.Text(name)
			to, _ := v.fields.Text(name)
			item.Changes = append(item.Changes, Change{Field: name, From: from, To: to})
		}
	}
	return item
}
