package browser

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"partnerdesk/backend/customer"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	allowed := []string{"https://backoffice.example", "http://127.0.0.1:7360", "http://[::1]:7360", "https://other.example:8443/path", "http://backoffice.example", "file:///etc", "%zz"}
	for link, want := range map[string]bool{
		"https://backoffice.example/c/1/":                                true,
		"https://backoffice.example:443/x#ticket=aB3_-":                  true,
		"HTTPS://BackOffice.example/x":                                   true,
		"http://127.0.0.1:7360/enter#0123456789abcdefABCDEF_-":           true,
		"http://[::1]:7360/":                                             true,
		"https://other.example:8443/":                                    true,
		"":                                                               false,
		"backoffice.example":                                             false,
		"//backoffice.example/":                                          false,
		"http://backoffice.example/":                                     false, // allowed by mistake, but not loopback
		"https://backoffice.example.evil.example/":                       false,
		"https://evil.example/https://backoffice.example":                false,
		"https://backoffice.example:444/":                                false,
		"https://backoffice.example@evil.example/":                       false,
		"https://user:secret@backoffice.example/":                        false,
		"https://backoffice.example\\@evil.example/":                     false,
		"http://127.0.0.1:7361/":                                         false,
		"http://127.0.0.1/":                                              false,
		"https://127.0.0.1:7360/":                                        false,
		"http://localhost:7360/":                                         false,
		"http://0x7f000001:7360/":                                        false,
		"file:///etc/passwd":                                             false,
		"javascript:alert(1)":                                            false,
		"data:text/html,x":                                               false,
		"mailto:a@b.example":                                             false,
		"ms-msdt:/id":                                                    false,
		"-flag":                                                          false,
		"--url=https://backoffice.example/":                              false,
		" https://backoffice.example/":                                   false,
		"https://backoffice.example/ -flag":                              false,
		"https://backoffice.example/\n":                                  false,
		"https://backoffice.example/\r\nx":                               false,
		"https://backoffice.example/\x00":                                false,
		"https://backoffice.example/\x1b[2J":                             false,
		"https://backoffice.example/\"&calc":                             false,
		"https://backoffice.example/`id`":                                false,
		"https://backoffice.example/\u202egnp.exe":                       false,
		"https://b\u0430ckoffice.example/":                               false, // a Cyrillic letter
		"https:backoffice.example":                                       false,
		"https:///x":                                                     false,
		"https://backoffice.example/" + strings.Repeat("x", 9000):        false,
		"https://backoffice.example/%zz":                                 false,
		"https://" + strings.Repeat("x", 10<<20) + ".backoffice.example": false,
	} {
		got, err := check(link, allowed)
		if (err == nil) != want || (want && !strings.EqualFold(got, link)) {
			t.Errorf("check(%.60q) = %q, %v; want allowed %v", link, got, err, want)
		}
		if !want && customer.CodeOf(err) != customer.Forbidden {
			t.Errorf("check(%.60q): %v", link, err)
		}
	}
	if _, err := check("https://backoffice.example/", nil); err == nil {
		t.Error("allowed where nothing is")
	}
}

func TestMailto(t *testing.T) {
	t.Parallel()
	subject, body := "Zoë & 李小龍? 100% = +1 #x", "Dear \"Zoë\",\nأحمد 🙂\r\n<a>&cc=evil@x.example\r\rend"
	link, err := mailto("o'zoe+tag@blumen.example", subject, body)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(link, " \"'<>\\^`{}\r\n+") || strings.Count(link, "&") != 1 || strings.Count(link, "=") != 2 {
		t.Errorf("link %s", link)
	}
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.PathUnescape(u.Opaque)
	if err != nil || to != "o'zoe+tag@blumen.example" || u.Query().Get("subject") != subject ||
		u.Query().Get("body") != "Dear \"Zoë\",\r\nأحمد 🙂\r\n<a>&cc=evil@x.example\r\n\r\nend" {
		t.Errorf("read as %q %q", to, u.Query())
	}
	if link, err := mailto("a@x.example", "Hi\r\nBcc: evil@x.example\x00", "\xff\x00"); err != nil ||
		!strings.HasPrefix(link, "mailto:a@x.example?subject=Hi%20Bcc%3A%20evil%40x.example&body=") || !utf8.ValidString(link) {
		t.Errorf("cleaned: %q, %v", link, err)
	}
}

func TestMailtoRefuses(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"", "nobody", "a@x.example,b@x.example", "a@x.example?bcc=b@x.example", "a@x.example\r\nBcc: b", "-flag", "A <a@x.example>"} {
		if _, err := mailto(to, "s", "b"); customer.CodeOf(err) != customer.Invalid {
			t.Errorf("mailto(%q): %v", to, err)
		}
	}
	if _, err := mailto("a@x.example", "s", strings.Repeat("é", longestMailto)); customer.CodeOf(err) != customer.TooLong {
		t.Errorf("long body: %v", err)
	}
}
