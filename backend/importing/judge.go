package importing

import (
	"context"
	"errors"
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
}

// judge compares rows with the customers that are here. Others holds for each row
// the number of the row that counts in its place; zero: it counts itself.
func (i *Importer) judge(ctx context.Context, fields []string, rows []spreadsheet.Row, others []int) ([]verdict, error) {
	out := make([]verdict, len(rows))
	wrong := make([][]customer.Error, len(rows))
	usernames := []string{}
	for n, row := range rows {
		v := &out[n]
		v.row, v.other = row, others[n]
		v.fields, wrong[n] = fieldsOf(fields, row.Cells)
		if v.fields.Username != nil {
			usernames = append(usernames, *v.fields.Username)
		}
	}
	have, err := i.o.Replica.ByUsername(ctx, usernames)
	if err != nil {
		return nil, err
	}
	for n := range out {
		v := &out[n]
		switch {
		case v.row.Problem != "":
			v.fail(v.row.Problem)
		case v.other != 0:
			v.kind = RowDuplicate
			v.customer = v.fields.Apply(customer.Customer{})
		default:
			key := ""
			if v.fields.Username != nil {
				key = customer.UsernameKey(*v.fields.Username)
			}
			rec, known := have[key]
			v.decide(rec, known && key != "", wrong[n])
		}
	}
	return out, nil
}

func (v *verdict) fail(reason string) {
	v.kind, v.reason = RowFailed, reason
	if v.customer.Username == "" {
		v.customer = v.fields.Apply(v.customer)
	}
}

func (v *verdict) decide(rec customer.Record, known bool, wrong []customer.Error) {
	v.kind = RowNew
	if known {
		v.kind, v.base, v.customer = RowChanged, rec.Customer, rec.Customer
		v.fields.Username = nil // the same but for case, and case tells nothing
	} else {
		v.customer.Status = customer.PendingActivate
	}
	v.customer = customer.Normalize(v.fields.Apply(v.customer))
	var invalid *customer.Error
	if errors.As(customer.Validate(v.customer), &invalid) {
		wrong = append(wrong, *invalid)
	}
	switch {
	case len(wrong) > 0:
		v.fail(sentences(wrong))
	case known && rec.Problem != nil && rec.Problem.Outcome == customer.Conflicted:
		v.fail("This customer was changed elsewhere at the same time. Settle that under Needs attention first.")
	case known:
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
