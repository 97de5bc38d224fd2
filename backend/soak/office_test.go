package soak

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

const (
	partnerUsername = "partner@agency.example"
	partnerPassword = "correct horse battery"
	otherUsername   = "partner@other.example" // another partner of the same Back Office
	quickSignIn     = "/soak/sign-in/"        // and the number of the desk
	mostDesks       = 3
)

// memberOf is who sits at a desk: at the first the partner's owner, at each of
// the others a manager.
func memberOf(desk int) string {
	if desk == 1 {
		return partnerUsername
	}
	return fmt.Sprintf("manager%d@agency.example", desk)
}

// officeRole is an open Back Office, served on loopback.
type officeRole struct {
	c       *child
	addr    string
	dir     string
	b       *backoffice.BackOffice
	web     *http.Server
	look    *sql.DB
	journal *journal

	partner, other string // their ids

	acting sync.Mutex // one call or act at a time, so that the journal tells whose an event is
}

func openOffice(ctx context.Context, c *child, cmd command) (o *officeRole, err error) {
	o = &officeRole{c: c, dir: cmd.Dir}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	o.addr = l.Addr().String()
	o.b, err = backoffice.Open(ctx, backoffice.Options{
		DataDir: cmd.Dir, Clock: c.clock, Throwaway: cmd.Throwaway, PublicURL: func() string { return "http://" + o.addr },
	})
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if o.look, err = openReadOnly(filepath.Join(cmd.Dir, "backoffice.db")); err != nil {
		return nil, errors.Join(err, l.Close(), o.b.Close())
	}
	if o.partner, err = o.ensurePartner(ctx, partnerUsername, "Agency"); err == nil {
		o.other, err = o.ensurePartner(ctx, otherUsername, "Other")
	}
	if err == nil {
		err = o.ensureManagers(ctx)
	}
	if err == nil {
		o.journal, err = openJournal(ctx, o.look, cmd.Dir)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), o.look.Close(), o.b.Close())
	}
	o.web = &http.Server{Handler: o.handler(), ReadHeaderTimeout: time.Minute}
	go func() { _ = o.web.Serve(l) }() // until close
	return o, nil
}

// ensurePartner finds a partner, or makes it and its owner.
func (o *officeRole) ensurePartner(ctx context.Context, username, name string) (id string, err error) {
	p, err := o.b.Store().PartnerByUsername(ctx, username)
	if customer.CodeOf(err) != customer.NotFound {
		return p.ID, err
	}
	made, err := o.b.CreatePartner(ctx, username, name, partnerPassword)
	return made.ID, err
}

// ensureManagers adds those who sit at the other desks.
func (o *officeRole) ensureManagers(ctx context.Context) error {
	for n := 2; n <= mostDesks; n++ {
		_, _, err := o.b.Store().MemberCredentials(ctx, memberOf(n))
		if err == nil {
			continue
		}
		if customer.CodeOf(err) != customer.NotFound {
			return err
		}
		if err := o.addManager(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func (o *officeRole) addManager(ctx context.Context, n int) error {
	_, owner, err := o.signIn(ctx, partnerUsername)
	if err != nil {
		return err
	}
	_, hash, err := o.b.Store().MemberCredentials(ctx, partnerUsername)
	if err != nil {
		return err
	}
	m := api.Member{Username: memberOf(n), Name: fmt.Sprintf("Manager %d", n), Role: api.RoleManager}
	_, err = o.b.Store().AddMember(ctx, owner, m, hash)
	return err
}

// setRole gives a member another role, which ends its sign-ins.
func (o *officeRole) setRole(ctx context.Context, username string, role api.Role) error {
	_, owner, err := o.signIn(ctx, partnerUsername)
	if err != nil {
		return err
	}
	m, _, err := o.b.Store().MemberCredentials(ctx, username)
	if err != nil {
		return err
	}
	_, err = o.b.Store().ChangeMember(ctx, owner, m.ID, store.MemberChange{Role: &role})
	return err
}

// signIn signs a member in without a password.
func (o *officeRole) signIn(ctx context.Context, username string) (string, store.SignIn, error) {
	m, hash, err := o.b.Store().MemberCredentials(ctx, username)
	if err != nil {
		return "", store.SignIn{}, err
	}
	return o.b.Store().CreateSignIn(ctx, m.ID, hash, 30*24*time.Hour)
}

func (o *officeRole) close() error {
	return errors.Join(o.web.Close(), o.b.Close(), o.look.Close(), o.journal.close())
}

func (o *officeRole) handler() http.Handler {
	product := o.b.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet { // may be a long poll
			if o.c.replying.Load() {
				product.ServeHTTP(httptest.NewRecorder(), r)
				die()
			}
			product.ServeHTTP(w, r)
			return
		}
		o.acting.Lock()
		defer o.acting.Unlock()
		if desk, quick := strings.CutPrefix(r.URL.Path, quickSignIn); quick {
			o.quickSignIn(w, r, desk)
			return
		}
		o.journal.serve(product, o.c, w, r)
	})
}

func (o *officeRole) quickSignIn(w http.ResponseWriter, r *http.Request, desk string) {
	n, err := strconv.Atoi(desk)
	var token string
	var in store.SignIn
	if err == nil {
		token, in, err = o.signIn(r.Context(), memberOf(n))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(api.Session{Token: token, ExpiresAt: in.ExpiresAt, Partner: in.Partner, Member: in.Member})
}

// do acts at the Back Office: as a customer, as another partner, as time.
func (o *officeRole) do(ctx context.Context, cmd command, r *reply) error {
	o.c.replying.Store(cmd.DieReplying)
	if cmd.Do == "arm" || cmd.Do == "ping" {
		return nil
	}
	o.acting.Lock()
	defer o.acting.Unlock()
	return o.journal.act(ctx, o.c, cmd, func() (err error) {
		s := o.b.Store()
		switch cmd.Do {
		case "activate":
			return o.useLink(ctx, cmd)
		case "profile":
			return o.inSession(ctx, cmd, func(session store.Session) error {
				_, err := s.UpdateProfile(ctx, session, cmd.Fields)
				return err
			})
		case "new password":
			return o.inSession(ctx, cmd, func(session store.Session) error {
				return s.ChangePassword(ctx, session, *cmd.Fields.PasswordHash)
			})
		case "visit":
			return o.visit(ctx, cmd)
		case "forgot":
			return s.RequestReset(ctx, cmd.Username)
		case "other partner adds":
			return o.otherAdds(ctx, cmd)
		case "end sign-ins":
			_, hash, err := s.MemberCredentials(ctx, memberOf(cmd.Nth))
			if err != nil {
				return err
			}
			return s.SetMemberPassword(ctx, memberOf(cmd.Nth), hash)
		case "role":
			return o.setRole(ctx, memberOf(cmd.Nth), api.Role(cmd.Role))
		case "mails go out":
			return o.sendMails(ctx)
		case "back up":
			return backoffice.Backup(ctx, o.dir, cmd.Backup)
		case "sweep":
			return s.Sweep(ctx)
		case "all":
			page, err := s.Changes(ctx, o.partner, 0, 1000)
			if page.Remaining > 0 {
				return errors.New("more customers than a history can make")
			}
			r.Accounts, r.Cursor = page.Customers, page.Next
			return err
		}
		return fmt.Errorf("a Back Office can't %q", cmd.Do)
	})
}

// useLink activates an account, or sets its password, with the link of one of
// its mails.
func (o *officeRole) useLink(ctx context.Context, cmd command) error {
	mails, err := o.b.Store().Mails(ctx, o.partner, cmd.ID)
	if err != nil {
		return err
	}
	if cmd.Nth >= len(mails) {
		return customer.Fail(customer.NotFound, "There is no such mail.")
	}
	m := mails[cmd.Nth]
	if m.State == customer.MailSaved {
		if _, m.Link, err = (mail.Files{Dir: filepath.Join(o.dir, "mail")}).Read(m.ID); err != nil {
			return err
		}
	}
	link, err := url.Parse(m.Link)
	if err != nil {
		return err
	}
	_, err = o.b.Store().UseLink(ctx, link.Query().Get("token"), *cmd.Fields.PasswordHash)
	return err
}

func (o *officeRole) inSession(ctx context.Context, cmd command, do func(store.Session) error) error {
	hash, err := o.b.Store().PasswordHash(ctx, cmd.ID)
	if err != nil {
		return err
	}
	_, session, err := o.b.Store().LogIn(ctx, cmd.ID, hash)
	if err != nil {
		return err
	}
	return do(session)
}

func (o *officeRole) visit(ctx context.Context, cmd command) error {
	_, in, err := o.signIn(ctx, partnerUsername)
	if err != nil {
		return err
	}
	ticket, _, err := o.b.Store().CreateTicket(ctx, in, cmd.ID, "soak", "")
	if err != nil {
		return err
	}
	_, session, err := o.b.Store().RedeemTicket(ctx, ticket)
	if err != nil {
		return err
	}
	_, err = o.b.Store().UpdateProfile(ctx, session, cmd.Fields)
	return err
}

func (o *officeRole) otherAdds(ctx context.Context, cmd command) error {
	_, in, err := o.signIn(ctx, otherUsername)
	if err != nil {
		return err
	}
	res, err := o.b.Store().Apply(ctx, in, customer.Mutation{
		ID: newID(cmd.Step, cmd.Call, 1, 0), CustomerID: newID(cmd.Step, cmd.Call, 2, 0), Kind: customer.Create, Fields: cmd.Fields,
	})
	if err == nil && res.Error != nil {
		return res.Error
	}
	return err
}

// sendMails lets the queue run until no mail is due.
func (o *officeRole) sendMails(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	q := mail.NewQueue(o.b.Store(), mail.Files{Dir: filepath.Join(o.dir, "mail")}, o.c.clock, slog.New(slog.DiscardHandler))
	done := make(chan struct{})
	go func() { q.Run(ctx); close(done) }()
	defer func() { stop(); <-done }()
	for {
		due, err := o.b.Store().QueuedMails(ctx, customer.At(o.c.clock()), 1)
		if err != nil || len(due) == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.New("the mail queue does not empty")
		case <-time.After(time.Millisecond): // the queue tells nobody that it is empty
		}
	}
}

func openReadOnly(path string) (*sql.DB, error) {
	q := url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("look into %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
