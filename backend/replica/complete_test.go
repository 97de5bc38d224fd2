package replica_test

import (
	"slices"
	"testing"

	"partnerdesk/backend/customer"
)

func TestCompleteSearchWithWhatThereIs(t *testing.T) {
	t.Parallel()
	r := open(t)
	var all []customer.Customer
	for i, c := range []customer.Customer{
		{Company: "Bäckerei Vogel", City: "Köln", Tags: []string{"VIP", "Pilot"}},
		{Company: "bakkerij Vos", City: "Kopenhagen", Tags: []string{"vip", "iOS only"}},
		{Company: "Bäckerei Vogel", City: "", Tags: []string{"Pilot", "VIP"}},
		{Company: "Fietsen", City: "Delft", Tags: []string{}},
	} {
		c.ID, c.Username, c.FirstName, c.Status = string(rune('a'+i)), string(rune('a'+i))+"@shop.example", "Ann", customer.Locked
		c.Revision = int64(i + 1)
		all = append(all, c)
	}
	absorb(t, r, "4", all...)
	list(t, r, customer.Query{Text: "x"}) // the index is there
	for text, want := range map[string][]string{
		"company:BA": {`company:"Bäckerei Vogel"`, `company:"bakkerij Vos"`},
		"company:":   {`company:"Bäckerei Vogel"`, `company:"bakkerij Vos"`, "company:Fietsen"},
		"city:ko":    {"city:Köln", "city:Kopenhagen"},
		"city:":      {"city:Delft", "city:Köln", "city:Kopenhagen"},
		"-tag:":      {"-tag:VIP", "-tag:Pilot", `-tag:"iOS only"`},
		"tag:i":      {`tag:"iOS only"`},
		`tag:"ios `:  {`tag:"iOS only"`},
		"city:x":     nil,
	} {
		got, err := r.CompleteSearch(t.Context(), text, len(text))
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, c := range got.Choices {
			texts = append(texts, c.Text)
		}
		if !slices.Equal(texts, want) {
			t.Errorf("%s: %q, want %q", text, texts, want)
		}
	}
	enqueue(t, r, customer.Mutation{ID: "m1", CustomerID: "b", Kind: customer.Update, Fields: customer.Fields{Tags: &[]string{"New"}}})
	got, err := r.CompleteSearch(t.Context(), "tag:", 4)
	if err != nil || len(got.Choices) != 3 || got.Choices[2].Text != "tag:New" {
		t.Errorf("after an edit: %+v, %v", got, err)
	}
}
