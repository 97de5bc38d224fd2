package sample

import (
	"strings"
	"time"

	"partnerdesk/backend/customer"
)

const day = 24 * time.Hour

// life is one customer's account as it goes.
type life struct {
	*story
	c customer.Customer // as last seen
}

// live plans the account of one invented person.
func (s *story) live(f customer.Fields, number int) {
	l := &life{story: s}
	roll := s.r.IntN(100)
	age := s.age()
	switch {
	case number < 6: // so that the newest days are never empty
		l.add(f, customer.PendingActivate, s.between(time.Hour, 3*day), false)
		if number%2 == 0 {
			l.activatesSoon()
		}
	case number < 9: // so that some links have expired
		l.add(f, customer.PendingActivate, s.between(9*day, 80*day), false)
	case roll < 68:
		l.add(f, customer.PendingActivate, age, false)
		l.activatesSoon()
		l.uses()
	case roll < 75:
		l.add(f, customer.Activated, age, true)
		l.uses()
	case roll < 78:
		l.add(f, customer.Activated, s.between(day, 40*day), false)
	case roll < 84:
		l.add(f, customer.PendingActivate, s.between(time.Hour, 6*day), false)
	case roll < 89:
		l.add(f, customer.PendingActivate, s.between(8*day, 120*day), false)
		l.isRemindedOf()
	default:
		age = max(age, 40*day)
		l.add(f, customer.PendingActivate, age, false)
		if s.chance(85) {
			l.activatesSoon()
		}
		l.uses()
		l.isLocked(s.between(time.Hour, age-20*day))
	}
}

// age is how long ago an account was made: up to two years, more of them lately.
func (s *story) age() time.Duration {
	u := s.r.Float64()
	return time.Duration(u*u*0.6*float64(730*day)+u*0.4*float64(730*day)) + 2*time.Hour
}

func (l *life) add(f customer.Fields, status customer.Status, ago time.Duration, password bool) {
	f.Status = &status
	if password {
		f.PasswordHash = &l.hash
	}
	made := l.workday(l.end.Add(-ago))
	l.now = made
	id := l.newID()
	l.c.CreatedAt = customer.At(made)
	l.at(made, func() (err error) {
		l.c, err = l.apply(customer.Mutation{CustomerID: id, Kind: customer.Create, Fields: f})
		return err
	})
}

func (l *life) made() time.Time { return l.c.CreatedAt.Time() }

// activatesSoon opens the mail within some days; one in ten needs a second one.
func (l *life) activatesSoon() {
	when := l.made().Add(l.between(8*time.Minute, 30*time.Hour))
	if l.chance(10) {
		again := l.workday(l.made().Add(l.between(8*day, 12*day)))
		if again.After(l.made()) {
			l.at(again, l.remind)
			when = again.Add(l.between(20*time.Minute, 20*time.Hour))
		}
	}
	l.at(when, func() error {
		if l.c.Status != customer.PendingActivate {
			return nil
		}
		var err error
		if l.c, err = l.store.UseLink(l.ctx, l.links[l.c.ID], l.hash); err != nil {
			return err
		}
		l.now = l.now.Add(2 * time.Second)
		return l.logIn()
	})
}

// isRemindedOf sends a second mail that is ignored as well.
func (l *life) isRemindedOf() {
	if l.chance(40) {
		l.at(l.workday(l.made().Add(l.between(8*day, 20*day))), l.remind)
	}
}

func (l *life) remind() error {
	if l.c.Status != customer.PendingActivate {
		return nil
	}
	_, err := l.store.NewLink(l.ctx, l.in, l.c.ID, true)
	return err
}

// uses plans the logins, edits and visits of a running account.
func (l *life) uses() {
	begin := l.made().Add(2 * day)
	span := l.end.Sub(begin)
	if span < day {
		return
	}
	for range 1 + l.r.IntN(4) {
		l.at(begin.Add(l.between(0, span)), l.logIn)
	}
	if l.chance(12) {
		l.at(l.end.Add(-l.between(time.Minute, 3*day)), l.logIn)
	}
	if l.chance(15) {
		l.at(begin.Add(l.between(0, span)), l.forgets)
	}
	if l.chance(20) {
		l.at(begin.Add(l.between(0, span)), l.movesOrGetsAPhone)
	}
	if l.chance(35) {
		l.at(l.workday(begin.Add(l.between(0, span))), l.isVisited)
	}
	if l.chance(4) {
		l.at(l.end.Add(-l.between(2*time.Hour, 3*day)), l.isVisited)
	}
	if l.chance(30) {
		l.at(l.workday(begin.Add(l.between(0, span))), l.isEdited)
	}
	if l.chance(4) {
		l.at(l.workday(begin.Add(l.between(0, span))), l.isRenamed)
	}
	if l.chance(4) {
		locked := begin.Add(l.between(0, span))
		l.at(locked, l.lock)
		l.at(locked.Add(l.between(day, 20*day)), l.unlock)
	}
}

func (l *life) isLocked(ago time.Duration) { l.at(l.workday(l.end.Add(-ago)), l.lock) }

func (l *life) running() bool { return l.c.Status == customer.Activated && l.c.HasPassword }

// edit changes fields from the desk.
func (l *life) edit(f customer.Fields) (err error) {
	if l.c.ID == "" {
		return nil
	}
	l.c, err = l.apply(customer.Mutation{CustomerID: l.c.ID, Kind: customer.Update, BaseRevision: l.c.Revision,
		Fields: f, Base: f.Of(l.c)})
	return err
}

func (l *life) lock() error {
	status, reason := customer.Locked, pick(l.r, lockReasons())
	return l.edit(customer.Fields{Status: &status, LockReason: &reason})
}

func (l *life) unlock() error {
	if l.c.Status != customer.Locked {
		return nil
	}
	status := customer.Activated
	if !l.c.HasPassword {
		status = customer.PendingActivate
	}
	return l.edit(customer.Fields{Status: &status})
}

func (l *life) isEdited() error {
	note, some := pick(l.r, notes()), append([]string{pick(l.r, tags())}, l.c.Tags...)
	if l.chance(50) {
		return l.edit(customer.Fields{Tags: &some})
	}
	return l.edit(customer.Fields{Notes: &note, Tags: &some})
}

func (l *life) isRenamed() error {
	_, domain, _ := strings.Cut(l.c.Username, "@")
	name := "office@" + domain
	return l.edit(customer.Fields{Username: &name})
}

// logIn is the customer's own login; the session runs out by itself.
func (l *life) logIn() error {
	if !l.running() {
		return nil
	}
	_, session, err := l.store.LogIn(l.ctx, l.c.ID, l.hash)
	if err == nil {
		l.c = session.Customer
	}
	return err
}

// forgets asks for a new password and sets it.
func (l *life) forgets() error {
	if !l.running() {
		return nil
	}
	if err := l.store.RequestReset(l.ctx, l.c.Username); err != nil {
		return err
	}
	if err := l.save(); err != nil {
		return err
	}
	l.now = l.now.Add(l.between(time.Minute, 20*time.Minute))
	changed, err := l.store.UseLink(l.ctx, l.links[l.c.ID], l.hash)
	if err != nil {
		return err
	}
	l.c = changed
	return l.logIn()
}

// movesOrGetsAPhone changes the profile, as the customer.
func (l *life) movesOrGetsAPhone() error {
	if !l.running() {
		return nil
	}
	_, session, err := l.store.LogIn(l.ctx, l.c.ID, l.hash)
	if err != nil {
		return err
	}
	l.now = l.now.Add(time.Minute)
	phone := (&people{r: l.r}).form("+44 7### ######")
	if l.c, err = l.store.UpdateProfile(l.ctx, session, customer.Fields{Phone: &phone}); err != nil {
		return err
	}
	return l.store.EndSession(l.ctx, session.ID)
}

// isVisited is the partner logging in as the customer, for a while.
func (l *life) isVisited() error {
	if l.c.ID == "" || l.c.Status == customer.Locked {
		return nil
	}
	ticket, _, err := l.store.CreateTicket(l.ctx, l.in, l.c.ID, pick(l.r, visitReasons()), "")
	if err != nil {
		return err
	}
	_, session, err := l.store.RedeemTicket(l.ctx, ticket)
	if err != nil {
		return err
	}
	l.at(l.now.Add(l.between(2*time.Minute, 50*time.Minute)), func() error {
		return l.store.EndSession(l.ctx, session.ID)
	})
	return nil
}
