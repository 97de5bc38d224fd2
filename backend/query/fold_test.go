package query_test

import (
	"reflect"
	"testing"
	"unicode/utf16"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "", "anna": "anna", "ANNA  Lee ": "anna lee", "Müller": "muller", "Mu\u0308ller": "muller", "Straße": "strasse",
		"STRAẞE": "strasse", "Søren": "soren", "Łódź": "lodz", "Đặng": "dang", "Æsop Œuvre": "aesop oeuvre", "İstanbul": "istanbul",
		"Iğdır": "igdir", "Γιώργος": "γιωργοσ", "ΓΙΏΡΓΟΣ": "γιωργοσ", "O’Connor": "o'connor", "a\n\tb": "a b", "\u00a0a": "a",
		"ﬃ": "ffi", "Ａ１": "a1", "Ёлка": "елка", "a\u00adb": "ab", "بِشار": "بشار", "花子": "花子", "a\x00b": "a b", "Þór": "thor",
	} {
		if got := query.Fold(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// marked cuts a match's spans out of what it is in, as a page does.
func marked(text string, spans [][2]int) (parts []string) {
	units := utf16.Encode([]rune(text))
	for _, s := range spans {
		parts = append(parts, string(utf16.Decode(units[s[0]:s[1]])))
	}
	return parts
}

func TestMatches(t *testing.T) {
	t.Parallel()
	c := customer.Customer{
		FirstName: "Zoë🙂", LastName: "Mu\u0308ller-Groß", Username: "zoe.muller@shop.example", Company: "Shop Shop",
		City: "Łódź", Phone: "+49 30 1234", Tags: []string{"VIP", "iOS only"},
		Notes: "This customer was met at the fair in Köln.\nShe wants push messages before the summer, and a zoe that is far away from here, " +
			"at the end of a very long line that nobody reads.",
	}
	value := func(m customer.Match) string {
		return map[string]string{"name": c.Name(), "username": c.Username, "company": c.Company, "phone": c.Phone, "city": c.City,
			"tags": c.Tags[m.Tag], "notes": m.Text}[m.Field]
	}
	for text, want := range map[string]map[string][]string{
		"":                  {},
		"nothing":           {},
		"muller":            {"name": {"Mu\u0308ller"}, "username": {"muller"}},
		"MÜLLER":            {"name": {"Mu\u0308ller"}, "username": {"muller"}},
		"gross":             {"name": {"Groß"}},
		"s":                 {"name": {"ß"}, "username": {"s"}, "company": {"S", "S"}, "tags": {"S"}, "notes": {"s", "s", "s", "s", "S", "s", "s", "ss", "s", "s", "s"}},
		"zoe muller":        {"name": {"Zoë", "Mu\u0308ller"}, "username": {"zoe", "muller"}, "notes": {"zoe"}},
		"mull uller":        {"name": {"Mu\u0308ller"}, "username": {"muller"}},
		"🙂":                 {"name": {"🙂"}},
		"lodz":              {"city": {"Łódź"}},
		"company:shop":      {"company": {"Shop", "Shop"}},
		"tag:=vip":          {"tags": {"VIP"}},
		"tag:=ios":          {},
		`tag:"ios o"`:       {"tags": {"iOS o"}},
		"-muller":           {},
		"status:locked":     {},
		"koln":              {"notes": {"Köln"}},
		`"koln. she wants"`: {"notes": {"Köln. She wants"}},
		"30":                {"phone": {"30"}},
	} {
		q := query.Query{Terms: parse(t, text)}
		got := map[string][]string{}
		for _, m := range q.Matches(c) {
			if m.Field == "notes" && text == "s" {
				continue // an excerpt's length is not the point here
			}
			got[m.Field] = append(got[m.Field], marked(value(m), m.Spans)...)
		}
		if text == "s" {
			delete(want, "notes")
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if m := (query.Query{Terms: parse(t, "nobody")}).Matches(c); len(m) != 1 || m[0].Text == c.Notes || len(m[0].Text) > 140 ||
		!reflect.DeepEqual(marked(m[0].Text, m[0].Spans), []string{"nobody"}) || m[0].Text[:3] != "…" {
		t.Errorf("excerpt: %+v", m)
	}
}
