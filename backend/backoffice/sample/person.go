package sample

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"partnerdesk/backend/customer"
)

// people invents customers, each username once.
type people struct {
	r      *rand.Rand
	places []place
	used   map[string]bool
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// next invents one customer; the status is left open.
func (p *people) next() customer.Fields {
	at := p.place()
	for try := 0; ; try++ {
		first, firstLatin := script(pick(p.r, list(at.first)))
		last, lastLatin := script(pick(p.r, list(at.last)))
		city := pick(p.r, list(at.cities))
		company := strings.NewReplacer("{first}", firstLatin, "{last}", lastLatin, "{city}", city).Replace(pick(p.r, list(at.company)))
		if try > 20 {
			company += " " + strconv.Itoa(try)
		}
		domain := slug(company) + ".example"
		name := pick(p.r, []string{slug(firstLatin), slug(firstLatin) + "." + slug(lastLatin), "info", "hello", "shop", slug(firstLatin)})
		username := name + "@" + domain
		if p.used[domain] {
			continue
		}
		p.used[domain] = true
		f := customer.Fields{Username: &username, FirstName: &first, LastName: &last, Company: &company,
			City: &city, Country: &at.country, Language: &at.language}
		p.details(&f, at, domain)
		return f
	}
}

// details adds what not every customer gives.
func (p *people) details(f *customer.Fields, at place, domain string) {
	if p.chance(80) {
		phone := p.form(at.phone)
		f.Phone = &phone
	}
	if p.chance(70) {
		website := pick(p.r, []string{"https://", "https://www."}) + domain
		f.Website = &website
	}
	if p.chance(75) {
		street, number := pick(p.r, list(at.streets)), strconv.Itoa(1+p.r.IntN(180))
		if at.streetNumberBefore {
			street = number + " " + street
		} else {
			street += " " + number
		}
		postal := p.form(at.postal)
		f.Street, f.PostalCode = &street, &postal
	}
	if p.chance(55) {
		some := []string{}
		for range 1 + p.r.IntN(3) {
			some = append(some, pick(p.r, tags()))
		}
		f.Tags = &some
	}
	if p.chance(25) {
		note := pick(p.r, notes())
		f.Notes = &note
	}
}

func (p *people) chance(percent int) bool { return p.r.IntN(100) < percent }

func (p *people) place() place {
	total := 0
	for _, at := range p.places {
		total += at.weight
	}
	n := p.r.IntN(total)
	for _, at := range p.places {
		if n -= at.weight; n < 0 {
			return at
		}
	}
	return p.places[0]
}

// form fills # with digits and ? with capital letters.
func (p *people) form(pattern string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case '#':
			return rune('1' + p.r.IntN(9))
		case '?':
			return rune("ABCDEFGHJKLMNPRSTUVWXYZ"[p.r.IntN(23)])
		}
		return c
	}, pattern)
}

// script splits "native=latin"; a Latin name stands for itself.
func script(name string) (native, latin string) {
	native, latin, other := strings.Cut(name, "=")
	if !other {
		return name, name
	}
	return native, latin
}

// slug is a name as it stands in an address: plain small letters and digits.
func slug(s string) string {
	s = strings.NewReplacer("ß", "ss", "ł", "l", "Ł", "l", "ø", "o", "Ø", "o", "æ", "ae", "Æ", "ae", "ı", "i", "ä", "ae",
		"ö", "oe", "ü", "ue", "&", "and", "å", "a", "Å", "a").Replace(s)
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case unicode.IsSpace(c) && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
