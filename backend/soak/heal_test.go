package soak

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// heal ends all trouble: everything runs and is online, some of what is still
// under way arrives, and the desks catch up.
func (h *history) heal() {
	h.step++
	h.now += 3 * 60 * 60_000 // no bound on calls or mails is in the way
	h.office.skew = max(h.office.skew, h.latest-h.now)
	h.Logf("%d: everything heals", h.step)
	h.arm(command{}) // it may turn out to be dead
	for _, n := range append([]*node{h.office}, h.desks...) {
		n.offline = false
		h.open(n, 0)
	}
	h.arm(command{})
	for n := 2; n <= len(h.desks); n++ {
		if h.supporters[n] || h.restored >= 0 { // then nobody knows
			h.sure(command{Do: "role", Nth: n, Role: "manager"})
		}
	}
	if h.live {
		h.comeToRest()
	}
	for _, d := range h.desks {
		r, _ := h.ask(d, command{Do: "open dialog"})
		h.model.sent(d, r.Outbox)
	}
	for len(h.held) > 0 && h.draw(0, 1, "arrives before") == 1 {
		h.deliver(h.draw(0, 3, "late request") % len(h.held))
	}
	h.quiet()
}

// lastRequests brings what is still under way: it must change nothing that was
// settled since.
func (h *history) lastRequests() {
	h.step++
	h.now += 20_000
	h.arm(command{})
	for len(h.held) > 0 {
		h.deliver(0)
	}
	h.sure(command{Do: "mails go out"})
	h.quiet()
}

// sure has something happen at the Back Office that can't fail.
func (h *history) sure(c command) reply {
	r, _ := h.ask(h.office, c)
	if r.Error != nil {
		h.Fatalf("%s: %v", c.Do, r.Error)
	}
	return r
}

// quiet lets the desks pull and push until nothing moves any more.
func (h *history) quiet() {
	const most = 10
	h.arm(command{})
	for range most {
		moved := false
		for _, d := range h.desks {
			for _, do := range []string{"pull", "push"} {
				r, _ := h.ask(d, command{Do: do})
				h.fair(r, false)
				moved = moved || r.Error != nil || r.Sent > 0
				if do == "push" {
					h.model.sent(d, r.Outbox)
				}
			}
		}
		if !moved {
			for _, d := range h.desks {
				r, _ := h.ask(d, command{Do: "pull"})
				h.fair(r, false)
			}
			return
		}
	}
	h.Fatalf("the desks do not come to rest in %d rounds", most)
}

// keepLive tells desks whose syncing runs by itself where the Back Office is.
func (h *history) keepLive() {
	h.arm(command{})
	for _, d := range h.desks {
		if d.p != nil {
			h.ask(d, command{Do: "phase"})
		}
	}
}

// comeToRest mends the wires of desks whose syncing runs by itself, wakes them once, and waits until
// they have caught up without further help. From then on they take steps.
func (h *history) comeToRest() {
	const patience = 20 * time.Second
	for _, d := range h.desks {
		h.ask(d, command{Do: "mend"})
	}
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		unrest := h.unrest()
		if unrest == "" {
			break
		}
		if time.Now().After(end) {
			h.Fatalf("syncing by itself did not catch up within %s: %s", patience, unrest)
		}
	}
	for _, d := range h.desks {
		h.ask(d, command{Do: "rest"})
	}
	h.live = false
}

// unrest says why the desks have not caught up; empty when they have.
func (h *history) unrest() string {
	all := h.sure(command{Do: "all"})
	for _, d := range h.desks {
		r, _ := h.ask(d, command{Do: "phase"})
		waits := slices.DeleteFunc(r.Outbox, func(e entry) bool { return e.Outcome != "" })
		look, _ := h.ask(d, command{Do: "look"})
		at := look.Replica.Cursor
		if len(waits) > 0 || r.Phase != "saved" || at != strconv.FormatInt(all.Cursor, 10) && (at != "" || all.Cursor != 0) {
			return fmt.Sprintf("%s is %s with %s waiting and the cursor %q of %d", d.name, r.Phase, text(waits), at, all.Cursor)
		}
	}
	return ""
}

// settleProblems has the users settle what needs attention, in most histories.
func (h *history) settleProblems() {
	if h.draw(0, 3, "leave problems") == 3 {
		return
	}
	for range 8 {
		settled := false
		h.step++
		h.now += 20_000
		for _, d := range h.desks {
			r, _ := h.ask(d, command{Do: "open dialog"})
			for _, e := range slices.DeleteFunc(r.Outbox, func(e entry) bool { return e.Outcome == "" }) {
				h.settle(d, e.CustomerID)
				settled = true
			}
		}
		if !settled {
			return
		}
		h.quiet()
	}
}
