package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

type membersOutput struct{ Body api.Members }

type memberOutput struct{ Body api.Member }

type newMemberInput struct{ Body api.NewMember }

type memberChangeInput struct {
	ID   string `path:"id" maxLength:"64" doc:"The member's id."`
	Body api.MemberChange
}

type passwordInput struct{ Body api.PasswordChange }

func (s *server) addMembers(a huma.API) {
	add(s, a, operation{
		id: "members", method: http.MethodGet, path: "/members", may: manageMembers,
		summary: "The partner's members by name, the disabled ones last",
	}, s.members)
	add(s, a, operation{
		id: "add-member", method: http.MethodPost, path: "/members", may: manageMembers, body: maxBody,
		summary: "Add a member, who can sign in from then on", problems: []int{http.StatusConflict, http.StatusTooManyRequests},
	}, s.addMember)
	add(s, a, operation{
		id: "change-member", method: http.MethodPatch, path: "/members/{id}", may: manageMembers, body: maxBody,
		summary:  "Change a member; a new role, a new password and disabling end the member's sign-ins and visits",
		problems: []int{http.StatusNotFound, http.StatusConflict, http.StatusTooManyRequests},
	}, s.changeMember)
	add(s, a, operation{
		id: "change-password", method: http.MethodPost, path: "/password", body: maxBody,
		summary: "Replace one's own password; one's other sign-ins and their visits end", problems: []int{http.StatusTooManyRequests},
	}, s.changePassword)
}

func (s *server) members(ctx context.Context, _ *struct{}) (*membersOutput, error) {
	members, err := s.Store.Members(ctx, callerOf(ctx).in.Partner.ID)
	if err != nil {
		return nil, err
	}
	return &membersOutput{api.Members{Members: list(members)}}, nil
}

func (s *server) addMember(ctx context.Context, in *newMemberInput) (*memberOutput, error) {
	who := callerOf(ctx).in
	m := api.Member{Username: strings.TrimSpace(in.Body.Username), Name: strings.TrimSpace(in.Body.Name), Role: in.Body.Role}
	err := together(store.CheckMember(m), password.Check(in.Body.Password, m.Username, m.Name, who.Partner.Name))
	if err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if m, err = s.Store.AddMember(ctx, who, m, hash); err != nil {
		return nil, err
	}
	s.Logger.InfoContext(ctx, "member added", "member", m.ID, "role", m.Role, "by", who.Member.ID)
	return &memberOutput{m}, nil
}

func (s *server) changeMember(ctx context.Context, in *memberChangeInput) (*memberOutput, error) {
	who := callerOf(ctx).in
	c := store.MemberChange{Name: in.Body.Name, Role: in.Body.Role, Disabled: in.Body.Disabled}
	if in.Body.Password != nil {
		hash, err := s.newPassword(ctx, who, in)
		if err != nil {
			return nil, err
		}
		c.PasswordHash = &hash
	}
	m, err := s.Store.ChangeMember(ctx, who, in.ID, c)
	if err != nil {
		return nil, err
	}
	s.Logger.InfoContext(ctx, "member changed", "member", m.ID, "role", m.Role, "disabled", m.Disabled,
		"password", c.PasswordHash != nil, "by", who.Member.ID)
	return &memberOutput{m}, nil
}

// newPassword checks the member's new password against what is known of the
// member, and hashes it.
func (s *server) newPassword(ctx context.Context, who store.SignIn, in *memberChangeInput) (string, error) {
	members, err := s.Store.Members(ctx, who.Partner.ID)
	if err != nil {
		return "", err
	}
	known := []string{who.Partner.Name}
	for _, m := range members {
		if m.ID == in.ID {
			known = append(known, m.Username, m.Name)
		}
	}
	if err := password.Check(*in.Body.Password, known...); err != nil {
		return "", err
	}
	return s.hash(ctx, *in.Body.Password)
}

// hash hashes a password that an owner gives a member, as often as the
// partner's allowance goes.
func (s *server) hash(ctx context.Context, secret string) (string, error) {
	if err := within(s.limits.passwords, callerOf(ctx).in.Partner.ID); err != nil {
		return "", err
	}
	return s.Passwords.Hash(ctx, secret)
}

// changePassword is limited as a sign-in is: it tells whether a guess is right.
func (s *server) changePassword(ctx context.Context, in *passwordInput) (*struct{}, error) {
	who := callerOf(ctx)
	if err := s.checkOwnPassword(ctx, who, in.Body.Current); err != nil {
		return nil, err
	}
	err := password.Check(in.Body.New, who.in.Member.Username, who.in.Member.Name, who.in.Partner.Name)
	var e *customer.Error
	if errors.As(err, &e) {
		return nil, customer.FailField(e.Code, "new", e.Message)
	}
	hash, err := s.Passwords.Hash(ctx, in.Body.New)
	if err != nil {
		return nil, err
	}
	if err := s.Store.SetOwnPassword(ctx, who.in, hash); err != nil {
		return nil, err
	}
	s.Logger.InfoContext(ctx, "member changed the own password", "member", who.in.Member.ID)
	return nil, nil
}

func (s *server) checkOwnPassword(ctx context.Context, who caller, current string) error {
	_, ok, err := s.verify(ctx, who.in.Member.Username, current, who.address)
	switch {
	case err != nil:
		return err
	case !ok:
		return customer.FailField(customer.Invalid, "current", "This is not your current password.")
	}
	s.limits.forget(who.in.Member.Username, who.address)
	return nil
}

// together joins the field errors of several checks into one error; nil when
// all are nil.
func together(checks ...error) error {
	var wrong []customer.Error
	for _, err := range checks {
		var e *customer.Error
		switch {
		case err == nil:
		case !errors.As(err, &e):
			return err
		case len(e.Fields) > 0:
			wrong = append(wrong, e.Fields...)
		default:
			wrong = append(wrong, *e)
		}
	}
	return customer.FailFields(wrong)
}
