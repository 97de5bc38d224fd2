package query_test

import (
	"slices"
	"testing"

	"partnerdesk/backend/query"
)

func known(f query.Field, typed string) []string {
	if f == query.Tag {
		return []string{"VIP", "iOS only", typed}
	}
	return nil
}

func TestComplete(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		caret    int
		from, to int
		want     []string // the first of them
	}{
		{"", 0, 0, 0, []string{"status:", "company:", "tag:", "created:"}},
		{"st", 2, 0, 2, []string{"status:"}},
		{"anna -St", 8, 5, 8, []string{"-status:"}},
		{"status:", 7, 0, 7, []string{"status:pending", "status:activated", "status:locked"}},
		{"status:lo anna", 9, 0, 9, []string{"status:locked"}},
		{"🙂 status:l", 11, 3, 11, []string{"status:locked"}},
		{"-is:", 4, 0, 4, []string{"-is:waiting", "-is:attention"}},
		{"tag:v", 5, 0, 5, []string{"tag:VIP", `tag:"iOS only"`, "tag:v"}},
		{`tag:"ios o`, 10, 0, 10, []string{"tag:VIP", `tag:"iOS only"`, `tag:"ios o"`}},
		{"country:neth", 12, 0, 12, []string{"country:Netherlands"}},
		{"country:gb", 10, 0, 10, []string{`country:"United Kingdom"`}},
		{"mail:", 5, 0, 5, nil},
		{"nothing:", 8, 0, 8, nil},
		{"login:", 99, 0, 6, []string{"login:today", "login:yesterday", "login:never"}},
		{"st", -1, 0, 2, []string{"status:"}},
	} {
		got := query.Complete(c.text, c.caret, known)
		if got.From != c.from || got.To != c.to || got.Choices == nil {
			t.Errorf("%q at %d: replaces %d to %d", c.text, c.caret, got.From, got.To)
		}
		var texts []string
		for _, choice := range got.Choices {
			texts = append(texts, choice.Text)
		}
		if len(texts) < len(c.want) || !slices.Equal(texts[:len(c.want)], c.want) || c.want == nil && texts != nil {
			t.Errorf("%q at %d: %q, want %q", c.text, c.caret, texts, c.want)
		}
	}
}
