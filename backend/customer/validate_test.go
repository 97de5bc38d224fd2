package customer_test

import (
	"errors"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func valid() customer.Customer {
	return customer.Normalize(customer.Customer{
		ID: "01890a5d-ac96-774b-bcce-b302099a8057", Username: "anna@bikes.example",
		FirstName: "Anna", LastName: "de Vries", Company: "Bikes", Status: customer.PendingActivate,
	})
}

func TestUsername(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("a", n) }
	tests := []struct {
		name, username string
		want           customer.Code // empty: accepted
	}{
		{"plain", "anna@bikes.example", ""},
		{"plus", "anna+shop@bikes.example", ""},
		{"dots", "anna.de.vries@bikes.example", ""},
		{"apostrophe", "o'neil@bikes.example", ""},
		{"upper case", "Anna@Bikes.Example", ""},
		{"deep domain", "a@b.c.d.e.example", ""},
		{"digits", "1@2.example", ""},
		{"hyphen domain", "a@my-shop.example", ""},
		{"punycode", "a@xn--mller-kva.example", ""},
		{"longest local part", long(64) + "@bikes.example", ""},
		{"empty", "", customer.Required},
		{"no at", "anna", customer.Invalid},
		{"no local part", "@bikes.example", customer.Invalid},
		{"no domain", "anna@", customer.Invalid},
		{"no dot in domain", "anna@gmail", customer.Invalid},
		{"two ats", "anna@@bikes.example", customer.Invalid},
		{"two addresses", "a@b.example,c@d.example", customer.Invalid},
		{"two addresses, semicolon", "a@b.example;c@d.example", customer.Invalid},
		{"display name", "Anna <anna@bikes.example>", customer.Invalid},
		{"quoted", `"anna"@bikes.example`, customer.Invalid},
		{"inner space", "an na@bikes.example", customer.Invalid},
		{"space in domain", "anna@bi kes.example", customer.Invalid},
		{"leading dot", ".anna@bikes.example", customer.Invalid},
		{"trailing dot", "anna.@bikes.example", customer.Invalid},
		{"double dot", "an..na@bikes.example", customer.Invalid},
		{"domain double dot", "anna@bikes..example", customer.Invalid},
		{"domain leading dot", "anna@.example", customer.Invalid},
		{"domain trailing dot", "anna@bikes.example.", customer.Invalid},
		{"domain leading hyphen", "anna@-bikes.example", customer.Invalid},
		{"domain trailing hyphen", "anna@bikes-.example", customer.Invalid},
		{"underscore domain", "anna@bi_kes.example", customer.Invalid},
		{"address literal", "anna@[127.0.0.1]", customer.Invalid},
		{"comment", "anna(x)@bikes.example", customer.Invalid},
		{"accent", "müller@bikes.example", customer.Invalid},
		{"cyrillic look-alike", "аnna@bikes.example", customer.Invalid},
		{"emoji", "😀@bikes.example", customer.Invalid},
		{"NUL", "anna\x00@bikes.example", customer.Invalid},
		{"line break", "anna@bikes.example\nBcc: x@y.example", customer.Invalid},
		{"carriage return", "anna@bikes.example\r\n", customer.Invalid},
		{"tab", "an\tna@bikes.example", customer.Invalid},
		{"right-to-left override", "anna\u202e@bikes.example", customer.Invalid},
		{"zero width space", "anna\u200b@bikes.example", customer.Invalid},
		{"byte order mark", "\ufeffanna@bikes.example", customer.Invalid},
		{"invalid UTF-8", "anna\xff@bikes.example", customer.Invalid},
		{"local part of 65", long(65) + "@bikes.example", customer.Invalid},
		{"label of 64", "a@" + long(64) + ".example", customer.Invalid},
		{"255 characters", "a@" + strings.Repeat("a.", 122) + "example.ab", customer.TooLong},
		{"10 MB", long(10 << 20), customer.TooLong},
		{"backslash", `anna\@bikes.example`, customer.Invalid},
		{"slash domain", "anna@bikes.example/x", customer.Invalid},
		{"mailto", "mailto:anna@bikes.example", customer.Invalid},
		{"query", "anna@bikes.example?cc=x@y.example", customer.Invalid},
		{"percent", "anna%00@bikes.example", ""},
		{"html", "<b>@bikes.example", customer.Invalid},
		{"sql", "a'--@bikes.example", ""},
		{"colon", "a:b@bikes.example", customer.Invalid},
		{"port", "anna@bikes.example:25", customer.Invalid},
		{"only at", "@", customer.Invalid},
		{"only dots", "...@...", customer.Invalid},
		{"full-width at", "anna＠bikes.example", customer.Invalid},
	}
	if len(tests) < 60 {
		t.Errorf("%d addresses, want at least 60", len(tests))
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got customer.Code
			if err := customer.CheckUsername(test.username); err != nil {
				got = err.Code
				if err.Field != "username" || err.Message == "" {
					t.Errorf("error = %+v, want one on username with a sentence", err)
				}
			}
			if got != test.want {
				t.Errorf("code = %q, want %q", got, test.want)
			}
		})
	}
}

func TestValidateFields(t *testing.T) {
	t.Parallel()
	x := strings.Repeat
	tests := []struct {
		name string
		set  func(*customer.Customer)
		want string // field; empty: accepted
	}{
		{"as it is", func(*customer.Customer) {}, ""},
		{"emoji in a name", func(c *customer.Customer) { c.FirstName = "Zoë 🚲" }, ""},
		{"family emoji with joiners", func(c *customer.Customer) { c.Company = "👨‍👩‍👧 Shop" }, ""},
		{"right-to-left name", func(c *customer.Customer) { c.LastName = "אברהם" }, ""},
		{"Arabic name", func(c *customer.Customer) { c.LastName = "أحمد" }, ""},
		{"Chinese name", func(c *customer.Customer) { c.FirstName = "李小龍" }, ""},
		{"100 characters", func(c *customer.Customer) { c.Company = x("é", 100) }, ""},
		{"markup is text", func(c *customer.Customer) { c.Company = "<script>alert(1)</script>" }, ""},
		{"formula is text", func(c *customer.Customer) { c.Company = "=1+1" }, ""},
		{"no first name", func(c *customer.Customer) { c.FirstName = "" }, "first_name"},
		{"blank last name", func(c *customer.Customer) { c.LastName = " \t " }, "last_name"},
		{"no company", func(c *customer.Customer) { c.Company = "" }, "company"},
		{"101 characters", func(c *customer.Customer) { c.FirstName = x("é", 101) }, "first_name"},
		{"10 MB name", func(c *customer.Customer) { c.LastName = x("a", 10<<20) }, "last_name"},
		{"NUL in a name", func(c *customer.Customer) { c.FirstName = "An\x00na" }, "first_name"},
		{"line break in a name", func(c *customer.Customer) { c.Company = "A\nB" }, "company"},
		{"line separator in a name", func(c *customer.Customer) { c.Company = "A\u2028B" }, "company"},
		{"reversing mark in a name", func(c *customer.Customer) { c.Company = "A\u202eB" }, "company"},
		{"isolate mark in a name", func(c *customer.Customer) { c.Company = "A\u2066B" }, "company"},
		{"escape in a name", func(c *customer.Customer) { c.Company = "A\x1b[31mB" }, "company"},
		{"invalid UTF-8", func(c *customer.Customer) { c.Company = "A\xffB" }, "company"},
		{"phone as typed", func(c *customer.Customer) { c.Phone = "+31 (0)20 – 123 45 67 ext. 8" }, ""},
		{"phone of 51", func(c *customer.Customer) { c.Phone = x("1", 51) }, "phone"},
		{"https", func(c *customer.Customer) { c.Website = "https://bikes.example/shop?x=1#y" }, ""},
		{"http", func(c *customer.Customer) { c.Website = "http://bikes.example:8080" }, ""},
		{"website without scheme", func(c *customer.Customer) { c.Website = "www.bikes.example" }, ""},
		{"website in capitals", func(c *customer.Customer) { c.Website = "HTTPS://BIKES.EXAMPLE" }, ""},
		{"javascript", func(c *customer.Customer) { c.Website = "javascript:alert(1)" }, "website"},
		{"javascript as a host", func(c *customer.Customer) { c.Website = "javascript://a.example/%0aalert(1)" }, "website"},
		{"file", func(c *customer.Customer) { c.Website = "file:///etc/passwd" }, "website"},
		{"data", func(c *customer.Customer) { c.Website = "data:text/html,x" }, "website"},
		{"no host", func(c *customer.Customer) { c.Website = "https://" }, "website"},
		{"no host but a path", func(c *customer.Customer) { c.Website = "https:///shop" }, "website"},
		{"user in website", func(c *customer.Customer) { c.Website = "https://a:b@bikes.example" }, "website"},
		{"space in website", func(c *customer.Customer) { c.Website = "https://bikes example" }, "website"},
		{"word", func(c *customer.Customer) { c.Website = "bikes" }, "website"},
		{"quote in website", func(c *customer.Customer) { c.Website = `https://bikes.example/"onx=` }, "website"},
		{"website of 2001", func(c *customer.Customer) { c.Website = "https://bikes.example/" + x("a", 2000) }, "website"},
		{"NUL in website", func(c *customer.Customer) { c.Website = "https://bikes.example/\x00" }, "website"},
		{"ftp", func(c *customer.Customer) { c.Website = "ftp://bikes.example" }, "website"},
		{"street of 201", func(c *customer.Customer) { c.Street = x("a", 201) }, "street"},
		{"street with a line break", func(c *customer.Customer) { c.Street = "a\nb" }, "street"},
		{"postal code of 21", func(c *customer.Customer) { c.PostalCode = x("1", 21) }, "postal_code"},
		{"city of 101", func(c *customer.Customer) { c.City = x("a", 101) }, "city"},
		{"country", func(c *customer.Customer) { c.Country = "NL" }, ""},
		{"country in small letters", func(c *customer.Customer) { c.Country = "nl" }, ""},
		{"no such country", func(c *customer.Customer) { c.Country = "XX" }, "country"},
		{"country in full", func(c *customer.Customer) { c.Country = "Netherlands" }, "country"},
		{"two countries", func(c *customer.Customer) { c.Country = "NL BE" }, "country"},
		{"country NUL", func(c *customer.Customer) { c.Country = "N\x00" }, "country"},
		{"German", func(c *customer.Customer) { c.Language = "DE" }, ""},
		{"no such language", func(c *customer.Customer) { c.Language = "fr" }, "language"},
		{"language path", func(c *customer.Customer) { c.Language = "../en" }, "language"},
		{"no status", func(c *customer.Customer) { c.Status = "" }, "status"},
		{"no such status", func(c *customer.Customer) { c.Status = "deleted" }, "status"},
		{"status in its title", func(c *customer.Customer) { c.Status = "Activated" }, "status"},
		{"lock reason of 501", func(c *customer.Customer) { c.Status, c.LockReason = customer.Locked, x("a", 501) }, "lock_reason"},
		{"notes with lines", func(c *customer.Customer) { c.Notes = "one\n\ttwo\r\nthree" }, ""},
		{"notes with NUL", func(c *customer.Customer) { c.Notes = "one\x00" }, "notes"},
		{"notes of 10,001", func(c *customer.Customer) { c.Notes = x("a", 10_001) }, "notes"},
		{"tags", func(c *customer.Customer) { c.Tags = []string{"vip", "VIP", " ", "b2b"} }, ""},
		{"tag with comma", func(c *customer.Customer) { c.Tags = []string{"a,b"} }, "tags"},
		{"tag of 51", func(c *customer.Customer) { c.Tags = []string{x("a", 51)} }, "tags"},
		{"tag with NUL", func(c *customer.Customer) { c.Tags = []string{"a\x00"} }, "tags"},
		{"51 tags", func(c *customer.Customer) {
			for i := range 51 {
				c.Tags = append(c.Tags, x("a", i+1)[:min(i+1, 50)]+string(rune('A'+i%26)))
			}
		}, "tags"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := valid()
			test.set(&c)
			err := customer.Validate(customer.Normalize(c))
			var e *customer.Error
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (!errors.As(err, &e) || e.Field != test.want || e.Message == ""):
				t.Errorf("error = %v, want one on %s", err, test.want)
			}
		})
	}
}

func TestValidateNamesEveryWrongFieldOnce(t *testing.T) {
	t.Parallel()
	err := customer.Validate(customer.Normalize(customer.Customer{Status: "x"}))
	var e *customer.Error
	if !errors.As(err, &e) {
		t.Fatalf("error = %v, want *customer.Error", err)
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
	}
	if got, want := strings.Join(fields, " "), "username first_name last_name company status"; got != want {
		t.Errorf("fields = %s, want %s", got, want)
	}
}

func TestNormalize(t *testing.T) {
	t.Parallel()
	c := customer.Normalize(customer.Customer{
		Username: "  Anna@bikes.example ", FirstName: " Anna\n", Country: "nl", Website: "bikes.example",
		Status: customer.Activated, LockReason: "gone", Tags: []string{" vip", "VIP", "", "b2b "},
	})
	if c.Username != "Anna@bikes.example" || c.FirstName != "Anna" || c.Country != "NL" ||
		c.Website != "https://bikes.example" || c.Language != "en" || c.LockReason != "" {
		t.Errorf("normalized = %+v", c)
	}
	if strings.Join(c.Tags, "|") != "vip|b2b" {
		t.Errorf("tags = %q", c.Tags)
	}
	c.Status = customer.Locked
	c.LockReason = "unpaid"
	if customer.Normalize(c).LockReason != "unpaid" {
		t.Error("a lock reason is lost on a Locked account")
	}
}
