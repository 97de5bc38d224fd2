package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// act is one thing that somebody does at a moment.
type act struct {
	at time.Time
	do func() error
}

// story plays what happened, in the order of time, on a real store.
type story struct {
	ctx   context.Context
	store *store.Store
	in    store.SignIn
	hash  string // of every password
	r     *rand.Rand
	now   time.Time // the moved clock
	end   time.Time
	acts  []act // to come, by time

	waiting bool              // mails are queued
	mails   []mail.Message    // saved, in the order of time
	links   map[string]string // the newest link's token, by customer
}

// at plans something; what would lie after the end doesn't happen.
func (s *story) at(when time.Time, do func() error) {
	if !when.Before(s.end) {
		return
	}
	i, _ := slices.BinarySearchFunc(s.acts, when, func(a act, t time.Time) int {
		if a.at.After(t) {
			return 1
		}
		return -1
	})
	s.acts = slices.Insert(s.acts, i, act{when, do})
}

// play runs every act at its time, and the mails each leads to.
func (s *story) play() error {
	for len(s.acts) > 0 {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		next := s.acts[0]
		s.acts = slices.Delete(s.acts, 0, 1)
		s.now = next.at
		if err := next.do(); err != nil {
			return err
		}
		if err := s.save(); err != nil {
			return err
		}
	}
	return nil
}

// save takes the queued mails out, to be written as files.
func (s *story) save() error {
	if !s.waiting {
		return nil
	}
	s.waiting = false
	due, err := s.store.QueuedMails(s.ctx, customer.At(s.now), 10)
	if err != nil {
		return err
	}
	s.now = s.now.Add(time.Second)
	for _, q := range due {
		from := mail.Address{Name: q.PartnerName, Address: q.PartnerAddress}
		s.mails = append(s.mails, mail.Message{ID: q.Mail.ID, From: from, To: mail.Address{Name: q.ToName, Address: q.Mail.To},
			Content: mail.Content{Subject: q.Mail.Subject, Text: q.Mail.Text, HTML: q.HTML}, Date: s.now, Link: q.Mail.Link})
		if q.Mail.Link != "" {
			s.links[q.Mail.CustomerID] = tokenIn(q.Mail.Link)
		}
		if err := s.store.MailSaved(s.ctx, q.Mail.ID); err != nil {
			return err
		}
	}
	return nil
}

// newID is a UUIDv7 of the moved clock.
func (s *story) newID() string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(s.r.UintN(256))
	}
	ms := s.now.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// apply sends one mutation as a desk would, and wants it to work.
func (s *story) apply(m customer.Mutation) (customer.Customer, error) {
	m.ID, m.MadeAt = s.newID(), customer.At(s.now)
	result, err := s.store.Apply(s.ctx, s.in, m)
	if err != nil {
		return customer.Customer{}, err
	}
	if result.Customer == nil || (result.Outcome != customer.Applied && result.Outcome != customer.Merged) {
		return customer.Customer{}, fmt.Errorf("sample customer %s: %s: %w", m.CustomerID, result.Outcome, result.Error)
	}
	return *result.Customer, nil
}

// workday moves t to working hours, before the end.
func (s *story) workday(t time.Time) time.Time {
	t = time.Date(t.Year(), t.Month(), t.Day(), 8+s.r.IntN(9), s.r.IntN(60), s.r.IntN(60), 0, time.UTC)
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || !t.Before(s.end) {
		t = t.AddDate(0, 0, -1)
	}
	return t
}

// between is a duration from a to b.
func (s *story) between(a, b time.Duration) time.Duration {
	return a + time.Duration(s.r.Int64N(int64(b-a)))
}

func (s *story) chance(percent int) bool { return s.r.IntN(100) < percent }
