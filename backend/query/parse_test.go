package query_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	return l
}

func parse(t testing.TB, text string) []query.Term {
	t.Helper()
	q, err := query.Parse(text, time.Date(2026, 10, 25, 12, 0, 0, 0, berlin(t))) // an hour is put back that day
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return q.Terms
}

func TestParseTexts(t *testing.T) {
	t.Parallel()
	word := func(s string) query.Term { return query.Term{Text: s, Folded: query.Fold(s)} }
	in := func(f query.Field, s string) query.Term { return query.Term{Field: f, Text: s, Folded: query.Fold(s)} }
	not := func(t query.Term) query.Term { t.Not = true; return t }
	whole := func(t query.Term) query.Term { t.Exact = true; return t }
	for text, want := range map[string][]query.Term{
		"":                           nil,
		" \t\x00 ":                   nil,
		"anna  Vries":                {word("anna"), word("Vries")},
		`"de Vries" x`:               {word("de Vries"), word("x")},
		`"say ""hi"""`:               {word(`say "hi"`)},
		`"anna`:                      {word("anna")}, // half typed
		`"`:                          nil,
		`""`:                         nil,
		"-":                          nil,
		"- x":                        {word("x")},
		"-anna":                      {not(word("anna"))},
		"--anna":                     {not(word("-anna"))},
		`-"de vries"`:                {not(word("de vries"))},
		`O"Neil`:                     {word(`O"Neil`)},
		"company:Bikes":              {in(query.Company, "Bikes")},
		"COMPANY:bikes":              {in(query.Company, "bikes")},
		`-tag:"iOS only"`:            {not(in(query.Tag, "iOS only"))},
		"tag:=vip":                   {whole(in(query.Tag, "vip"))},
		`tag:="iOS only"`:            {whole(in(query.Tag, "iOS only"))},
		`note:"=x"`:                  {in(query.Note, "=x")},
		"tag:":                       nil, // half typed
		"tag:=":                      nil,
		`tag:"`:                      nil,
		"-status:":                   nil,
		"created: login:> is: x":     {word("x")},
		"email:ann@x notes:a tags:b": {in(query.Username, "ann@x"), in(query.Note, "a"), in(query.Tag, "b")},
		"https://shop.example 12:30": {word("https://shop.example"), word("12:30")},
		"re:port foo:bar":            {word("re:port"), word("foo:bar")},
		"\xff":                       {word("\uFFFD")},
		"x \u0301":                   {word("x")}, // a mark alone
	} {
		if got := parse(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestParseValues(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"status:locked": {"locked"}, "status:LOCK": {"locked"}, "status:a": {"activated"}, "status:active": {"activated"},
		`status:"Pending Activate"`: {"pending_activate"}, "status:pending_activate": {"pending_activate"},
		"status:deactivated": {"locked"}, "is:w": {"waiting"}, "is:attention": {"attention"},
		"country:nl": {"NL"}, "country:Germany": {"DE"}, "country:neth": {"NL"}, "country:côte": {"CI"},
		"language:dutch": {"nl"}, "lang:de": {"de"}, "language:e": {"en"},
	} {
		got := parse(t, text)
		if len(got) != 1 || !reflect.DeepEqual(got[0].Values, want) {
			t.Errorf("%q: %+v, want %v", text, got, want)
		}
	}
}

func TestParseDays(t *testing.T) {
	t.Parallel()
	at := func(y, m, d int) customer.Time {
		return customer.At(time.Date(y, time.Month(m), d, 0, 0, 0, 0, berlin(t)))
	}
	const end = math.MaxInt64
	for text, want := range map[string][2]customer.Time{
		"2026": {at(2026, 1, 1), at(2027, 1, 1)}, "2026-10": {at(2026, 10, 1), at(2026, 11, 1)},
		"2026-10-05": {at(2026, 10, 5), at(2026, 10, 6)}, "2026-1-5": {at(2026, 1, 5), at(2026, 1, 6)},
		"today": {at(2026, 10, 25), at(2026, 10, 26)}, "yesterday": {at(2026, 10, 24), at(2026, 10, 25)},
		"never": {0, 1}, "2026-01..2026-03": {at(2026, 1, 1), at(2026, 4, 1)},
		"2026-03..2026-01": {at(2026, 1, 1), at(2026, 4, 1)}, "2026..": {at(2026, 1, 1), end},
		"..2026-03": {1, at(2026, 4, 1)}, ">2026-01": {at(2026, 2, 1), end}, ">=2026-01": {at(2026, 1, 1), end},
		"<2026-01": {1, at(2026, 1, 1)}, "<=2026-01": {1, at(2026, 2, 1)}, "yesterday..today": {at(2026, 10, 24), at(2026, 10, 26)},
		// half typed
		"202": {at(2020, 1, 1), at(2030, 1, 1)}, "2026-": {at(2026, 1, 1), at(2027, 1, 1)}, "2026-0": {at(2026, 1, 1), at(2026, 10, 1)},
		"2026-1": {at(2026, 1, 1), at(2026, 2, 1)}, "2026-10-": {at(2026, 10, 1), at(2026, 11, 1)},
		"2026-10-0": {at(2026, 10, 1), at(2026, 10, 10)}, "2026.": {at(2026, 1, 1), at(2027, 1, 1)}, "tod": {at(2026, 10, 25), at(2026, 10, 26)},
		"2": {at(2000, 1, 1), at(3000, 1, 1)}, "1": {1, at(2000, 1, 1)},
	} {
		for _, f := range []query.Field{query.Created, query.Activated, query.Login} {
			got := parse(t, string(f)+":"+text)
			if len(got) != 1 || got[0].Field != f || got[0].From != want[0] || got[0].To != want[1] {
				t.Errorf("%s: %+v, want %v", text, got, want)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"status:lockd":  "There is no status “lockd”. Try pending, activated or locked.",
		"statsu:locked": "There is no field “statsu”. Did you mean status:? To search for the text itself, put it in quotes.",
		"compny:x":      "Did you mean company:?", "citty:x": "Did you mean city:?", "-nume:x": "Did you mean name:?",
		"is:lost": "Try is:waiting or is:attention.", "country:atlantis": "Try a name such as Germany, or a code such as DE.",
		"language:fr": "Try en, nl or de.", "created:foo": "“foo” is no day.", "created:2026-13": "is no day", "login:2026-02-30": "is no day",
		"login:20266": "is no day", "created:2026-01..x": "is no day", "created:>x": "is no day", "created:2026-10-05-": "is no day",
		strings.Repeat("x", 4001): "This is too long to search for.",
		strings.Repeat("x ", 51):  "Search for fewer words at once; 50 is the limit.",
	} {
		_, err := query.Parse(text, time.Now())
		if customer.CodeOf(err) != customer.Invalid || !strings.Contains(err.Error(), want) || err.(*customer.Error).Field != "text" {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"anna", `-"de ""x"" vries" tag:=vip`, "created:2026-01..2026-03", "statsu:x", "status:p", `a:"b`, "login:>2", `note:"=x"`,
		"-- -a: \x00", "country:nl is:w", "é\u0301 \xff", `"-x" "a:b"`, "e-mail:x",
	} {
		f.Add(s)
	}
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text, now)
		if err != nil {
			if customer.CodeOf(err) != customer.Invalid {
				t.Fatal(err)
			}
			return
		}
		again, err := query.Parse(q.String(), now)
		if err != nil || !reflect.DeepEqual(q, again) {
			t.Fatalf("%q is\n%+v, printed as %q it is\n%+v, %v", text, q, q.String(), again, err)
		}
		c := customer.Customer{FirstName: text, Notes: text + " " + text, Tags: []string{text}}
		for _, m := range q.Matches(c) {
			last := 0
			for _, s := range m.Spans {
				if s[0] < last || s[1] <= s[0] {
					t.Fatalf("%q: spans %v", text, m.Spans)
				}
				last = s[1]
			}
		}
		query.Complete(text, len(text)/2, nil)
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Müller", " a \t b\n", "Straße", "İstanbul", "김", "が", "ﬃ", "x\u0301\u0302", "🙂", "\u00a8", "\xff", "A\u200bB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := query.Fold(s)
		for i := range len(once) {
			if once[i] < ' ' {
				t.Fatalf("%q has a control character", once)
			}
		}
		if strings.Contains(once, "  ") || strings.HasPrefix(once, " ") || strings.HasSuffix(once, " ") {
			t.Fatalf("%q has spaces to spare", once)
		}
	})
}
