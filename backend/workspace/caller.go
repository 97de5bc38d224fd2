package workspace

import (
	"context"
	"net/url"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// caller is the Back Office as the user reaches it, at once and without
// syncing: a call whose sign-in has ended goes again with a fresh one.
type caller struct{ *remote }

var _ desk.Remote = caller{}

func (o *opened) caller() caller { return caller{o.remote} }

// again makes a call, and once more after signing in again when its sign-in had
// ended. Such a call did nothing.
func again[T any](ctx context.Context, c caller, call func() (T, error)) (T, error) {
	out, err := noting(c.remote, call)
	if customer.CodeOf(err) != customer.Unauthorized || c.renew(ctx) != nil {
		return out, err
	}
	return noting(c.remote, call)
}

// renew signs in again with the stored password.
func (c caller) renew(ctx context.Context) error {
	username, password, err := c.o.credential()
	if err != nil {
		return err
	}
	_, err = c.SignIn(ctx, username, password)
	if customer.CodeOf(err) == customer.Unauthorized {
		c.o.syncer.Wake() // it stops at once, too
	}
	return err
}

func (c caller) Meta(ctx context.Context) (api.Meta, error) {
	return again(ctx, c, func() (api.Meta, error) { return c.Client.Meta(ctx) })
}

func (c caller) LogInAs(ctx context.Context, id, reason, destination string) (api.Link, error) {
	link, err := again(ctx, c, func() (api.Link, error) { return c.Client.LogInAs(ctx, id, reason, destination) })
	if err == nil {
		c.o.leadsTo(link.URL)
	}
	return link, err
}

func (c caller) NewLink(ctx context.Context, id string, deliver bool) (api.ActivationMail, error) {
	return again(ctx, c, func() (api.ActivationMail, error) { return c.Client.NewLink(ctx, id, deliver) })
}

func (c caller) Events(ctx context.Context, id string, before int64) (api.Events, error) {
	return again(ctx, c, func() (api.Events, error) { return c.Client.Events(ctx, id, before) })
}

func (c caller) Mails(ctx context.Context, id string) ([]customer.Mail, error) {
	return again(ctx, c, func() ([]customer.Mail, error) { return c.Client.Mails(ctx, id) })
}

func (c caller) Visits(ctx context.Context) ([]customer.Visit, error) {
	return again(ctx, c, func() ([]customer.Visit, error) { return c.Client.Visits(ctx) })
}

func (c caller) RecentVisits(ctx context.Context) ([]customer.PastVisit, error) {
	return again(ctx, c, func() ([]customer.PastVisit, error) { return c.Client.RecentVisits(ctx) })
}

func (c caller) EndVisit(ctx context.Context, id string) error {
	_, err := again(ctx, c, func() (struct{}, error) { return struct{}{}, c.Client.EndVisit(ctx, id) })
	return err
}

// leadsTo notes where the customers' pages of a shared Back Office are. They
// may be at another address than the desk talks to, which only the Back Office
// knows. It is trusted with that, for its own pages could send the browser
// there as well; but nothing leaves https, and only a Back Office on this
// computer leads to this computer.
func (o *opened) leadsTo(link string) {
	u, err := url.Parse(link)
	if err != nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	here := u.Scheme == "http" && strings.HasPrefix(o.url, "http://")
	if o.config.Kind == KindShared && (u.Scheme == "https" || here) {
		o.linked = u.Scheme + "://" + u.Host
	}
}

// origins are where links may lead that are opened in the system browser. The
// browser package lets http through to this computer only.
func (o *opened) origins() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.linked == "" {
		return []string{o.url}
	}
	return []string{o.url, o.linked}
}
