package browser

import (
	"context"
	"strings"
	"unicode/utf8"

	"partnerdesk/backend/customer"
)

// OpenMail opens a new message in the user's mail program (RFC 6068). A body
// that makes the link longer than the system takes is an error with code
// TooLong, so that nothing is cut off; a wrong address has code Invalid.
func (o *Opener) OpenMail(ctx context.Context, to, subject, body string) error {
	link, err := mailto(to, subject, body)
	if err != nil {
		return err
	}
	return o.start(ctx, link, "No mail program could be opened. Choose a default mail program in this computer's settings, then try again.")
}

func mailto(to, subject, body string) (string, error) {
	if bad := customer.CheckUsername(to); bad != nil {
		return "", customer.FailField(customer.Invalid, "to", "The recipient is not a complete email address.")
	}
	subject = strings.Join(strings.FieldsFunc(subject, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	body = strings.ReplaceAll(body, "\x00", "")
	link := "mailto:" + encode(to, "@") + "?subject=" + encode(subject, "") + "&body=" + encode(strings.ReplaceAll(body, "\n", "\r\n"), "")
	if len(link) > longestMailto {
		return "", customer.FailField(customer.TooLong, "body", "This message is too long to hand to a mail program. Copy its text instead.")
	}
	return link, nil
}

// encode percent-encodes everything but letters, digits, "-._~" and the signs in keep.
func encode(s, keep string) string {
	const hex = "0123456789ABCDEF"
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~"+keep, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
