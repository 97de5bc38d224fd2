package customer_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestDiffAppliesBack(t *testing.T) {
	t.Parallel()
	from, to := valid(), valid()
	to.Username, to.Company, to.Status, to.Tags = "b@bikes.example", "Wheels", customer.Locked, []string{"vip"}
	to.LockReason = "unpaid"
	diff := customer.Diff(from, to)
	if got := strings.Join(diff.Names(), " "); got != "username company lock_reason status tags" {
		t.Errorf("changed = %s", got)
	}
	if got := diff.Apply(from); !reflect.DeepEqual(got, to) {
		t.Errorf("applied = %+v, want %+v", got, to)
	}
	if got := diff.Of(from).Apply(to); !reflect.DeepEqual(got, from) {
		t.Errorf("undone = %+v, want %+v", got, from)
	}
	if !customer.Diff(from, from).Empty() {
		t.Error("a customer differs from itself")
	}
}

// TestEveryEditableFieldTakesPart fails when a field is added to Customer and
// forgotten in Fields.
func TestEveryEditableFieldTakesPart(t *testing.T) {
	t.Parallel()
	var c customer.Customer
	v := reflect.ValueOf(&c).Elem()
	want := 0
	for i := range v.NumField() {
		switch f := v.Type().Field(i); {
		case f.Name == "ID" || f.Anonymous:
		case f.Name == "Tags":
			c.Tags, want = []string{"x"}, want+1
		default:
			v.Field(i).SetString("x")
			want++
		}
	}
	if got := len(customer.Diff(customer.Customer{}, c).Names()); got != want {
		t.Errorf("Diff saw %d fields, want %d", got, want)
	}
	raw, err := json.Marshal(customer.Diff(customer.Customer{}, c))
	if err != nil {
		t.Fatal(err)
	}
	var back customer.Fields
	if err := json.Unmarshal(raw, &back); err != nil || len(back.Names()) != want {
		t.Errorf("JSON kept %d fields (%v), want %d", len(back.Names()), err, want)
	}
}

func TestWithAndWithout(t *testing.T) {
	t.Parallel()
	a, b := "a", "b"
	hash := "$argon2id$"
	f := customer.Fields{FirstName: &a, City: &a}.With(customer.Fields{City: &b, PasswordHash: &hash})
	if *f.FirstName != "a" || *f.City != "b" || *f.PasswordHash != hash {
		t.Errorf("With = %+v", f)
	}
	if got := f.Without("city", "password_hash").Names(); !reflect.DeepEqual(got, []string{"first_name"}) {
		t.Errorf("Without = %v", got)
	}
	if !f.Apply(customer.Customer{}).HasPassword {
		t.Error("a password hash sets no password")
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	base := valid()
	tests := []struct {
		name         string
		mine, theirs func(*customer.Customer)
		want         []string
	}{
		{"only mine", func(c *customer.Customer) { c.City = "Delft" }, func(*customer.Customer) {}, nil},
		{"different fields", func(c *customer.Customer) { c.City = "Delft" }, func(c *customer.Customer) { c.Phone = "1" }, nil},
		{"same value", func(c *customer.Customer) { c.City = "Delft" }, func(c *customer.Customer) { c.City = "Delft" }, nil},
		{"same field", func(c *customer.Customer) { c.City = "Delft" }, func(c *customer.Customer) { c.City = "Gouda" }, []string{"city"}},
		{"status", func(c *customer.Customer) { c.Status = customer.Locked }, func(c *customer.Customer) { c.Status = customer.Activated }, []string{"status"}},
		{"tags", func(c *customer.Customer) { c.Tags = []string{"a"} }, func(c *customer.Customer) { c.Tags = []string{"b"} }, []string{"tags"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			mine, theirs := base, base
			test.mine(&mine)
			test.theirs(&theirs)
			fields := customer.Diff(base, mine)
			m := customer.Mutation{Kind: customer.Update, Fields: fields, Base: fields.Of(base)}
			if got := m.Merge(theirs); !reflect.DeepEqual(got, test.want) {
				t.Errorf("conflicts = %v, want %v", got, test.want)
			}
		})
	}
}

func TestErrorIs(t *testing.T) {
	t.Parallel()
	err := error(customer.FailField(customer.UsernameTaken, "username", "Taken."))
	if !errors.Is(err, &customer.Error{Code: customer.UsernameTaken}) || errors.Is(err, &customer.Error{Code: customer.NotFound}) {
		t.Error("errors.Is does not compare codes")
	}
	if customer.CodeOf(errors.New("x")) != customer.Internal || customer.CodeOf(nil) != "" {
		t.Error("CodeOf is wrong for foreign errors or nil")
	}
}
