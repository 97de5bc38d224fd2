package mail

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"
	"unicode"

	"partnerdesk/backend/customer"
)

// Letter is what a mail to a customer is about.
type Letter struct {
	Kind           customer.MailKind
	Language       string // en, nl or de; anything else is English
	ToName         string
	ToAddress      string
	PartnerName    string
	PartnerAddress string
	// Link is an absolute http or https address. Only MailUsernameChanged does without.
	Link string
	// LinkExpiresAt is told in UTC; zero: nothing is said about an end.
	LinkExpiresAt            time.Time
	OldUsername, NewUsername string // of MailUsernameChanged
}

// Content is a letter in words.
type Content struct{ Subject, Text, HTML string }

// words are a letter's sentences in one language.
type words struct {
	Language   string // BCP 47
	Subject    string
	Greeting   string
	Before     []string // paragraphs before the link
	Button     string   // the link's title; empty for a letter without a link
	Copy       string   // introduces the link as text
	Until      string   // when the link ends; may be empty
	Unexpected string   // what to do when the letter was not expected
	Regards    string
	Sender     string // the partner's name
	Footer     string // who had this sent
}

//go:embed letter.html
var pageText string

// page is parsed once, at start, so that a broken page can't ship.
var page = template.Must(template.New("letter").Parse(pageText))

// Compose writes a letter in its language. It fails for an unknown kind and
// for a link that is missing or not http(s).
func Compose(l Letter) (Content, error) {
	for _, s := range []*string{&l.ToName, &l.ToAddress, &l.PartnerName, &l.PartnerAddress, &l.OldUsername, &l.NewUsername} {
		*s = oneLine(*s)
	}
	if l.PartnerName == "" {
		l.PartnerName = l.PartnerAddress
	}
	write := english
	switch l.Language {
	case "nl":
		write = dutch
	case "de":
		write = german
	}
	w, known := write(l)
	if !known {
		return Content{}, fmt.Errorf("compose a mail: unknown kind %q", l.Kind)
	}
	if w.Button != "" || l.Link != "" {
		u, err := url.Parse(l.Link)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || strings.ContainsFunc(l.Link, unprintable) {
			return Content{}, fmt.Errorf("compose a mail: the link is not an http or https address")
		}
	}
	var html bytes.Buffer
	if err := page.Execute(&html, struct {
		words
		Link string
	}{w, l.Link}); err != nil {
		return Content{}, fmt.Errorf("write a letter: %w", err)
	}
	return Content{Subject: w.Subject, Text: w.text(l.Link), HTML: html.String()}, nil
}

func (w words) text(link string) string {
	parts := append([]string{w.Greeting}, w.Before...)
	if w.Button != "" {
		parts = append(parts, w.Button+":\n"+link)
	}
	for _, s := range []string{w.Until, w.Unexpected, w.Regards + "\n" + w.Sender, "-- \n" + w.Footer} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// oneLine makes text safe for a header and a sentence: valid UTF-8 on one line,
// without control characters and marks that reverse the reading order.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return ' '
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

func unprintable(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>\"\\", r) }

// greet joins a greeting and a name, or gives the greeting for nobody in particular.
func greet(named, name, nameless string) string {
	if name == "" {
		return nameless + ","
	}
	return named + " " + name + ","
}

// from is the partner by name and address.
func from(l Letter) string {
	if l.PartnerAddress == "" || l.PartnerAddress == l.PartnerName {
		return l.PartnerName
	}
	return l.PartnerName + " (" + l.PartnerAddress + ")"
}
