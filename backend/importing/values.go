package importing

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"partnerdesk/backend/customer"
)

// fold is what is left of a word for comparing: letters and digits, without
// accents and case.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// inverse turns lists of words by meaning into meanings by word.
func inverse(words map[string][]string) map[string]string {
	out := map[string]string{}
	for meaning, list := range words {
		for _, word := range list {
			out[word] = meaning
		}
	}
	return out
}

// vocabulary is what the words of a table mean. It is made once and never changes.
type vocabulary struct {
	headers, statuses, languages, countries map[string]string
}

var words = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{
		headers: inverse(headers), statuses: inverse(statusWords), languages: inverse(languageWords),
		countries: map[string]string{},
	}
	for _, in := range []language.Tag{language.English, language.Dutch, language.German, language.French, language.Spanish,
		language.Italian, language.Portuguese, language.Polish, language.Danish, language.Swedish} {
		names := display.Regions(in)
		for _, code := range customer.Countries() {
			if region, err := language.ParseRegion(code); err == nil {
				v.countries[fold(names.Name(region))] = code
				v.countries[strings.ToLower(region.ISO3())] = code
			}
		}
	}
	for word, code := range countryWords {
		v.countries[word] = code
	}
	for _, code := range customer.Countries() {
		v.countries[strings.ToLower(code)] = code
	}
	delete(v.countries, "")
	return v
})

// statusOf returns the status that a word means, and whether it means one.
func statusOf(word string) (customer.Status, bool) {
	status, known := words().statuses[fold(word)]
	return customer.Status(status), known
}

// languageOf returns the language of the mails that a word means, such as
// Nederlands or nl-BE.
func languageOf(word string) (string, bool) {
	first, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(word), "_", "-"), "-")
	code, known := words().languages[fold(first)]
	return code, known
}

// countryOf returns the country that a name or code means.
func countryOf(word string) (string, bool) {
	code, known := words().countries[fold(word)]
	return code, known
}

// particles begin a last name.
var particles = map[string]bool{
	"van": true, "von": true, "vom": true, "zu": true, "zum": true, "zur": true, "de": true, "den": true, "der": true, "del": true,
	"della": true, "des": true, "di": true, "da": true, "dos": true, "das": true, "du": true, "la": true, "le": true, "les": true,
	"ten": true, "ter": true, "te": true, "op": true, "'t": true, "in": true, "het": true, "al": true, "el": true, "bin": true, "ben": true, "mc": true,
	"st.": true,
}

// splitName cuts a name in one into first and last name: at a comma ("Berg, Jan
// van der"), before the first particle ("Jan van der Berg"), else before the
// last word.
func splitName(name string) (first, last string) {
	if after, before, found := cutComma(name); found {
		first, last = before, after
		parts := strings.Fields(before) // Berg, Jan van der
		for i := 1; i < len(parts); i++ {
			if allParticles(parts[i:]) {
				return strings.Join(parts[:i], " "), strings.Join(parts[i:], " ") + " " + last
			}
		}
		return first, last
	}
	parts := strings.Fields(name)
	at := len(parts) - 1
	for i := 1; i < len(parts)-1; i++ {
		if particles[strings.ToLower(parts[i])] {
			at = i
			break
		}
	}
	if at < 1 {
		return strings.Join(parts, " "), ""
	}
	return strings.Join(parts[:at], " "), strings.Join(parts[at:], " ")
}

func cutComma(name string) (before, after string, found bool) {
	before, after, found = strings.Cut(name, ",")
	before, after = strings.Join(strings.Fields(before), " "), strings.Join(strings.Fields(after), " ")
	return before, after, found && before != "" && after != ""
}

func allParticles(parts []string) bool {
	for _, p := range parts {
		if !particles[strings.ToLower(p)] {
			return false
		}
	}
	return true
}
