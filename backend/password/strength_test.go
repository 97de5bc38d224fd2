package password

import (
	"errors"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	known := []string{"annemarie@blumenhaus.example", "Annemarie", "Vandersloot", "Blumenhaus Nord"}
	for _, c := range []struct {
		name, password string
		want           customer.Code
	}{
		{"phrase", "mijn kat eet graag kaas", ""},
		{"random", "xk7v-Rbn4-tHwc-9mzp", ""},
		{"other scripts", "李小龍学习功夫很努力", ""},
		{"emoji", "🙂🚲🌷🧀☕🚆🎻🦊", ""},
		{"longest", strings.Repeat("tulp fiets kaas ", 16), ""},
		{"empty", "", customer.Required},
		{"short", "Xk7!vR", customer.Invalid},
		{"seven letters with accents", "éèêëàâä", customer.Invalid},
		{"too long", strings.Repeat("a b!", 65), customer.TooLong},
		{"ten megabytes", strings.Repeat("x", 10<<20), customer.TooLong},
		{"common", "password", customer.Invalid},
		{"common with signs", "P@ssw0rd1", customer.Invalid},
		{"keyboard", "qwertyuiop", customer.Invalid},
		{"repeat", "aaaaaaaaaaaa", customer.Invalid},
		{"sequence", "12345678", customer.Invalid},
		{"date", "19870412", customer.Invalid},
		{"own name", "Vandersloot", customer.Invalid},
		{"own company", "blumenhausnord", customer.Invalid},
		{"own address", "annemarie@blumenhaus.example", customer.Invalid},
		{"NUL", "mijn kat eet\x00kaas", customer.Invalid},
		{"newline", "mijn kat eet\nkaas", customer.Invalid},
		{"broken UTF-8", "mijn kat eet \xff\xfe kaas", customer.Invalid},
	} {
		err := Check(c.password, known...)
		if got := customer.CodeOf(err); got != c.want {
			t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.want)
		}
		var e *customer.Error
		if errors.As(err, &e) && (e.Field != "password" || !strings.HasSuffix(e.Message, ".") || c.password == "Vandersloot" && strings.Contains(e.Message, c.password)) {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	if s := Measure(""); s.Acceptable || s.Title != "" || s.Hint == "" {
		t.Errorf("nothing typed: %+v", s)
	}
	last := -1
	for _, password := range []string{"password", "annadelft", "anna delft kaas", "anna delft kaas fiets", "wuivende tulpen zingen om 7 uur zacht"} {
		s := Measure(password)
		if s.Score < last || s.Title != title(s.Score) || s.Acceptable != (s.Score >= 2) || (s.Hint == "") != (s.Score == 4) {
			t.Errorf("%q: %+v after score %d", password, s, last)
		}
		if s.Acceptable != (Check(password) == nil) {
			t.Errorf("%q: Measure and Check disagree", password)
		}
		last = s.Score
	}
	if last != 4 {
		t.Errorf("a long phrase scores %d", last)
	}
}

func TestMeasureHints(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]string{
		"qwertyuiop": "", "jansmithco": "Leave out names", "sunshine1": "common word", "abcdefgh": "sequences", "short": "at least 8",
	} {
		if s := Measure(password, "Jan Smith", "smithco"); s.Acceptable || !strings.Contains(s.Hint, want) {
			t.Errorf("%q: %+v", password, s)
		}
	}
}

// Hostile input must not take the meter's time: this ends at once or the test
// binary runs into its time limit.
func TestMeasureIsBounded(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		strings.Repeat("48@({[<369&#!1|0$5+7%2/", 11),
		"48@({[<369&#!1|0$5+7%2/",
		strings.Repeat("a", 256),
		strings.Repeat("password", 32),
		strings.Repeat("1!|7@4", 40),
	} {
		_ = Measure(password, strings.Repeat("long word ", 100_000), strings.Repeat("x", 1<<20))
	}
}

func TestTips(t *testing.T) {
	t.Parallel()
	all := strings.Join(Tips(), " ")
	for _, want := range []string{"numbers", "symbols", "capital", "lower-case", "phrase that only you know"} {
		if !strings.Contains(all, want) {
			t.Errorf("tips miss %q", want)
		}
	}
}

func FuzzMeasure(f *testing.F) {
	for _, seed := range []string{"", "é", "İstanbul", "\xff", "2001-01-01", "1/1/1", "ǅ"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, password, known string) {
		if s := Measure(password, known); s.Score < 0 || s.Score > 4 {
			t.Errorf("%q: %+v", password, s)
		}
	})
}

func BenchmarkMeasureWorst(b *testing.B) {
	for b.Loop() {
		Measure(strings.Repeat("1!|7@", 50), "Jan Smith")
	}
}
