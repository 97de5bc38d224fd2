package soak

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// beginning is when every history begins, in Unix milliseconds.
var beginning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).UnixMilli()

// history is one run: a Back Office, its desks and what the model knows.
type history struct {
	*rapid.T
	dir      string
	fresh    template
	children *pool
	live     bool // the desks' syncing runs by itself, so that nothing repeats exactly

	office *node
	desks  []*node
	step   int
	calls  int
	now    int64 // the true time
	latest int64 // that the Back Office's clock ever showed
	unique int   // makes values that occur once
	held   []heldRequest
	web    *http.Client // delivers them
	ids    []string     // of the customers, in the order of their making
	model  *model
	// supporters sit at these desks at the moment.
	supporters map[int]bool
	sweeps     bool // pushes and pulls are killed at each of their writes
	restores   bool // backups may be put back
	backups    []string
	restored   int // step in which the last one was; -1: none
	story      []string
	count      coverage
}

// node is a desk or the Back Office: its files, its clock, and its process
// while it has one.
type node struct {
	name    string
	n       int // of a desk, from 1; 0: the Back Office
	dir     string
	opening command
	p       *process // nil: it does not run
	skew    int64    // of its clock, in milliseconds
	offline bool
	dialogs map[string]dialog // opened before and still open, by customer
}

func runHistory(t *rapid.T, children *pool, fresh template, dir string) coverage {
	dir, err := os.MkdirTemp(dir, "history")
	if err != nil {
		t.Fatal(err)
	}
	h := &history{
		T: t, dir: dir, fresh: fresh, children: children, now: beginning, model: newModel(), count: coverage{"histories": 1}, supporters: map[int]bool{}, restored: -1,
		web: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute},
	}
	defer h.clean()
	h.begin()
	t.Repeat(map[string]func(*rapid.T){"step": func(t *rapid.T) {
		h.T = t
		h.next()
	}})
	h.T = t
	h.heal()
	h.settleProblems()
	h.lastRequests()
	h.check()
	return h.count
}

// Fatalf ends the history; one that does not repeat leaves its story behind.
func (h *history) Fatalf(format string, args ...any) {
	h.Helper()
	if h.live {
		fmt.Fprintf(os.Stderr, "a history with syncing by itself:\n%s\n"+format+"\n", append([]any{strings.Join(h.story, "\n")}, args...)...)
	}
	h.T.Fatalf(format, args...)
}

// Logf tells what happens.
func (h *history) Logf(format string, args ...any) {
	h.Helper()
	h.story = append(h.story, fmt.Sprintf(format, args...))
	h.T.Logf(format, args...)
}

// clean ends what is left and removes the files.
func (h *history) clean() {
	for _, n := range h.nodes() {
		if n.p != nil {
			n.p.kill()
		}
	}
	_ = os.RemoveAll(h.dir) // in the test's own folder
}

func (h *history) nodes() []*node { return append(slices.Clone(h.desks), h.office) }

func (h *history) draw(low, high int, what string) int {
	return low + uniform[high-low+1].Draw(h.T, what)
}

// uniform[n] draws from 0 to n-1, each as often: rapid's own ranges prefer
// small numbers. A failure shrinks to zero.
var uniform = func() (all [100]*rapid.Generator[int]) {
	bit := rapid.Bool()
	for n := range all {
		all[n] = rapid.Custom(func(t *rapid.T) (v int) {
			const bits = 10
			for range bits {
				v <<= 1
				if bit.Draw(t, "") {
					v++
				}
			}
			return v * n >> bits
		})
	}
	return all
}()

// oneIn is true once in n times; a failure shrinks to false.
func (h *history) oneIn(n int, what string) bool { return h.draw(1, n, what) == n }

// begin opens everything; some customers may be there from the start.
func (h *history) begin() {
	h.office = &node{name: "the Back Office", dir: filepath.Join(h.dir, "office")}
	desks, safe, login := h.draw(2, 3, "desks"), h.oneIn(4, "synchronous"), h.oneIn(40, "real sign-in")
	h.live = h.oneIn(25, "syncing by itself")
	if h.live {
		h.count["live histories"]++
	}
	h.sweeps = !h.live && h.oneIn(60, "kills at each write")
	h.restores = !h.live && h.oneIn(12, "backups")
	for i := range desks {
		name := "desk " + strconv.Itoa(i+1)
		h.desks = append(h.desks, &node{name: name, n: i + 1, dir: filepath.Join(h.dir, name), dialogs: map[string]dialog{}})
	}
	for _, n := range h.nodes() {
		n.opening = command{Do: "open desk", Desk: n.n, RealLogin: login, Live: h.live}
		put := h.fresh.desk
		if n == h.office {
			n.opening, put = command{Do: "open office"}, h.fresh.office
		} else {
			n.opening.PageSize = h.draw(0, 3, "page size of "+n.name)
		}
		n.opening.Dir, n.opening.Throwaway = n.dir, !safe
		if h.oneIn(20, "made from nothing") { // and perhaps killed in the middle of that
			put = func(string) error { return nil }
			h.open(n, h.draw(0, 63, "dies at write"))
		}
		if n.p == nil {
			if err := put(n.dir); err != nil {
				h.Fatal(err)
			}
			h.open(n, 0)
		}
	}
	first := h.draw(0, 3, "customers at first")
	for range first {
		h.add(h.desks[0])
	}
	if h.draw(0, 1, "taken by another partner") == 1 {
		h.sure(command{Do: "other partner adds", Fields: h.stranger()})
	}
	for _, d := range h.desks {
		if first > 0 && !h.live {
			h.sync(d)
		}
	}
}

// open starts a process for a node, if it has none. It may be killed at its
// dieAt-th write.
func (h *history) open(n *node, dieAt int) {
	if n.p != nil {
		return
	}
	p, err := h.children.take()
	if err != nil {
		h.Fatal(err)
	}
	n.p = p
	c := n.opening
	c.DieAt = dieAt
	r, alive := h.ask(n, c)
	if !alive {
		if _, err := os.Stat(filepath.Join(n.dir, "backoffice.db")); n == h.office && err != nil {
			return // it died before there was a file
		}
		h.open(n, 0)
		return
	}
	if r.Error != nil {
		h.Fatalf("%s does not open: %v", n.name, r.Error)
	}
	p.addr = r.Addr
}

// ask has a node carry out a command; alive is false when it died over it,
// which it may only do when it was told to.
func (h *history) ask(n *node, c command) (r reply, alive bool) {
	h.calls++
	c.Step, c.Call, c.Now = h.step, h.calls, h.now+n.skew
	if n == h.office {
		h.latest = max(h.latest, c.Now)
	}
	if n != h.office && h.office.p != nil && !n.offline {
		c.Server = h.office.p.addr
	}
	r, err := n.p.call(c)
	if err != nil {
		mayDie := c.DieAt > 0 || h.live && n == h.office || slices.Contains(c.Plan, diesBefore) || slices.Contains(c.Plan, diesAfter)
		if err != errDied || !mayDie {
			h.Fatalf("%s: %s: %v\n%s", n.name, c.Do, err, n.p.stderr)
		}
		h.Logf("%d: %s dies over %q", h.step, n.name, c.Do)
		h.died(n)
		if c.DieAt > 0 {
			h.count["killed writing"]++
		}
		return reply{}, false
	}
	if r.Fault != "" {
		h.Fatalf("%s: %s", n.name, r.Fault)
	}
	h.held = append(h.held, r.Held...)
	for f, times := range r.Faults {
		h.count[faultNames[f]] += times
	}
	return r, true
}

var faultNames = map[fault]string{
	requestLost: "requests lost", replyLost: "replies lost", replyCut: "replies cut short", twice: "delivered twice",
	late: "delivered late", errorBefore: "5xx", errorAfter: "5xx",
}

func (h *history) died(n *node) {
	n.p = nil
	clear(n.dialogs)
	if n == h.office {
		h.count["Back Offices killed"]++
	} else {
		h.count["desks killed"]++
	}
}

// arm tells the Back Office the time and how it will die; ping, at the end of a
// step, that it will not any more, and finds out whether it did.
func (h *history) arm(c command) {
	if h.office.p == nil {
		return
	}
	c.Do = "arm"
	if _, alive := h.ask(h.office, c); !alive && !h.live {
		h.Fatal("the Back Office died at once")
	}
}

func (h *history) ping(armed command) {
	if h.office.p == nil {
		return
	}
	if armed.DieAt == 0 && !armed.DieReplying || h.live {
		return
	}
	if _, err := h.office.p.call(command{Do: "ping", Step: h.step, Now: h.now + h.office.skew}); err != nil {
		h.Logf("%d: the Back Office died", h.step)
		h.died(h.office)
		if armed.DieAt > 0 {
			h.count["killed writing"]++
		}
	}
}

// deliver brings a request that was under way to the Back Office.
func (h *history) deliver(i int) {
	r := h.held[i]
	h.held = slices.Delete(h.held, i, i+1)
	hr, err := http.NewRequest(r.Method, "http://"+h.office.p.addr+r.Path, bytes.NewReader(r.Body))
	if err != nil {
		h.Fatal(err)
	}
	hr.Header = r.Header
	answer, err := h.web.Do(hr)
	if err != nil {
		return // it died over it
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	h.Logf("%d: %s %s arrives late: %d", h.step, r.Method, r.Path, answer.StatusCode)
}
