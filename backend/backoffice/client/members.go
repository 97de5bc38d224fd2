package client

import (
	"context"
	"net/http"
	"net/url"

	"partnerdesk/backend/backoffice/api"
)

// Members returns the partner's members by name, the disabled ones last. This
// and the next two return forbidden to anybody but an owner.
func (c *Client) Members(ctx context.Context) ([]api.Member, error) {
	var out api.Members
	err := c.do(ctx, request{method: http.MethodGet, path: "/members"}, &out)
	return out.Members, err
}

// AddMember adds a member. Returns errors of the fields username, name, role
// and password, among them username_taken.
func (c *Client) AddMember(ctx context.Context, m api.NewMember) (api.Member, error) {
	var out api.Member
	err := c.do(ctx, request{method: http.MethodPost, path: "/members", body: m}, &out)
	return out, err
}

// ChangeMember changes a member and returns it as it is now. Returns conflict
// when no owner would be left.
func (c *Client) ChangeMember(ctx context.Context, id string, m api.MemberChange) (api.Member, error) {
	var out api.Member
	err := c.do(ctx, request{method: http.MethodPatch, path: "/members/" + url.PathEscape(id), body: m}, &out)
	return out, err
}

// ChangePassword replaces the signed-in member's own password; this sign-in
// goes on. Returns errors of the fields current and new, and too_many when to
// wait.
func (c *Client) ChangePassword(ctx context.Context, m api.PasswordChange) error {
	return c.do(ctx, request{method: http.MethodPost, path: "/password", body: m}, nil)
}
