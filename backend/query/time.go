package query

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"partnerdesk/backend/customer"
)

// span is a stretch of local days: from is in it, to is not.
type span struct{ from, to time.Time }

// readTime reads a day, month or year, a range of them, or never. Said is false
// for what is too short to say anything.
func readTime(text string, now time.Time) (from, to customer.Time, said bool, err error) {
	typed := strings.TrimFunc(strings.ToLower(text), isSpace)
	if strings.HasPrefix("never", typed) {
		return 0, 1, true, nil
	}
	bad := wrong(fmt.Sprintf("“%s” is no day. Write 2026, 2026-10, 2026-10-05, 2026-01..2026-03, >2026-01, today, yesterday or never.", text))
	from, to = 1, math.MaxInt64
	for _, op := range []string{">=", "<=", ">", "<"} {
		day, ok := strings.CutPrefix(typed, op)
		if !ok {
			continue
		}
		if day == "" {
			return 0, 0, false, nil
		}
		s, ok := readSpan(day, now)
		if !ok {
			return 0, 0, false, bad
		}
		switch op {
		case ">=":
			from = at(s.from)
		case ">":
			from = at(s.to)
		case "<":
			to = at(s.from)
		case "<=":
			to = at(s.to)
		}
		return from, to, true, nil
	}
	first, last, isRange := strings.Cut(typed, "..")
	if !isRange {
		first = strings.TrimSuffix(first, ".") // the first of two dots
		last = first
	}
	if first == "" && last == "" {
		return 0, 0, false, nil
	}
	var a, b span
	var okA, okB bool
	if first != "" {
		if a, okA = readSpan(first, now); !okA {
			return 0, 0, false, bad
		}
		from = at(a.from)
	}
	if last != "" {
		if b, okB = readSpan(last, now); !okB {
			return 0, 0, false, bad
		}
		to = at(b.to)
	}
	if okA && okB && b.from.Before(a.from) { // the later one first
		from, to = at(b.from), at(a.to)
	}
	return from, to, true, nil
}

// at is a moment that is not never.
func at(t time.Time) customer.Time { return max(1, customer.Time(t.UnixMilli())) }

var dayPattern = regexp.MustCompile(`^(\d{1,4})(?:-(\d{0,2})(?:-(\d{0,2}))?)?$`)

// readSpan reads a day, month or year. The beginning of a number stands for all
// that go on so: 202 is the twenties.
func readSpan(text string, now time.Time) (span, bool) {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch {
	case strings.HasPrefix("today", text):
		return span{day, day.AddDate(0, 0, 1)}, true
	case strings.HasPrefix("yesterday", text):
		return span{day.AddDate(0, 0, -1), day}, true
	}
	m := dayPattern.FindStringSubmatch(text)
	if m == nil {
		return span{}, false
	}
	date := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, now.Location())
	}
	year, _ := strconv.Atoi(m[1])
	if len(m[1]) < 4 {
		scale := int(math.Pow10(4 - len(m[1])))
		return span{date(year*scale, 1, 1), date((year+1)*scale, 1, 1)}, m[2] == "" && !strings.Contains(text, "-")
	}
	month, _ := strconv.Atoi(m[2])
	switch {
	case m[2] == "":
		return span{date(year, 1, 1), date(year+1, 1, 1)}, !strings.HasSuffix(text, "--")
	case m[2] == "0":
		return span{date(year, 1, 1), date(year, 10, 1)}, m[3] == "" && !strings.HasSuffix(text, "-")
	case month < 1 || month > 12:
		return span{}, false
	}
	d, _ := strconv.Atoi(m[3])
	switch {
	case m[3] == "":
		return span{date(year, month, 1), date(year, month+1, 1)}, true
	case m[3] == "0":
		return span{date(year, month, 1), date(year, month, 10)}, true
	case d < 1 || date(year, month, d).Day() != d:
		return span{}, false
	}
	return span{date(year, month, d), date(year, month, d+1)}, true
}
