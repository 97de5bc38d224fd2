package customer

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of the text fields, in characters (Unicode code points).
const (
	MaxUsername = 254 // RFC 5321, section 4.5.3.1.3 less the brackets
	MaxName     = 100
	MaxPhone    = 50
	MaxWebsite  = 2000
	MaxStreet   = 200
	MaxPostal   = 20
	MaxReason   = 500
	MaxNotes    = 10_000
	MaxTags     = 50
	MaxTag      = 50
)

// Languages lists the languages of the mails.
func Languages() []string { return []string{"en", "nl", "de"} }

// emailAddress is the HTML Living Standard's "valid e-mail address", with at
// least one dot in the domain.
var emailAddress = regexp.MustCompile(
	`^[a-zA-Z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?` +
		`(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$`)

// Normalize returns c as it is stored: text trimmed, the website with its
// scheme, the language given, tags trimmed and each once, and a lock reason
// only on a Locked account.
func Normalize(c Customer) Customer {
	for _, t := range textFields {
		v := t.of(&c)
		*v = strings.TrimSpace(*v)
	}
	c.Country = strings.ToUpper(c.Country)
	c.Language = strings.ToLower(c.Language)
	if c.Language == "" {
		c.Language = "en"
	}
	if c.Website != "" && !strings.Contains(c.Website, "://") && strings.Contains(c.Website, ".") &&
		!strings.Contains(c.Website, ":") {
		c.Website = "https://" + c.Website
	}
	if c.Status != Locked {
		c.LockReason = ""
	}
	tags := []string{}
	for _, tag := range c.Tags {
		tag = strings.TrimSpace(tag)
		same := func(have string) bool { return strings.EqualFold(have, tag) }
		if tag != "" && !slices.ContainsFunc(tags, same) {
			tags = append(tags, tag)
		}
	}
	c.Tags = tags
	return c
}

// Validate checks a normalized customer against every rule of a field, the
// same for the window, an import and the API. It returns an *Error that names
// each wrong field once, in the order of the form, or nil.
func Validate(c Customer) error {
	var wrong []Error
	for _, check := range []*Error{
		CheckUsername(c.Username),
		requiredLine("first_name", "First name", c.FirstName, MaxName),
		requiredLine("last_name", "Last name", c.LastName, MaxName),
		requiredLine("company", "Company", c.Company, MaxName),
		line("phone", c.Phone, MaxPhone),
		checkWebsite(c.Website),
		line("street", c.Street, MaxStreet),
		line("postal_code", c.PostalCode, MaxPostal),
		line("city", c.City, MaxName),
		checkCountry(c.Country),
		checkLanguage(c.Language),
		checkStatus(c.Status),
		line("lock_reason", c.LockReason, MaxReason),
		text("notes", c.Notes, MaxNotes, true),
		checkTags(c.Tags),
	} {
		if check != nil {
			wrong = append(wrong, *check)
		}
	}
	return FailFields(wrong)
}

// CheckUsername returns nil when s is one email address without a display
// name (RFC 5321 limits, HTML Living Standard syntax).
func CheckUsername(s string) *Error {
	fail := func(message string) *Error { return FailField(Invalid, "username", message) }
	at := strings.LastIndexByte(s, '@')
	switch {
	case s == "":
		return FailField(Required, "username", "Enter the customer's email address.")
	case len(s) > MaxUsername:
		return FailField(TooLong, "username", "An email address has at most 254 characters.")
	case !utf8.ValidString(s) || hidden(s, false):
		return fail("This address holds a character that can't be shown. Type it again.")
	case at < 0:
		return fail("The username must be an email address, such as name@example.com.")
	case strings.ContainsAny(s, "<>,; \t") || strings.Count(s, "@") > 1:
		return fail("Enter one email address only, without a name, such as name@example.com.")
	case at > 64:
		return fail("The part before the @ has at most 64 characters.")
	case !ascii(s):
		return fail("Use an address with plain letters only; accents don't work in every mail system.")
	case !emailAddress.MatchString(s) || strings.HasPrefix(s, ".") || strings.Contains(s, "..") || s[max(at-1, 0)] == '.':
		return fail("This is not a complete email address. It looks like name@example.com.")
	}
	return nil
}

// UsernameKey is the form in which usernames are compared: without regard to case.
func UsernameKey(username string) string { return strings.ToLower(strings.TrimSpace(username)) }

// CheckPersonName checks a required name of a person or a firm, trimmed, by
// the rules of the customer's names. Title names the field on screen.
func CheckPersonName(field, title, s string) *Error { return requiredLine(field, title, s, MaxName) }

func requiredLine(field, title, s string, limit int) *Error {
	if s == "" {
		return FailField(Required, field, title+" is required.")
	}
	return line(field, s, limit)
}

func line(field, s string, limit int) *Error { return text(field, s, limit, false) }

func text(field, s string, limit int, lines bool) *Error {
	switch {
	case !utf8.ValidString(s) || hidden(s, lines):
		return FailField(Invalid, field, "This holds a character that can't be shown. Type it again.")
	case utf8.RuneCountInString(s) > limit:
		return FailField(TooLong, field, "At most "+number(limit)+" characters fit here.")
	}
	return nil
}

func checkWebsite(s string) *Error {
	if s == "" {
		return nil
	}
	if err := line("website", s, MaxWebsite); err != nil {
		return err
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(s, " \t<>\"\\") {
		return FailField(Invalid, "website", "Enter a web address that starts with https:// or http://.")
	}
	return nil
}

func checkCountry(s string) *Error {
	if s != "" && !isCountry(s) {
		return FailField(Invalid, "country", "Choose a country from the list.")
	}
	return nil
}

func checkLanguage(s string) *Error {
	if !slices.Contains(Languages(), s) {
		return FailField(Invalid, "language", "Choose English, Dutch or German.")
	}
	return nil
}

func checkStatus(s Status) *Error {
	switch {
	case s == "":
		return FailField(Required, "status", "Choose a status.")
	case !s.Valid():
		return FailField(Invalid, "status", "Choose Pending Activate, Activated or Locked.")
	}
	return nil
}

func checkTags(tags []string) *Error {
	if len(tags) > MaxTags {
		return FailField(TooLong, "tags", "At most 50 tags fit on one customer.")
	}
	for _, tag := range tags {
		if strings.Contains(tag, ",") {
			return FailField(Invalid, "tags", "A tag can't hold a comma.")
		}
		if err := line("tags", tag, MaxTag); err != nil {
			return err
		}
	}
	return nil
}

// hidden reports control characters and the marks that reverse the reading
// order of text; line breaks and tabs are fine where lines are.
func hidden(s string, lines bool) bool {
	for _, r := range s {
		switch {
		case lines && (r == '\n' || r == '\r' || r == '\t'):
		case unicode.IsControl(r),
			r == '\u2028' || r == '\u2029',
			r >= '\u202a' && r <= '\u202e',
			r >= '\u2066' && r <= '\u2069',
			r == '\ufeff':
			return true
		}
	}
	return false
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func joinTags(tags []string) string { return strings.Join(tags, ", ") }

// number writes n with a comma between the thousands.
func number(n int) string {
	digits := []byte{}
	for i := 0; n > 0; i, n = i+1, n/10 {
		if i > 0 && i%3 == 0 {
			digits = append(digits, ',')
		}
		digits = append(digits, byte('0'+n%10))
	}
	slices.Reverse(digits)
	return string(digits)
}
