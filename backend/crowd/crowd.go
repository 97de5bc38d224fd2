// Package crowd makes up customers for tests and benchmarks: believable people
// and shops in several scripts, as many as are asked for, the same for the same
// seed. It is in no program. Unlike package sample it invents no histories.
package crowd

import (
	"encoding/hex"
	"iter"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"partnerdesk/backend/customer"
)

// End is when the youngest customer was made.
func End() time.Time { return time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC) }

// Customers yields n customers as a Back Office would tell of them, the first
// the same whatever n is. Ids and usernames are unique.
func Customers(seed uint64, n int) iter.Seq[customer.Customer] {
	return func(yield func(customer.Customer) bool) {
		m := &maker{stock: newStock(), r: rand.New(rand.NewPCG(seed, 5)), places: places(), used: map[uint64]bool{}}
		for _, p := range m.places {
			m.weight += p.weight
		}
		for i := range n {
			if !yield(m.next(i)) {
				return
			}
		}
	}
}

// Slice is Customers as a slice.
func Slice(seed uint64, n int) []customer.Customer {
	all := make([]customer.Customer, 0, n)
	for c := range Customers(seed, n) {
		all = append(all, c)
	}
	return all
}

type maker struct {
	stock
	r      *rand.Rand
	places []place
	weight int
	used   map[uint64]bool // hashes of usernames
}

func (m *maker) chance(percent int) bool { return m.r.IntN(100) < percent }

func (m *maker) pick(from []string) string { return from[m.r.IntN(len(from))] }

// few picks the first far more often than the last.
func (m *maker) few(from []string) string {
	u := m.r.Float64()
	return from[int(u*u*u*float64(len(from)))]
}

func (m *maker) next(i int) customer.Customer {
	p := m.place()
	first, firstLatin := script(m.few(p.first))
	last, lastLatin := m.last(p)
	city := m.few(p.cities)
	company := m.pick(p.company)
	if m.chance(45) {
		company = m.brand()
	}
	for what, with := range map[string]string{"{last}": lastLatin, "{first}": firstLatin, "{city}": city} {
		company = strings.ReplaceAll(company, what, with)
	}
	c := customer.Customer{
		FirstName: first, LastName: last, Company: company, City: city, Country: p.country, Language: p.language,
		Username: m.username(i, firstLatin, lastLatin, company), Tags: []string{}, Street: m.pick(p.streets) + " " + strconv.Itoa(1+m.r.IntN(180)),
	}
	if m.chance(80) {
		c.Phone = m.digits(p.phone)
	}
	if m.chance(50) {
		for range 1 + m.r.IntN(3) {
			c.Tags = append(c.Tags, m.few(m.tags))
		}
	}
	if m.chance(25) {
		c.Notes = m.note(firstLatin, city)
	}
	m.facts(&c, i)
	return c
}

// facts are what the Back Office knows.
func (m *maker) facts(c *customer.Customer, i int) {
	u := m.r.Float64()
	age := time.Duration(u * u * float64(3*365*24*time.Hour))
	made := End().Add(-age)
	c.ID, c.CreatedAt, c.Revision = m.id(made), customer.At(made), int64(i+1)
	roll := m.r.IntN(100)
	c.Status, c.HasPassword = customer.Activated, true
	if roll < 22 {
		c.Status, c.HasPassword = customer.PendingActivate, false
		c.MailKind, c.MailState, c.MailAt = customer.MailActivation, customer.MailSent, c.CreatedAt
		c.LinkExpiresAt = customer.At(made.Add(7 * 24 * time.Hour))
		return
	}
	c.ActivatedAt = customer.At(made.Add(min(age, time.Duration(m.r.Int64N(int64(72*time.Hour))))))
	if m.chance(85) {
		c.LastLoginAt = customer.At(End().Add(-time.Duration(m.r.Float64() * float64(age))))
	}
	if roll >= 90 {
		c.Status, c.LockReason = customer.Locked, m.pick(m.reasons)
	}
}

func (m *maker) id(made time.Time) string {
	var b [16]byte
	for i := range b {
		b[i] = byte(m.r.Uint32())
	}
	for i, ms := 0, made.UnixMilli(); i < 6; i++ {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// username is an address at a mail host or at the shop's own domain; one that
// is taken gets a number, as people do.
func (m *maker) username(i int, first, last, company string) string {
	first, last = m.slug(first), m.slug(last)
	local := m.pick([]string{first, first + "." + last, first[:1] + last, last, "info", "info", "hello", "shop", "office"})
	domain := m.slug(company)
	if m.chance(35) {
		local, domain = first+"."+last, m.few(m.hosts)
	}
	for try := 0; ; try++ {
		name := local + "@" + domain + ".example"
		switch {
		case try == 0:
		case len(domain) < 9 || try > 2:
			name = local + strconv.Itoa(i%10000+try*7) + "@" + domain + ".example"
		default:
			name = local + "@" + domain + "-" + strconv.Itoa(1+m.r.IntN(9999)) + ".example"
		}
		if h := sum(name); !m.used[h] {
			m.used[h] = true
			return name
		}
	}
}

// sum is FNV-1a, which is the same in every run.
func sum(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// last is a family name: one of the place's, or one put together of its parts,
// so that there are as many as there are in a country.
func (m *maker) last(p place) (native, latin string) {
	if len(p.begins) == 0 || m.chance(60) {
		return script(m.few(p.last))
	}
	name := m.pick(p.begins)
	if m.chance(30) {
		name += strings.ToLower(m.pick(p.begins))
	}
	name += m.pick(p.ends)
	return name, name
}

func (m *maker) place() place {
	n := m.r.IntN(m.weight)
	for _, p := range m.places {
		if n -= p.weight; n < 0 {
			return p
		}
	}
	return m.places[0]
}

// digits fills # with digits.
func (m *maker) digits(pattern string) string {
	return strings.Map(func(c rune) rune {
		if c == '#' {
			return rune('0' + m.r.IntN(10))
		}
		return c
	}, pattern)
}

// brand is an invented name, of which there are as many as shops.
func (m *maker) brand() string {
	name := ""
	for range 2 + m.r.IntN(2) {
		name += m.pick(m.syllables)
	}
	return strings.ToUpper(name[:1]) + name[1:] + m.pick(m.lines)
}

// script splits "native=latin"; a Latin name stands for itself.
func script(name string) (native, latin string) {
	native, latin, other := strings.Cut(name, "=")
	if !other {
		return name, name
	}
	return native, latin
}
