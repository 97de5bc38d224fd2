package sample

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
)

// Options say what to make, and where.
type Options struct {
	DataDir   string // of the Back Office; it must not hold a database yet
	PublicURL string // where the Back Office will be reached; mails hold links to it
	// The partner, and the argon2id hash of its password. Every sample customer
	// that has a password has the same one.
	Username, Name, PasswordHash string
	Customers                    int
	// Seed makes the same people and the same histories again, but for tokens.
	Seed uint64
	Now  time.Time // histories end here and begin two years before
}

// Make makes a Back Office's database and mail files with a partner and its
// sample customers, and closes it again, ready to be opened as any other. The
// files are not safe against a power cut.
func Make(ctx context.Context, o Options) (partner api.Partner, err error) {
	s := &story{
		ctx: ctx, hash: o.PasswordHash, r: rand.New(rand.NewPCG(o.Seed, 1)),
		now: o.Now.AddDate(-2, 0, -7), end: o.Now, links: map[string]string{},
	}
	s.store, err = store.Open(ctx, filepath.Join(o.DataDir, "backoffice.db"), store.Options{
		Clock: func() time.Time { return s.now }, NewID: s.newID, PublicURL: func() string { return o.PublicURL },
		Compose: mail.Compose, MailQueued: func() { s.waiting = true }, Throwaway: true,
	})
	if err != nil {
		return api.Partner{}, err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	partner, owner, err := s.store.CreatePartner(ctx, o.Username, o.Name, o.PasswordHash)
	if err != nil {
		return api.Partner{}, err
	}
	if _, s.in, err = s.store.CreateSignIn(ctx, owner.ID, o.PasswordHash, o.Now.Sub(s.now)+time.Hour); err != nil {
		return api.Partner{}, err
	}
	who := people{r: s.r, places: places(), used: map[string]bool{}}
	for number := range o.Customers {
		s.live(who.next(), number)
	}
	if err := s.play(); err != nil {
		return api.Partner{}, err
	}
	s.now = o.Now
	if err := errors.Join(s.store.EndSignIn(ctx, s.in.ID), s.store.Sweep(ctx)); err != nil {
		return api.Partner{}, err
	}
	return partner, s.write(mail.Files{Dir: filepath.Join(o.DataDir, "mail")})
}

// write saves the mails as files, several at once: each waits for the disk.
func (s *story) write(files mail.Files) error {
	var all errgroup.Group
	all.SetLimit(8)
	for _, m := range s.mails {
		all.Go(func() error { return files.Save(m) })
	}
	return all.Wait()
}

func tokenIn(link string) string {
	_, token, _ := strings.Cut(link, "token=")
	return token
}
