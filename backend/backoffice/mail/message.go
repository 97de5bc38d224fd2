package mail

import (
	"bytes"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"partnerdesk/backend/customer"
)

// Address is a mail address with an optional name in any script.
type Address struct{ Name, Address string }

// Message is a mail ready to go.
type Message struct {
	ID      string // the mail's id; the Message-ID is made from it, so that a second try is known as the same mail
	From    Address
	ReplyTo Address // none when its Address is empty
	To      Address
	Content Content
	Date    time.Time
	// Link is kept in the header of a saved file, for Files.Read; MIME leaves it out.
	Link string
}

const linkHeader = "X-Partner-Desk-Link"

// idForm is what an id may be: it becomes a file's name and part of a header.
var idForm = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

// MIME returns the mail as multipart/alternative with text and HTML. Names and
// subject are encoded as RFC 2047 says, and nothing in them can start a new
// header. It fails for an id or address that has no valid form.
func (m Message) MIME() ([]byte, error) { return m.mime(false) }

func (m Message) mime(withLink bool) ([]byte, error) {
	if !idForm.MatchString(m.ID) {
		return nil, fmt.Errorf("build a mail: %q is not an id", m.ID)
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from, err := m.From.header()
	if err != nil {
		return nil, fmt.Errorf("build a mail: sender: %w", err)
	}
	to, err := m.To.header()
	if err != nil {
		return nil, fmt.Errorf("build a mail: recipient: %w", err)
	}
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	if m.ReplyTo.Address != "" {
		reply, err := m.ReplyTo.header()
		if err != nil {
			return nil, fmt.Errorf("build a mail: reply address: %w", err)
		}
		msg.ReplyToMailAddress(reply)
	}
	msg.Subject(oneLine(m.Content.Subject))
	msg.SetDateWithValue(m.Date.UTC())
	msg.SetMessageIDWithValue(m.ID + "@" + domain(from.Address))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	if withLink && m.Link != "" && !strings.ContainsFunc(m.Link, unprintable) {
		msg.SetGenHeader(linkHeader, m.Link)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Content.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.Content.HTML)
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("build a mail: %w", err)
	}
	return b.Bytes(), nil
}

// maxHeaderName bounds a name in a header, in characters.
const maxHeaderName = 250

func (a Address) header() (*netmail.Address, error) {
	if bad := customer.CheckUsername(a.Address); bad != nil {
		return nil, bad
	}
	name := []rune(oneLine(a.Name))
	return &netmail.Address{Name: string(name[:min(len(name), maxHeaderName)]), Address: a.Address}, nil
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
