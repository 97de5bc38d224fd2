package workspace

import (
	"context"
	"net"
	"net/url"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
)

// MoveRequest says where the customers of this computer move to, and who signs
// in there.
type MoveRequest struct {
	Address  string `json:"address"` // as typed
	Username string `json:"username"`
	Password string `json:"password"`
	// MailPending mails a fresh activation link to customers who are Pending
	// Activate; the links they have lead nowhere any more.
	MailPending bool `json:"mail_pending"`
}

// MoveState is where a move stands.
type MoveState = moving.State

// StartMove moves the customers of this computer to a shared Back Office, in the
// background. From then on nothing may be changed here, unless the move is given
// up. Wrong values come back by field: address, username, password. Conflict
// when changes wait, when there is a move already, and for another workspace
// than the one of this computer; Forbidden for who is no owner there.
func (m *Manager) StartMove(ctx context.Context, r MoveRequest) (MoveState, error) {
	m.moving.Lock()
	defer m.moving.Unlock()
	o, err := m.movable()
	if err != nil {
		return m.MoveState(), err
	}
	if o.moveState().Phase != moving.None {
		return m.MoveState(), customer.Fail(customer.Conflict, "There is a move already. Resume it, or give it up first.")
	}
	to, err := checkConnection(Connection{Address: r.Address, Username: r.Username, Password: r.Password})
	if err != nil {
		return m.MoveState(), err
	}
	if here(to.Address, o.url) {
		return m.MoveState(), customer.FailField(customer.Conflict, "address",
			"This is the Back Office of this very computer. Enter the address of the shared one.")
	}
	target, err := signInToMove(ctx, to)
	if err != nil {
		return m.MoveState(), err
	}
	if err := m.begin(ctx, o, to, r.MailPending, target); err != nil {
		endSignIn(ctx, target)
		return m.MoveState(), err
	}
	return m.MoveState(), nil
}

// ResumeMove goes on with a move that stopped. Wrong values come back by field
// as from StartMove.
func (m *Manager) ResumeMove(ctx context.Context, password string) (MoveState, error) {
	m.moving.Lock()
	defer m.moving.Unlock()
	o, err := m.movable()
	if err != nil {
		return m.MoveState(), err
	}
	s := o.moveState()
	if s.Phase != moving.Stopped {
		return m.MoveState(), customer.Fail(customer.Conflict, "There is no move that stopped.")
	}
	if password == "" {
		return m.MoveState(), customer.FailField(customer.Required, "password", "Enter your password.")
	}
	target, err := signInToMove(ctx, Connection{Address: s.Address, Username: s.Username, Password: password})
	if err != nil {
		return m.MoveState(), err
	}
	if err := m.launch(ctx, o, target, password); err != nil {
		endSignIn(ctx, target)
		return m.MoveState(), err
	}
	return m.MoveState(), nil
}

// StopMove stops a running move; it can go on later. Nothing happens when none
// runs.
func (m *Manager) StopMove() MoveState {
	m.moving.Lock()
	defer m.moving.Unlock()
	if o, err := m.current(); err == nil {
		o.haltMove()
	}
	return m.MoveState()
}

// GiveUpMove forgets a move that stopped or is done, so that customers can be
// changed here again. Those who moved stay where they are now; one who is
// changed here afterwards is refused there. Conflict while a move runs.
func (m *Manager) GiveUpMove() (MoveState, error) {
	m.moving.Lock()
	defer m.moving.Unlock()
	err := m.giveUp()
	return m.MoveState(), err
}

// MoveState says where the move of this computer's workspace stands, whatever
// workspace is open.
func (m *Manager) MoveState() MoveState {
	if o, err := m.current(); err == nil && o.isLocal() {
		return o.moveState()
	}
	p, err := readMove(m.localDir())
	if err != nil {
		m.o.Logger.Error("read how far the move is", "error", err)
	}
	return moving.New(moving.Options{}, p).State()
}

// movable returns the workspace of this computer, open and signed in.
func (m *Manager) movable() (*opened, error) {
	o, err := m.current()
	switch {
	case err != nil:
		return nil, err
	case !o.isLocal():
		return nil, customer.Fail(customer.Conflict, "Only the workspace of this computer can be moved. Open it first.")
	case !o.signedIn():
		return nil, customer.Fail(customer.Unauthorized, "Sign in to the workspace of this computer first.")
	}
	return o, nil
}

// signInToMove signs in to a Back Office as somebody who may bring customers in.
func signInToMove(ctx context.Context, to Connection) (*client.Client, error) {
	target, err := client.New(to.Address, nil)
	if err != nil {
		return nil, err
	}
	session, err := target.SignIn(ctx, to.Username, to.Password)
	if err != nil {
		return nil, whyNot(err)
	}
	if role := session.Member.Role; !role.MayManageMembers() {
		endSignIn(ctx, target)
		return nil, customer.FailField(customer.Forbidden, "username",
			"Only an owner can move customers in. Your role there is "+role.Title()+": ask an owner to do this, or to change it.")
	}
	return target, nil
}

// here reports that an address leads to the embedded Back Office at own.
func here(address, own string) bool {
	to, errTo := url.Parse(address)
	from, errFrom := url.Parse(own)
	if errTo != nil || errFrom != nil || to.Port() != from.Port() {
		return false
	}
	ip := net.ParseIP(to.Hostname())
	return strings.EqualFold(to.Hostname(), "localhost") || (ip != nil && ip.IsLoopback())
}

// source is the embedded Back Office as the place that customers come from.
type source struct{ o *opened }

var _ moving.Source = source{}

func (s source) partner(ctx context.Context) (string, error) {
	p, err := s.o.office.Store().PartnerByUsername(ctx, s.o.username())
	return p.ID, err
}

func (s source) Count(ctx context.Context) (int, error) {
	p, err := s.o.office.Store().PartnerByUsername(ctx, s.o.username())
	return p.Customers, err
}

func (s source) Accounts(ctx context.Context, after string, limit int) ([]api.MovedAccount, error) {
	partner, err := s.partner(ctx)
	if err != nil {
		return nil, err
	}
	return s.o.office.Store().MoveOut(ctx, partner, after, limit)
}

func (s source) Events(ctx context.Context, customerID string, after int64) ([]customer.Event, bool, error) {
	partner, err := s.partner(ctx)
	if err != nil {
		return nil, false, err
	}
	return s.o.office.Store().MoveOutEvents(ctx, partner, customerID, after)
}
