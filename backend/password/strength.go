package password

import (
	"strings"
	"unicode"
	"unicode/utf8"

	zxcvbn "github.com/ccojocar/zxcvbn-go"
	"github.com/ccojocar/zxcvbn-go/match"
	"github.com/ccojocar/zxcvbn-go/matching"
	"github.com/ccojocar/zxcvbn-go/scoring"
	"golang.org/x/text/unicode/norm"

	"partnerdesk/backend/customer"
)

// The length of a password, in characters (Unicode code points).
const (
	MinLength = 8
	MaxLength = 256
)

// acceptable is the least score with which a password is accepted.
const acceptable = 2

// Strength is how hard a password is to guess.
type Strength struct {
	Score      int    `json:"score"` // 0 to 4, as zxcvbn counts
	Title      string `json:"title"` // "Very weak" to "Strong"; empty for no password
	Hint       string `json:"hint"`  // one sentence on how to do better; empty when there is nothing to add
	Acceptable bool   `json:"acceptable"`
}

// Tips are the vendor's tips for a strong password, one sentence each.
func Tips() []string {
	return []string{
		"Use numbers.",
		"Use symbols, such as ! ? & or %.",
		"Mix capital and lower-case letters.",
		"Better still, use a phrase that only you know.",
	}
}

// Check returns nil when password may be chosen: 8 to 256 characters, all of
// which can be typed, and not easily guessed by someone who knows the known
// words (username, names, company). Otherwise the error is a *customer.Error
// for the field "password".
func Check(password string, known ...string) error {
	if err := checkForm(password); err != nil {
		return err
	}
	if s := measure(password, known); !s.Acceptable {
		return customer.FailField(customer.Invalid, "password", "This password is too easy to guess. "+s.Hint)
	}
	return nil
}

// Measure judges password as it is typed, given the words that are known about its owner.
func Measure(password string, known ...string) Strength {
	if password == "" {
		return Strength{Hint: "Use at least 8 characters."}
	}
	if err := checkForm(password); err != nil {
		return Strength{Title: title(0), Hint: err.Message}
	}
	return measure(password, known)
}

func checkForm(password string) *customer.Error {
	length := utf8.RuneCountInString(norm.NFC.String(password))
	switch {
	case password == "":
		return customer.FailField(customer.Required, "password", "Enter a password.")
	case len(password) > longestInput || length > MaxLength:
		return errTooLong()
	case length < MinLength:
		return customer.FailField(customer.Invalid, "password", "Use at least 8 characters.")
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return customer.FailField(customer.Invalid, "password", "This password holds a character that can't be typed. Type it again.")
	}
	return nil
}

func errTooLong() *customer.Error {
	return customer.FailField(customer.TooLong, "password", "A password has at most 256 characters.")
}

func title(score int) string {
	return [...]string{"Very weak", "Weak", "Fair", "Good", "Strong"}[score]
}

// measured is how many characters are judged: the time grows with the square,
// and 100 hard ones are strong whatever follows.
const measured = 100

func measure(password string, known []string) Strength {
	judged := firstRunes(norm.NFC.String(password), measured)
	found := zxcvbn.PasswordStrength(judged, words(known), func(m match.Matcher) bool {
		return matching.FilterL33tMatcher(m) && manySubstitutions(judged)
	})
	s := Strength{Score: found.Score, Title: title(found.Score), Acceptable: found.Score >= acceptable}
	if s.Score < 4 {
		s.Hint = hint(found, s.Acceptable)
	}
	return s
}

// manySubstitutions tells passwords that hold so many different signs that
// stand for letters that trying all their readings takes too long.
func manySubstitutions(password string) bool {
	different := 0
	for _, sign := range "48@({[<369&#!1|0$5+7%2/" {
		if strings.ContainsRune(password, sign) {
			different++
		}
	}
	return different > 5
}

// words splits what is known about the owner into what may turn up in a password.
func words(known []string) []string {
	seen := map[string]bool{}
	list := []string{}
	add := func(word string) {
		word = firstRunes(strings.ToLower(word), measured)
		if utf8.RuneCountInString(word) > 2 && !seen[word] && len(list) < 50 {
			seen[word] = true
			list = append(list, word)
		}
	}
	for _, k := range known {
		add(k)
		add(strings.ReplaceAll(k, " ", ""))
		for _, word := range strings.FieldsFunc(k, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
			add(word)
		}
	}
	return list
}

func hint(found scoring.MinEntropyMatch, enough bool) string {
	if enough {
		return "One more word makes it stronger."
	}
	widest := match.Match{I: 0, J: -1}
	for _, m := range found.MatchSequence {
		if m.DictionaryName == "user_inputs" {
			return "Leave out names, the company and the email address."
		}
		if m.Pattern != "bruteforce" && m.J-m.I > widest.J-widest.I {
			widest = m
		}
	}
	switch widest.Pattern {
	case "dictionary":
		return "This is close to a common word or password. Use a phrase of several words."
	case "spatial":
		return "Keys that lie next to each other are easy to guess. Use a phrase of several words."
	case "repeat", "sequence":
		return "Repeats and sequences such as aaa or 123 are easy to guess. Use a phrase of several words."
	case "date":
		return "Dates are easy to guess. Use a phrase of several words."
	}
	return "Make it longer: a phrase of several words works well."
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
