package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// SignIn signs a member in and uses the token from then on. Returns
// unauthorized when username or password is wrong, too_many when to wait, and
// version when the Back Office speaks another contract.
func (c *Client) SignIn(ctx context.Context, username, password string) (api.Session, error) {
	var out api.Session
	r := request{method: http.MethodPost, path: "/session", body: api.Credentials{Username: username, Password: password}, open: true}
	if err := c.do(ctx, r, &out); err != nil {
		return api.Session{}, err
	}
	if out.Token == "" {
		return api.Session{}, offline(notABackOffice, errors.New("a sign-in without a token"))
	}
	c.SetToken(out.Token)
	if err := matches(out.Contract); err != nil {
		_ = c.SignOut(ctx) // a sign-in that nobody uses; the Back Office ends it in time
		return api.Session{}, err
	}
	return out, nil
}

// matches tells a Back Office of another contract.
func matches(contract int) error {
	switch {
	case contract < api.Contract:
		return customer.Fail(customer.Version,
			"This Back Office is older than this Partner Desk. Whoever runs it has to update it first.")
	case contract > api.Contract:
		return customer.Fail(customer.Version, "This Back Office is newer than this Partner Desk. Update Partner Desk first.")
	}
	return nil
}

// SignOut ends the sign-in and forgets the token. The token is forgotten even
// when the Back Office can't be told.
func (c *Client) SignOut(ctx context.Context) error {
	err := c.do(ctx, request{method: http.MethodDelete, path: "/session"}, nil)
	c.SetToken("")
	return err
}

// Meta describes the Back Office.
func (c *Client) Meta(ctx context.Context) (api.Meta, error) {
	var out api.Meta
	err := c.do(ctx, request{method: http.MethodGet, path: "/meta"}, &out)
	return out, err
}

// Changes returns the customers that changed since a cursor; empty for all.
// With a wait, at most 30 seconds, it answers as soon as something changed.
// A limit of zero leaves the size of a page to the Back Office.
func (c *Client) Changes(ctx context.Context, since string, limit int, wait time.Duration) (api.Changes, error) {
	q := url.Values{}
	if since != "" {
		q.Set("since", since)
	}
	if limit > 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	seconds := min(max(int(wait/time.Second), 0), 30)
	if seconds > 0 {
		q.Set("wait", strconv.Itoa(seconds))
	}
	var out api.Changes
	r := request{method: http.MethodGet, path: "/changes?" + q.Encode(), wait: time.Duration(seconds) * time.Second}
	err := c.do(ctx, r, &out)
	return out, err
}

// LogInAs returns a link that works once and for a minute. Returns
// account_locked for a Locked account.
func (c *Client) LogInAs(ctx context.Context, id, reason, destination string) (api.Link, error) {
	var out api.Link
	r := request{
		method: http.MethodPost, path: "/customers/" + url.PathEscape(id) + "/login-as",
		body: api.LogInAsRequest{Reason: reason, Destination: destination},
	}
	err := c.do(ctx, r, &out)
	return out, err
}

// NewLink makes a fresh link to activate the account or to set its password;
// earlier ones die. With deliver it is mailed.
func (c *Client) NewLink(ctx context.Context, id string, deliver bool) (api.ActivationMail, error) {
	var out api.ActivationMail
	r := request{
		method: http.MethodPost, path: "/customers/" + url.PathEscape(id) + "/activation-mail",
		body: api.ActivationMailRequest{Deliver: deliver},
	}
	err := c.do(ctx, r, &out)
	return out, err
}

// Events returns a page of a customer's history, newest first: the events
// before an event's id, or the newest for zero.
func (c *Client) Events(ctx context.Context, id string, before int64) (api.Events, error) {
	path := "/customers/" + url.PathEscape(id) + "/events"
	if before > 0 {
		path += "?before=" + strconv.FormatInt(before, 10)
	}
	var out api.Events
	err := c.do(ctx, request{method: http.MethodGet, path: path}, &out)
	return out, err
}

// Mails returns a customer's mails, newest first.
func (c *Client) Mails(ctx context.Context, id string) ([]customer.Mail, error) {
	var out api.Mails
	err := c.do(ctx, request{method: http.MethodGet, path: "/customers/" + url.PathEscape(id) + "/mails"}, &out)
	return out.Mails, err
}

// Visits returns the partner's open log-in-as sessions, newest first.
func (c *Client) Visits(ctx context.Context) ([]customer.Visit, error) {
	var out api.Visits
	err := c.do(ctx, request{method: http.MethodGet, path: "/visits"}, &out)
	return out.Visits, err
}

// RecentVisits returns the partner's latest log-ins as a customer, newest first.
func (c *Client) RecentVisits(ctx context.Context) ([]customer.PastVisit, error) {
	var out api.RecentVisits
	err := c.do(ctx, request{method: http.MethodGet, path: "/visits/recent"}, &out)
	return out.Visits, err
}

// EndVisit ends a log-in-as session.
func (c *Client) EndVisit(ctx context.Context, id string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: "/visits/" + url.PathEscape(id)}, nil)
}
