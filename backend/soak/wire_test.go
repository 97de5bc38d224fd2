package soak

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// A fault is what happens to one request of a desk.
type fault string

const (
	fine        fault = ""
	requestLost fault = "request lost"
	replyLost   fault = "reply lost"
	replyCut    fault = "reply cut short"
	twice       fault = "delivered twice"
	late        fault = "delivered late"
	errorBefore fault = "5xx before"
	errorAfter  fault = "5xx after"
	diesBefore  fault = "desk dies sending"
	diesAfter   fault = "desk dies answered"
)

// wire is the network between a desk and its Back Office.
type wire struct {
	base http.Transport

	mu       sync.Mutex
	server   string // host:port; empty: nobody listens
	pageSize int
	plan     []fault // of the next requests; fine when it has run out
	held     []heldRequest
	happened map[fault]int
	errors   int  // answered so far; the kinds take turns
	live     bool // requests come at any time: a plan stays until it is used up
}

var (
	errNetwork = errors.New("the network is broken here")
	errNobody  = errors.New("connection refused")
)

// expect plans the faults of the next requests.
func (w *wire) expect(c command) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.server != c.Server {
		w.base.CloseIdleConnections()
	}
	w.server = c.Server
	switch {
	case c.Do == "mend":
		w.plan = nil
		return
	case w.live:
		w.plan = append(w.plan, c.Plan...)
		return
	}
	w.plan, w.held, w.happened = c.Plan, nil, map[fault]int{}
}

func (w *wire) report(r *reply) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r.Held, r.Faults = w.held, w.happened
	w.held, w.happened = nil, map[fault]int{}
}

// next is what happens to a request, and where it goes. Those that only read
// are no use twice or late; that waits for one that does something.
func (w *wire) next(method string) (f fault, server string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.server == "" {
		return fine, ""
	}
	if len(w.plan) > 0 && (method != http.MethodGet || w.plan[0] != late && w.plan[0] != twice) {
		f, w.plan = w.plan[0], w.plan[1:]
	}
	if f != fine {
		w.happened[f]++
	}
	return f, w.server
}

// RoundTrip delivers a request, or does what was planned for it.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close() // it was read
	}
	f, server := w.next(r.Method)
	if server == "" {
		return nil, errNobody
	}
	send := func() (*http.Response, error) { return w.send(r, body, server) }
	switch f {
	case requestLost:
		return nil, errNetwork
	case late:
		w.hold(r, body)
		return nil, errNetwork
	case errorBefore:
		return w.serverError(r), nil
	case diesBefore:
		die()
	}
	answer, err := send()
	if err != nil {
		return nil, err
	}
	switch f {
	case replyLost:
		return nil, errNetwork
	case replyCut:
		return cutShort(answer), nil
	case twice:
		return send()
	case errorAfter:
		return w.serverError(r), nil
	case diesAfter:
		die()
	}
	return answer, nil
}

// send delivers a request and reads the whole answer.
func (w *wire) send(r *http.Request, body []byte, server string) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.URL.Host, out.Host = server, server
	out.Body, out.GetBody = io.NopCloser(bytes.NewReader(body)), nil
	if w.pageSize > 0 && strings.HasSuffix(out.URL.Path, "/changes") {
		q := out.URL.Query()
		q.Set("limit", strconv.Itoa(w.pageSize))
		out.URL.RawQuery = q.Encode()
	}
	answer, err := w.base.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(text))
	return answer, nil
}

func (w *wire) hold(r *http.Request, body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = append(w.held, heldRequest{r.Method, r.URL.RequestURI(), r.Header, body})
}

// wireTrouble is what the wire says in the place of a Back Office.
const wireTrouble = "Something went wrong on the wire."

// serverError is what a Back Office in trouble or a proxy before it answers.
func (w *wire) serverError(r *http.Request) *http.Response {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.errors++
	status, kind, body := http.StatusBadGateway, "text/html", "<h1>Bad Gateway</h1>"
	switch w.errors % 4 {
	case 1:
		status, kind = http.StatusInternalServerError, "application/problem+json"
		body = `{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"` + wireTrouble + `","code":"internal"}`
	case 2:
		status, kind = http.StatusServiceUnavailable, "application/problem+json"
		body = `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"` + wireTrouble + `","code":"storage"}`
	case 3:
		status, body = http.StatusGatewayTimeout, ""
	}
	return &http.Response{
		StatusCode: status, Status: strconv.Itoa(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)),
	}
}

// cutShort ends an answer in the middle.
func cutShort(answer *http.Response) *http.Response {
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		text = nil
	}
	answer.Body = io.NopCloser(io.MultiReader(bytes.NewReader(text[:len(text)/2]), brokenReader{}))
	return answer
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
