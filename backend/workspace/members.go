package workspace

import (
	"context"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Members returns the people who sign in for the partner. This and the next two
// return Forbidden to anybody but an owner.
func (m *Manager) Members(ctx context.Context) ([]api.Member, error) {
	o, err := m.reach()
	if err != nil {
		return nil, err
	}
	return again(ctx, o.caller(), func() ([]api.Member, error) { return o.remote.Members(ctx) })
}

// AddMember adds a member. Wrong values come back by field.
func (m *Manager) AddMember(ctx context.Context, n api.NewMember) (api.Member, error) {
	o, err := m.reach()
	if err != nil {
		return api.Member{}, err
	}
	return again(ctx, o.caller(), func() (api.Member, error) { return o.remote.AddMember(ctx, n) })
}

// ChangeMember changes a member and returns it as it is now.
func (m *Manager) ChangeMember(ctx context.Context, id string, change api.MemberChange) (api.Member, error) {
	o, err := m.reach()
	if err != nil {
		return api.Member{}, err
	}
	in, _ := o.signIn()
	now, err := again(ctx, o.caller(), func() (api.Member, error) { return o.remote.ChangeMember(ctx, id, change) })
	if err == nil && change.Password != nil && in.Member.ID == id {
		m.usePassword(ctx, o, *change.Password)
	}
	return now, err
}

// ChangePassword replaces the password that this desk signs in with. Wrong
// values come back by field: current, new.
func (m *Manager) ChangePassword(ctx context.Context, current, next string) error {
	o, err := m.reach()
	if err != nil {
		return err
	}
	if current == "" {
		return customer.FailField(customer.Required, "current", "Enter your current password.")
	}
	_, err = again(ctx, o.caller(), func() (struct{}, error) {
		return struct{}{}, o.remote.ChangePassword(ctx, api.PasswordChange{Current: current, New: next})
	})
	if err == nil {
		m.usePassword(ctx, o, next)
	}
	return err
}

// usePassword signs in with another password from now on, and keeps it.
func (m *Manager) usePassword(ctx context.Context, o *opened, secret string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o.mu.Lock()
	kept := o.password != "" // else the user signed out meanwhile
	if kept {
		o.password, o.refused = secret, nil
	}
	o.mu.Unlock()
	o.syncer.Wake() // it may have tried the old one meanwhile
	if !kept || o.config.Kind == KindSample {
		return
	}
	err := m.o.Keyring.Set(ctx, o.config.ID, secret)
	if m.open == o {
		m.keyring = err
		m.changed()
	}
}
