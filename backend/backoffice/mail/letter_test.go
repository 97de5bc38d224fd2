package mail

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

const testLink = "http://127.0.0.1:7360/activate#aB3_-x"

var (
	testEnd = time.Date(2026, time.November, 30, 14, 5, 0, 0, time.FixedZone("elsewhere", 2*3600))
	kinds   = []customer.MailKind{customer.MailActivation, customer.MailSetPassword, customer.MailResetPassword, customer.MailUsernameChanged}
)

func testLetter(kind customer.MailKind, language, name string) Letter {
	l := Letter{
		Kind: kind, Language: language, ToName: name, ToAddress: "zoe@blumen.example",
		PartnerName: "Studio Tulp & Zoon", PartnerAddress: "anna@tulp.example",
		Link: testLink, LinkExpiresAt: testEnd, OldUsername: "oud@blumen.example", NewUsername: "zoe@blumen.example",
	}
	if kind == customer.MailUsernameChanged {
		l.Link, l.LinkExpiresAt = "", time.Time{}
	}
	return l
}

func testMessage(c Content, name string) Message {
	return Message{
		ID: "0190b0c4-0000-7000-8000-000000000001", Content: c,
		From: Address{"Studio Tulp, Zoë", "anna@tulp.example"}, ReplyTo: Address{name, "reply@tulp.example"},
		To: Address{name, "zoe@blumen.example"}, Date: testEnd, Link: testLink,
	}
}

// parsed is a mail as a mail program reads it.
type parsed struct {
	header     netmail.Header
	subject    string
	text, html string
}

func parse(t *testing.T, raw []byte) parsed {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{header: m.Header}
	if p.subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q: %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for i, want := range []string{"text/plain; charset=UTF-8", "text/html; charset=UTF-8"} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if got := part.Header.Get("Content-Type"); got != want {
			t.Fatalf("part %d is %q", i, got)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			p.text = strings.ReplaceAll(string(body), "\r\n", "\n")
		} else {
			p.html = string(body)
		}
	}
	if _, err := parts.NextPart(); err != io.EOF {
		t.Fatalf("more parts: %v", err)
	}
	return p
}

func TestLettersAsMail(t *testing.T) {
	t.Parallel()
	names := map[string]string{ // as given, as read
		"Zoë Müller-Öztürk":                            "Zoë Müller-Öztürk",
		"李小龍":                                          "李小龍",
		"أحمد":                                         "أحمد",
		"Ann 🌷 O'Brien":                                "Ann 🌷 O'Brien",
		`Jan "de Koning" <x@evil.example>, Jr`:         `Jan "de Koning" <x@evil.example>, Jr`,
		"Eve\r\nBcc: all@evil.example\r\n\r\nHi":       "Eve Bcc: all@evil.example Hi",
		"Eve\u2028X\u202eY\x00Z":                       "Eve XY Z",
		"=?utf-8?q?=0D=0ABcc:_x@evil.example?=":        "=?utf-8?q?=0D=0ABcc:_x@evil.example?=",
		"<script>alert(1)</script>":                    "<script>alert(1)</script>",
		strings.Repeat("Ünäussprechlich ", 15) + "end": strings.Repeat("Ünäussprechlich ", 15) + "end",
		"": "",
	}
	for _, kind := range kinds {
		for _, language := range customer.Languages() {
			for given, name := range names {
				t.Run(fmt.Sprintf("%s %s %.12q", kind, language, given), func(t *testing.T) {
					t.Parallel()
					l := testLetter(kind, language, given)
					c, err := Compose(l)
					if err != nil {
						t.Fatal(err)
					}
					raw, err := testMessage(c, given).MIME()
					if err != nil {
						t.Fatal(err)
					}
					checkMail(t, parse(t, raw), raw, l, name)
				})
			}
		}
	}
}

func checkMail(t *testing.T, p parsed, raw []byte, l Letter, name string) {
	t.Helper()
	for _, line := range strings.Split(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line %.40q breaks the format", line)
		}
	}
	for _, header := range []string{"Bcc", "X-Partner-Desk-Link", "User-Agent"} {
		if p.header.Get(header) != "" {
			t.Errorf("has a header %s: %q", header, p.header.Get(header))
		}
	}
	for header, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "MIME-Version": "1.0",
		"Message-ID": "<0190b0c4-0000-7000-8000-000000000001@tulp.example>",
		"Date":       "Mon, 30 Nov 2026 12:05:00 +0000",
	} {
		if got := p.header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	to, err := p.header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "zoe@blumen.example" || to[0].Name != name {
		t.Errorf("To: %v, %v; want the name %q", to, err, name)
	}
	if from, err := p.header.AddressList("From"); err != nil || len(from) != 1 || from[0].Name != "Studio Tulp, Zoë" {
		t.Errorf("From: %v, %v", from, err)
	}
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace
	if !strings.Contains(p.text, name) || !strings.Contains(p.html, escaped(name)) || !strings.Contains(p.html, `lang="`+l.Language+`"`) {
		t.Errorf("the name or language is missing:\n%s", p.text)
	}
	if !strings.Contains(p.text, l.PartnerName) || !strings.Contains(p.text, l.PartnerAddress) {
		t.Errorf("the sender is missing:\n%s", p.text)
	}
	if l.Link != "" && (strings.Count(p.text, l.Link) != 1 || strings.Count(p.html, l.Link) != 3) {
		t.Errorf("the link is missing or not visible as text:\n%s", p.text)
	}
}

// TestLetterWords holds every letter against the committed text.
// UPDATE_GOLDEN=1 writes them anew.
func TestLetterWords(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		for _, language := range customer.Languages() {
			c, err := Compose(testLetter(kind, language, "Zoë Müller-Öztürk"))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", string(kind)+"."+language+".txt")
			got := "Subject: " + c.Subject + "\n\n" + c.Text
			if os.Getenv("UPDATE_GOLDEN") != "" {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs:\n%s", file, got)
			}
		}
	}
}

func TestComposeRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Letter){
		"unknown kind":    func(l *Letter) { l.Kind = "greeting" },
		"no link":         func(l *Letter) { l.Link = "" },
		"script link":     func(l *Letter) { l.Link = "javascript:alert(1)" },
		"relative link":   func(l *Letter) { l.Link = "/activate#x" },
		"link with break": func(l *Letter) { l.Link = "https://a.example/\r\nx" },
		"link with space": func(l *Letter) { l.Link = "https://a.example/ x" },
		"link with quote": func(l *Letter) { l.Link = `https://a.example/"x` },
	} {
		l := testLetter(customer.MailActivation, "en", "Zoë")
		spoil(&l)
		if _, err := Compose(l); err == nil {
			t.Errorf("%s: composed", name)
		}
	}
	c, err := Compose(testLetter(customer.MailActivation, "tlh", "Zoë"))
	if err != nil || !strings.HasPrefix(c.Text, "Dear Zoë,") {
		t.Errorf("an unknown language is not English: %v", err)
	}
}

func TestMIMERefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Message){
		"id that climbs":     func(m *Message) { m.ID = "../x" },
		"id with a break":    func(m *Message) { m.ID = "x\r\nBcc: y" },
		"no id":              func(m *Message) { m.ID = "" },
		"no recipient":       func(m *Message) { m.To.Address = "" },
		"two recipients":     func(m *Message) { m.To.Address = "a@x.example,b@x.example" },
		"injected recipient": func(m *Message) { m.To.Address = "a@x.example>\r\nBcc: <b@x.example" },
		"bad sender":         func(m *Message) { m.From.Address = "nobody" },
		"bad reply address":  func(m *Message) { m.ReplyTo.Address = "nobody" },
	} {
		m := testMessage(Content{"s", "t", "h"}, "Zoë")
		spoil(&m)
		if _, err := m.MIME(); err == nil {
			t.Errorf("%s: built", name)
		}
	}
	m := testMessage(Content{"Hi\r\nBcc: x@evil.example", "t", "h"}, "Zoë")
	raw, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	if p := parse(t, raw); p.subject != "Hi Bcc: x@evil.example" || p.header.Get("Bcc") != "" {
		t.Errorf("subject %q", p.subject)
	}
}
