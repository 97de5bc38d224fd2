package soak

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

// deskRole is an open desk: the real replica, use cases, syncing and client
// over a wire with faults.
type deskRole struct {
	c       *child
	n       int
	wire    *wire
	replica *replica.Replica
	desk    *desk.Desk
	syncer  *syncing.Syncer
	look    *sql.DB
	rest    func() // ends syncing by itself; nil when it does not

	mu  sync.Mutex
	ids int // made in this call
	at  int64
}

func openDesk(ctx context.Context, c *child, cmd command) (*deskRole, error) {
	d := &deskRole{c: c, n: cmd.Desk, wire: &wire{pageSize: cmd.PageSize, live: cmd.Live, happened: map[fault]int{}}}
	path := filepath.Join(cmd.Dir, "replica.db")
	var err error
	d.replica, err = replica.Open(ctx, path, replica.Options{Clock: c.clock, NewID: d.newID, Throwaway: cmd.Throwaway})
	if err != nil {
		return nil, err
	}
	if d.look, err = openReadOnly(path); err != nil {
		return nil, errors.Join(err, d.replica.Close())
	}
	cl, err := client.New("http://127.0.0.1:7360", &http.Client{Transport: d.wire})
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	remote := &remote{Client: cl, desk: cmd.Desk, quick: !cmd.RealLogin, wire: &http.Client{Transport: d.wire}}
	d.desk = desk.New(desk.Options{
		Replica: d.replica, Remote: cl, Hasher: quickHasher{}, Browser: nil, Clock: c.clock, NewID: d.newID,
	})
	d.syncer = syncing.New(syncing.Options{
		Replica: d.replica, Remote: remote, Clock: c.clock, Logger: slog.New(slog.DiscardHandler),
		Credential: func(context.Context) (string, string, error) { return memberOf(cmd.Desk), partnerPassword, nil },
		Random:     func() float64 { return 0.5 },
	})
	if cmd.Live {
		d.wire.expect(cmd)
		ctx, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() { d.syncer.Run(ctx); close(done) }()
		d.rest = func() { stop(); <-done }
	}
	return d, nil
}

func (d *deskRole) newID() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if call := d.c.calls.Load(); call != d.at {
		d.at, d.ids = call, 0
	}
	d.ids++
	return newID(int(d.c.step.Load()), int(d.at), d.ids, d.n)
}

func (d *deskRole) close() error {
	if d.rest != nil {
		d.rest()
	}
	d.wire.base.CloseIdleConnections()
	return errors.Join(d.look.Close(), d.replica.Close())
}

func (d *deskRole) do(ctx context.Context, cmd command, r *reply) (err error) {
	d.wire.expect(cmd)
	defer d.wire.report(r)
	switch cmd.Do {
	case "open dialog":
		err = d.record(r)(d.desk.Customer(ctx, cmd.ID))
	case "save":
		err = d.record(r)(d.desk.Save(ctx, *cmd.Edit))
	case "drop":
		err = d.desk.DiscardChange(ctx, cmd.ID)
	case "resolve":
		err = d.record(r)(d.desk.ResolveConflict(ctx, cmd.ID, cmd.Keep, cmd.Fields))
	case "push":
		r.Sent, err = d.syncer.Push(ctx)
	case "pull":
		err = d.syncer.Pull(ctx)
	case "new link":
		_, err = d.desk.NewLink(ctx, cmd.ID, cmd.Deliver)
	case "wake", "mend":
		d.syncer.Wake()
	case "rest":
		d.rest()
		d.rest, d.wire.live = nil, false
	case "phase":
		r.Phase = strings.TrimSpace(string(d.syncer.State().Phase) + " " + d.syncer.State().Message)
	case "look":
		r.Replica, err = d.state(ctx)
	default:
		return fmt.Errorf("a desk can't %q", cmd.Do)
	}
	found, fault := d.outbox(ctx, cmd.ID)
	r.Outbox = found
	return errors.Join(fault, err)
}

func (d *deskRole) record(r *reply) func(customer.Record, error) error {
	return func(rec customer.Record, err error) error {
		if err == nil {
			r.Record = &rec
		}
		return err
	}
}

// outbox reads the outbox past the product, of one customer or all, and fails
// when it has another form than it may have.
func (d *deskRole) outbox(ctx context.Context, id string) ([]entry, error) {
	rows, err := d.look.QueryContext(ctx, `SELECT id, customer_id, kind, fields, base, attempted, outcome FROM outbox ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("look at the outbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all, found := map[string]string{}, []entry{}
	for rows.Next() {
		var e entry
		var fields, base string
		if err := rows.Scan(&e.ID, &e.CustomerID, &e.Kind, &fields, &base, &e.Attempted, &e.Outcome); err != nil {
			return nil, fmt.Errorf("look at the outbox: %w", err)
		}
		if err := errors.Join(json.Unmarshal([]byte(fields), &e.Fields), json.Unmarshal([]byte(base), &e.Base)); err != nil {
			return nil, fmt.Errorf("look at the outbox: %w", err)
		}
		switch {
		case e.Outcome != "":
			all[e.CustomerID] += "P"
		case e.Attempted:
			all[e.CustomerID] += "A"
		default:
			all[e.CustomerID] += "W"
		}
		if id == "" || id == e.CustomerID {
			found = append(found, e)
		}
	}
	for _, form := range all {
		switch form {
		case "P", "A", "W", "AW":
		default:
			return nil, fmt.Errorf("a customer's outbox has the form %s (problem, attempted, waiting)", form)
		}
	}
	return found, rows.Err()
}

func (d *deskRole) state(ctx context.Context) (*replicaState, error) {
	s := &replicaState{Server: map[string]customer.Customer{}, Effective: map[string]customer.Record{}}
	rows, err := d.look.QueryContext(ctx, `SELECT id, coalesce(server, '') FROM customer`)
	if err != nil {
		return nil, fmt.Errorf("look at the customers: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, server string
		if err := rows.Scan(&id, &server); err != nil {
			return nil, fmt.Errorf("look at the customers: %w", err)
		}
		if server != "" {
			var c customer.Customer
			if err := json.Unmarshal([]byte(server), &c); err != nil {
				return nil, fmt.Errorf("look at a customer: %w", err)
			}
			s.Server[id] = c
		}
		if s.Effective[id], err = d.desk.Customer(ctx, id); err != nil {
			return nil, err
		}
	}
	page, err := d.desk.List(ctx, customer.Query{Limit: 100})
	if err := errors.Join(rows.Err(), err); err != nil {
		return nil, err
	}
	s.Rows = page.Rows
	if s.Cursor, err = d.replica.Cursor(ctx); err != nil {
		return nil, err
	}
	s.Waiting, err = d.replica.Waiting(ctx)
	return s, err
}

// quickHasher makes a PHC string of a password that tells which one it was
// without the work of hashing it.
type quickHasher struct{}

func (quickHasher) Hash(_ context.Context, password string) (string, error) {
	sum := sha256.Sum256([]byte(password))
	b := base64.RawStdEncoding
	return "$argon2id$v=19$m=19456,t=2,p=1$" + b.EncodeToString(sum[:16]) + "$" + b.EncodeToString(sum[:]), nil
}

// remote is the client, but for signing in: checking a password is slow on
// purpose, so most desks get their token without one, over the same wire.
type remote struct {
	*client.Client
	desk  int
	quick bool
	wire  *http.Client
}

func (r *remote) SignIn(ctx context.Context, username, password string) (api.Session, error) {
	if !r.quick {
		return r.Client.SignIn(ctx, username, password)
	}
	unreachable := func(err error) (api.Session, error) {
		return api.Session{}, fmt.Errorf("%w (%w)", customer.Fail(customer.Offline, "No sign-in."), err)
	}
	hr, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:7360"+quickSignIn+strconv.Itoa(r.desk), nil)
	if err != nil {
		return unreachable(err)
	}
	answer, err := r.wire.Do(hr)
	if err != nil {
		return unreachable(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var session api.Session
	if answer.StatusCode != http.StatusOK {
		return unreachable(errors.New("status " + strconv.Itoa(answer.StatusCode)))
	}
	if err := json.NewDecoder(answer.Body).Decode(&session); err != nil {
		return unreachable(err)
	}
	r.SetToken(session.Token)
	return session, nil
}
