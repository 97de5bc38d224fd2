package soak

import (
	"fmt"
	"os"
	"path/filepath"
)

// steps are what can happen next, each as often as it stands here.
var steps = []struct {
	name   string
	weight int
	do     func(*history)
}{
	{"edit", 10, (*history).stepEdit},
	{"status", 6, (*history).stepStatus},
	{"push", 7, (*history).stepPush},
	{"pull", 7, (*history).stepPull},
	{"sync", 6, (*history).stepSync},
	{"add", 3, (*history).stepAdd},
	{"username", 3, (*history).stepUsername},
	{"password", 2, (*history).stepPassword},
	{"meet", 6, (*history).stepMeet},
	{"open dialog", 2, (*history).stepDialog},
	{"settle", 3, (*history).stepSettle},
	{"drop", 2, (*history).stepDrop},
	{"new link", 1, (*history).stepNewLink},
	{"late request", 2, (*history).stepLate},
	{"customer", 3, (*history).stepCustomer},
	{"other partner", 2, (*history).stepOther},
	{"mails go out", 1, func(h *history) { h.act(command{Do: "mails go out"}) }},
	{"sweep", 1, func(h *history) { h.act(command{Do: "sweep"}) }},
	{"offline", 2, (*history).stepOffline},
	{"clock", 2, (*history).stepClock},
	{"end sign-ins", 1, (*history).stepEndSignIns},
	{"role", 1, (*history).stepRole},
	{"kill", 1, (*history).stepKill},
}

// next takes one step.
func (h *history) next() {
	h.step++
	h.now += 20_000
	h.count["steps"]++
	all, pick := 0, 0
	for _, s := range steps {
		all += s.weight
	}
	n := h.draw(0, all-1, "step")
	for n >= steps[pick].weight {
		n -= steps[pick].weight
		pick++
	}
	if h.office.p == nil && h.draw(0, 2, "Back Office starts") == 0 {
		h.Logf("%d: the Back Office starts", h.step)
		h.open(h.office, 0)
	}
	if h.live {
		h.keepLive()
	}
	if h.restores && h.oneIn(7, "backup") {
		h.stepBackup()
		return
	}
	steps[pick].do(h)
}

// pickDesk returns a desk that runs.
func (h *history) pickDesk() *node {
	d := h.desks[h.draw(0, len(h.desks)-1, "desk")]
	h.reopen(d)
	return d
}

// reopen starts a desk that is down, and takes note of what it still holds.
func (h *history) reopen(d *node) {
	if d.p != nil {
		return
	}
	h.open(d, 0)
	r, _ := h.ask(d, command{Do: "open dialog"}) // of nobody: only its outbox is asked for
	h.model.sent(d, r.Outbox)
}

func (h *history) pickCustomer() string {
	if len(h.ids) == 0 {
		return ""
	}
	return h.ids[max(0, h.draw(-3, 5, "customer"))%len(h.ids)] // the first more often: desks shall meet
}

// faults are drawn from, each as often as it stands here.
var faults = []fault{
	fine, fine, fine, fine, requestLost, requestLost, replyLost, replyLost, replyLost, replyCut, twice, twice, twice, late,
	late, late, errorBefore, errorAfter, errorAfter, diesBefore, diesAfter,
}

// trouble draws what goes wrong in a call of a desk: with its requests, and
// with either process.
func (h *history) trouble(c command) (desk, office command) {
	if h.office.p == nil {
		return c, office
	}
	if h.draw(0, 1, "trouble") == 0 {
		return c, office
	}
	for range h.draw(1, 3, "requests in trouble") {
		f := faults[h.draw(0, len(faults)-1, "fault")]
		if (f == diesBefore || f == diesAfter) && (h.live || h.draw(0, 1, "really") == 0) {
			f = requestLost // in a live history, what the desk was doing could not be known
		}
		c.Plan = append(c.Plan, f)
	}
	switch h.draw(0, 39, "kill") { // seldom: a new process takes longer than a history
	case 37:
		if h.live {
			break
		}
		c.DieAt = h.draw(1, 10, "desk dies at write")
	case 38:
		office.DieAt = h.draw(1, 16, "Back Office dies at write")
	case 39:
		office.DieReplying = true
	}
	return c, office
}

// online has a desk do something that needs the Back Office, with trouble.
func (h *history) online(d *node, c command) (r reply, alive bool) {
	c, office := h.trouble(c)
	if h.live {
		c.Do = "wake"
	}
	h.arm(office)
	r, alive = h.ask(d, c)
	h.ping(office)
	if alive && !h.live {
		troubled := len(c.Plan) > 0 || office.DieAt > 0 || office.DieReplying || d.offline || h.office.p == nil
		h.Logf("%d: %s: %s %v: %v", h.step, d.name, c.Do, c.Plan, r.Error)
		h.fair(r, troubled)
	}
	return r, alive
}

func (h *history) stepPush() {
	d := h.pickDesk()
	if h.sweeps {
		h.killAtEachWrite(d, "push")
		return
	}
	h.push(d)
}

func (h *history) push(d *node) {
	if r, alive := h.online(d, command{Do: "push"}); alive {
		h.model.sent(d, r.Outbox)
	}
}

func (h *history) stepPull() {
	d := h.pickDesk()
	if h.sweeps {
		h.killAtEachWrite(d, "pull")
		return
	}
	h.online(d, command{Do: "pull"})
}

// killAtEachWrite has a desk push or pull over and over: it, or the Back
// Office, is killed at its first write, then at its second, and so on until
// it gets to the end.
func (h *history) killAtEachWrite(d *node, do string) {
	const most = 40
	desk := h.draw(0, 1, "the desk dies") == 0
	for n := 1; n < most; n++ {
		h.reopen(d)
		h.open(h.office, 0)
		c, office := command{Do: do}, command{}
		if desk {
			c.DieAt = n
		} else {
			office.DieAt = n
		}
		h.arm(office)
		r, alive := h.ask(d, c)
		if alive && do == "push" {
			h.model.sent(d, r.Outbox)
		}
		if h.ping(office); alive && h.office.p != nil {
			return
		}
	}
}

func (h *history) stepSync() {
	d := h.pickDesk()
	h.online(d, command{Do: "pull"})
	h.reopen(d)
	h.push(d)
}

// sync pulls and pushes without trouble.
func (h *history) sync(d *node) {
	h.arm(command{})
	for _, do := range []string{"pull", "push", "pull"} {
		r, _ := h.ask(d, command{Do: do})
		h.fair(r, false)
		if do == "push" {
			h.model.sent(d, r.Outbox)
		}
	}
}

// fair fails when a call failed without a reason.
func (h *history) fair(r reply, troubled bool) {
	if r.Error == nil || troubled {
		return
	}
	switch r.Error.Code {
	case "unauthorized": // its sign-in has ended; the next pull signs in
	default:
		h.Fatalf("nothing is wrong, and yet: %v (%s)", r.Error, r.Error.Code)
	}
}

func (h *history) stepLate() {
	if len(h.held) == 0 || h.office.p == nil {
		return
	}
	i := h.draw(0, 3, "late request") % len(h.held)
	var office command
	if h.oneIn(10, "kill") {
		office.DieAt = h.draw(1, 20, "Back Office dies at write")
	}
	h.arm(office)
	h.deliver(i)
	h.ping(office)
}

func (h *history) stepOffline() {
	d := h.pickDesk()
	d.offline = !d.offline
	h.Logf("%d: %s offline: %v", h.step, d.name, d.offline)
	if d.offline {
		h.count["offline spells"]++
	}
}

func (h *history) stepClock() {
	n := h.nodes()[h.draw(0, len(h.desks), "whose clock")]
	const minute, day = 60_000, 24 * 60 * 60_000
	jumps := []int64{minute, -minute, 120 * minute, -120 * minute, day, -day, 8 * day, -3 * day, 31 * day}
	n.skew += jumps[h.draw(0, len(jumps)-1, "jump")]
	h.Logf("%d: the clock of %s is %d min off", h.step, n.name, n.skew/minute)
	h.count["clock jumps"]++
}

// stepRole makes a manager a supporter, who can't send changes, or a manager
// again.
func (h *history) stepRole() {
	n := h.draw(2, len(h.desks), "whose role")
	role := "support"
	if h.supporters[n] {
		role = "manager"
	}
	if h.act(command{Do: "role", Nth: n, Role: role}) {
		h.supporters[n] = role == "support"
		h.count["roles changed"]++
	}
}

// stepBackup makes a backup of the Back Office, or puts one back, in some
// histories. What came after the backup is lost then, and no mutation, event or
// mail of that time is judged.
func (h *history) stepBackup() {
	if h.office.p == nil {
		return
	}
	if len(h.backups) == 0 || h.draw(0, 1, "put back") == 0 {
		path := filepath.Join(h.dir, fmt.Sprintf("backup %d.db", len(h.backups)))
		if h.act(command{Do: "back up", Backup: path}) {
			h.backups = append(h.backups, path)
		}
		return
	}
	path := h.backups[h.draw(0, 3, "backup")%len(h.backups)]
	h.ask(h.office, command{Do: "close"})
	c := command{Do: "restore", Dir: h.office.dir, Throwaway: h.office.opening.Throwaway, Backup: path}
	if h.oneIn(10, "kill") {
		c.DieAt = h.draw(1, 10, "Back Office dies at write")
	}
	r, alive := h.ask(h.office, c)
	if !alive {
		h.open(h.office, 0) // as it was
		return
	}
	if r.Error != nil {
		h.Fatalf("the backup is not put back: %v", r.Error)
	}
	if err := os.Remove(filepath.Join(h.office.dir, journalName)); err != nil {
		h.Fatal(err)
	}
	h.Logf("%d: %s is put back", h.step, filepath.Base(path))
	h.restored = h.step
	h.count["backups put back"]++
	h.children.give(h.office.p)
	h.office.p = nil
	h.open(h.office, 0)
}

func (h *history) stepKill() {
	n := h.nodes()[h.draw(0, len(h.desks), "who")]
	if n.p == nil {
		return
	}
	h.Logf("%d: %s is killed", h.step, n.name)
	n.p.kill()
	h.died(n)
}

func (h *history) stepEndSignIns() {
	if h.act(command{Do: "end sign-ins", Nth: h.draw(1, len(h.desks), "whose")}) {
		h.count["sign-ins ended"]++
	}
}

// act has something happen at the Back Office, which may die over it. It
// reports whether it was done.
func (h *history) act(c command) bool {
	if h.office.p == nil {
		return false
	}
	if h.oneIn(30, "kill") {
		c.DieAt = h.draw(1, 15, "Back Office dies at write")
	}
	r, alive := h.ask(h.office, c)
	if alive {
		h.Logf("%d: %s %s%s%s: %v", h.step, c.Do, h.model.name(c.ID), c.Username, c.Role, r.Error)
	}
	return alive && r.Error == nil
}

func (h *history) stepOther() {
	h.act(command{Do: "other partner adds", Fields: h.stranger()})
}

func (h *history) stepCustomer() {
	id := h.pickCustomer()
	if id == "" {
		return
	}
	c := command{ID: id}
	switch h.draw(0, 5, "act") {
	case 0, 1:
		c.Do, c.Nth, c.Fields = "activate", h.draw(0, 2, "mail"), h.phc()
	case 2:
		c.Do, c.Fields = "profile", h.some([]string{"phone", "city", "company", "language"})
	case 3:
		c.Do, c.Fields = "new password", h.phc()
	case 4:
		c.Do, c.Fields = "visit", h.some([]string{"phone", "city", "street"})
	case 5:
		c.Do, c.Username = "forgot", h.model.username(h, id)
	}
	if h.act(c) {
		h.count["acts of customers"]++
	}
}
