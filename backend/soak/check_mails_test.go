package soak

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// standing is what the rules of mails look at.
type standing struct {
	status         customer.Status
	username       string
	password, used bool              // used: it was Activated at some time
	link           customer.MailKind // that works
	sent, carrier  int               // mails made; which of them carries the link, from 1, 0: none
}

// letter is a mail as the rules call for it.
type letter struct {
	kind customer.MailKind
	to   string
}

// checkMails goes through each account's history by the rules of DESIGN section
// 5, written down here once more, and compares the mails they call for with
// those that were made.
func (h *history) checkMails(end *officeEnd) {
	for _, a := range end.accounts {
		var now standing
		var wanted, told []letter
		for _, d := range end.deeds {
			events := a.between(d)
			if len(events) == 0 {
				continue
			}
			wanted = append(wanted, now.after(a, d, events, end)...)
			for _, v := range events {
				if v.Kind == customer.EventMailQueued {
					told = append(told, letter{v.MailKind, v.Detail})
				}
			}
			if !slices.Equal(wanted, told) {
				h.Fatalf("step %d: %s: the mails of its history are %v, the rules call for %v (%s)", d.Step, h.model.name(a.id), told, wanted, text(events))
			}
		}
		h.count["mails"] += len(wanted)
		made := make([]letter, len(a.mails))
		for i, m := range a.mails {
			made[i] = letter{m.Kind, m.To}
		}
		if !slices.Equal(made, wanted) {
			h.Fatalf("%s got the mails %v, its history calls for %v", h.model.name(a.id), made, wanted)
		}
		h.checkLinks(a, now)
		if now.password != a.password {
			h.Fatalf("%s has a password: %v, by its history: %v", h.model.name(a.id), a.password, now.password)
		}
	}
}

// after moves on by a deed and returns the mails that it calls for.
func (s *standing) after(a *accountEnd, d deed, events []customer.Event, end *officeEnd) (mails []letter) {
	was := *s
	has := func(kind customer.EventKind) bool {
		return slices.ContainsFunc(events, func(v customer.Event) bool { return v.Kind == kind })
	}
	last := events[len(events)-1].ID
	s.status, s.username = customer.Status(a.valueAt("status", last)), a.valueAt("username", last)
	s.used = s.used || s.status == customer.Activated
	if has(customer.EventActivated) || has(customer.EventPasswordChanged) {
		s.password = true
	}
	send := func(kind customer.MailKind, to string) {
		mails = append(mails, letter{kind, to})
		s.sent++
		if kind != customer.MailUsernameChanged {
			s.link, s.carrier = kind, s.sent
		}
	}
	enter := func() {
		s.link = ""
		switch {
		case s.status == customer.PendingActivate:
			send(customer.MailActivation, s.username)
		case s.status == customer.Activated && !s.password:
			send(customer.MailSetPassword, s.username)
		}
	}
	if s.password && s.link != customer.MailActivation && (has(customer.EventPasswordChanged) || has(customer.EventActivated)) {
		s.link = ""
	}
	renamed := !strings.EqualFold(was.username, s.username)
	asked := strings.HasSuffix(d.Do, "/activation-mail") || d.Do == "forgot"
	switch {
	case has(customer.EventCreated):
		for _, m := range end.applies {
			s.password = s.password || m.CustomerID == a.id && m.Kind == customer.Create && m.Fields.PasswordHash != nil
		}
		enter()
	case has(customer.EventActivated):
		s.link = ""
	case has(customer.EventLinkCopied):
		s.link, s.carrier = s.wayIn(), 0
	case asked && has(customer.EventMailQueued):
		send(s.wayIn(), s.username)
	case was.status != s.status:
		if renamed && was.used && s.status != customer.Locked {
			send(customer.MailUsernameChanged, was.username)
			send(customer.MailUsernameChanged, s.username)
		}
		enter()
	case renamed && s.status == customer.PendingActivate:
		send(customer.MailActivation, s.username)
	case renamed && s.status == customer.Activated:
		send(customer.MailUsernameChanged, was.username)
		send(customer.MailUsernameChanged, s.username)
		enter()
	}
	return mails
}

// wayIn is the link that helps a customer in.
func (s *standing) wayIn() customer.MailKind {
	switch {
	case s.status == customer.PendingActivate:
		return customer.MailActivation
	case s.password:
		return customer.MailResetPassword
	}
	return customer.MailSetPassword
}

// checkLinks: only the newest link works, and its mail went out.
func (h *history) checkLinks(a *accountEnd, now standing) {
	who := h.model.name(a.id)
	if len(a.links) > 1 || len(a.links) == 1 && a.links[0] != now.link {
		h.Fatalf("%s has the links %v, only %q should work", who, a.links, now.link)
	}
	for i, m := range a.mails {
		_, err := os.Stat(filepath.Join(h.office.dir, "mail", m.ID+".eml"))
		switch {
		case m.State == customer.MailSaved && err != nil:
			h.Fatalf("%s: the mail %q is saved, but there is no file", who, m.Kind)
		case m.State == customer.MailQueued, m.State == customer.MailSent:
			h.Fatalf("%s: a mail %q is %s", who, m.Kind, m.State)
		case m.State == customer.MailCancelled && (m.Kind == customer.MailUsernameChanged || now.link != "" && i+1 == now.carrier):
			h.Fatalf("%s: a mail %q is cancelled, though nothing took its place", who, m.Kind)
		case m.State == customer.MailFailed && !strings.Contains(m.Error, "ended before the mail could be sent"):
			h.Fatalf("%s: a mail %q failed: %s", who, m.Kind, m.Error)
		}
	}
}

// checkFiles looks for damage, in some histories.
func (h *history) checkFiles() {
	if h.draw(0, 3, "damage check") != 0 {
		return
	}
	h.count["damage checks"]++
	for _, n := range h.nodes() {
		path := filepath.Join(n.dir, "replica.db")
		if n == h.office {
			path = filepath.Join(n.dir, "backoffice.db")
		}
		db, err := openReadOnly(path)
		if err != nil {
			h.Fatal(err)
		}
		for _, check := range []string{"PRAGMA integrity_check", "SELECT coalesce((SELECT 'a reference is broken' FROM pragma_foreign_key_check), 'ok')"} {
			var found string
			if err := db.QueryRow(check).Scan(&found); err != nil || found != "ok" {
				h.Fatalf("the database of %s is damaged: %s (%v)", n.name, found, err)
			}
		}
		if err := db.Close(); err != nil {
			h.Fatal(err)
		}
	}
}
