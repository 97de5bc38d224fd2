package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Bounds of a request body.
const (
	maxBody      = 64 << 10 // bytes, of all calls but those below
	maxMutations = 2 << 20  // bytes, of a batch of mutations
	maxMove      = 8 << 20  // bytes, of accounts that move in
	maxDepth     = 16
)

// readBody reads a whole JSON body of at most limit bytes and leaves it in r
// to be read again. It refuses what a parser could read in two ways: broken
// UTF-8, NUL, deep nesting, names given twice, and a second value behind the
// first.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) *api.Problem {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return problem(http.StatusRequestEntityTooLarge, customer.Fail(customer.TooLong, "The request is too large."))
	case err != nil:
		return badRequest("The request did not arrive whole.")
	case len(bytes.TrimSpace(body)) == 0:
		return badRequest("The request needs a body in JSON.")
	case !utf8.Valid(body):
		return badRequest("The request holds text that is not valid UTF-8.")
	}
	if p := checkJSON(body); p != nil {
		return p
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

func badRequest(message string) *api.Problem {
	return problem(http.StatusBadRequest, customer.Fail(customer.Invalid, message))
}

// level is one open object or list while a body is scanned.
type level struct {
	names map[string]bool // lower case, as Go's decoder compares them; nil for a list
	name  string          // the member being read
	index int
	value bool // an object's next token is a value
}

func checkJSON(body []byte) *api.Problem {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var open []*level
	for first := true; ; first = false {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(open) == 0 && !first {
			return nil
		}
		if err != nil || (len(open) == 0 && !first) {
			return badRequest("The request is not valid JSON.")
		}
		if text, ok := token.(string); ok && strings.ContainsRune(text, 0) {
			return problemOf(customer.FailField(customer.Invalid, path(open), "This holds a character that can't be shown. Type it again."))
		}
		if open, err = step(open, token); err != nil {
			return problemOf(err)
		}
		if n, ok := token.(json.Number); ok && !fits(n) {
			return problemOf(customer.FailField(customer.Invalid, path(open), "This number is too large."))
		}
	}
}

// fits reports that a whole number fits in 64 bits; the schema sees to the others.
func fits(n json.Number) bool {
	if strings.ContainsAny(string(n), ".eE") {
		return true
	}
	_, err := n.Int64()
	return err == nil
}

// step takes one token in.
func step(open []*level, token json.Token) ([]*level, error) {
	if end, ok := token.(json.Delim); ok && (end == '}' || end == ']') {
		return open[:len(open)-1], nil
	}
	if len(open) > 0 {
		top := open[len(open)-1]
		switch {
		case top.names == nil:
			top.index++
		case top.value:
			top.value = false
		default:
			top.name, _ = token.(string)
			key := strings.ToLower(top.name)
			if top.names[key] {
				return nil, customer.FailField(customer.Invalid, path(open), "This is given twice.")
			}
			top.names[key], top.value = true, true
			return open, nil
		}
	}
	start, ok := token.(json.Delim)
	if !ok {
		return open, nil
	}
	if len(open) == maxDepth {
		return nil, customer.Fail(customer.Invalid, "The request is nested too deeply.")
	}
	next := &level{index: -1}
	if start == '{' {
		next.names = map[string]bool{}
	}
	return append(open, next), nil
}

// path names the place that is being read: mutations[0].fields.notes.
func path(open []*level) string {
	var b strings.Builder
	for _, l := range open {
		switch {
		case l.names == nil:
			b.WriteString("[" + strconv.Itoa(max(l.index, 0)) + "]")
		case l.name != "":
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(strings.ReplaceAll(l.name, "\x00", ""))
		}
	}
	if b.Len() > 200 {
		return ""
	}
	return b.String()
}
