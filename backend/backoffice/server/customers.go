package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// EnterPath is the customer page that takes a log-in-as ticket from the
// fragment of its address.
const EnterPath = "/enter"

// CustomerPath is the path of a call about one customer.
type CustomerPath struct {
	ID string `path:"id" maxLength:"64" doc:"The customer's id."`
}

type logInAsInput struct {
	CustomerPath
	Body api.LogInAsRequest
}

type linkOutput struct{ Body api.Link }

type activationMailInput struct {
	CustomerPath
	Body api.ActivationMailRequest
}

type activationMailOutput struct{ Body api.ActivationMail }

type eventsInput struct {
	CustomerPath
	Before int64 `query:"before" minimum:"0" default:"0" doc:"Only events with a lower id; zero for the newest."`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"The most events to answer with."`
}

type eventsOutput struct{ Body api.Events }

type mailsOutput struct{ Body api.Mails }

func (s *server) addCustomers(a huma.API) {
	add(s, a, operation{
		id: "log-in-as", method: http.MethodPost, path: "/customers/{id}/login-as", body: maxBody,
		summary:  "A link, valid once and for a minute, that logs the member in as the customer",
		problems: []int{http.StatusNotFound, http.StatusLocked, http.StatusTooManyRequests},
	}, s.logInAs)
	add(s, a, operation{
		id: "activation-mail", method: http.MethodPost, path: "/customers/{id}/activation-mail", may: edit, body: maxBody,
		summary:  "A fresh link to activate the account or to set its password, mailed or to be handed over",
		problems: []int{http.StatusNotFound, http.StatusLocked, http.StatusTooManyRequests},
	}, s.activationMail)
	add(s, a, operation{
		id: "events", method: http.MethodGet, path: "/customers/{id}/events",
		summary: "The customer's history, newest first", problems: []int{http.StatusNotFound},
	}, s.events)
	add(s, a, operation{
		id: "mails", method: http.MethodGet, path: "/customers/{id}/mails",
		summary: "The customer's mails, newest first; without text and link for support", problems: []int{http.StatusNotFound},
	}, s.mails)
}

func (s *server) logInAs(ctx context.Context, in *logInAsInput) (*linkOutput, error) {
	who := callerOf(ctx).in
	if err := within(s.limits.visits, who.Partner.ID); err != nil {
		return nil, err
	}
	to := in.Body.Destination
	if to == "" && len(s.Destinations) > 0 {
		to = s.Destinations[0].ID
	}
	if to != "" && !slices.ContainsFunc(s.Destinations, func(d customer.Destination) bool { return d.ID == to }) {
		return nil, customer.FailField(customer.Invalid, "destination", "This is not a place in the account.")
	}
	reason := strings.TrimSpace(in.Body.Reason)
	if strings.ContainsFunc(reason, unicode.IsControl) {
		return nil, customer.FailField(customer.Invalid, "reason", "This holds a character that can't be shown. Type it again.")
	}
	ticket, expires, err := s.Store.CreateTicket(ctx, who, in.ID, reason, to)
	if err != nil {
		return nil, err
	}
	return &linkOutput{api.Link{URL: strings.TrimSuffix(s.PublicURL(), "/") + EnterPath + "#" + ticket, ExpiresAt: expires}}, nil
}

func (s *server) activationMail(ctx context.Context, in *activationMailInput) (*activationMailOutput, error) {
	who := callerOf(ctx).in
	if err := within(s.limits.newLinks, who.Partner.ID); err != nil {
		return nil, err
	}
	mail, err := s.Store.NewLink(ctx, who, in.ID, in.Body.Deliver)
	if err != nil {
		return nil, err
	}
	return &activationMailOutput{mail}, nil
}

func (s *server) events(ctx context.Context, in *eventsInput) (*eventsOutput, error) {
	events, before, err := s.Store.Events(ctx, callerOf(ctx).in.Partner.ID, in.ID, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	return &eventsOutput{api.Events{Events: list(events), Before: before}}, nil
}

func (s *server) mails(ctx context.Context, in *CustomerPath) (*mailsOutput, error) {
	who := callerOf(ctx).in
	mails, err := s.Store.Mails(ctx, who.Partner.ID, in.ID)
	if err != nil {
		return nil, err
	}
	for i := range mails {
		m := &mails[i]
		if !who.Member.Role.MayEdit() { // a link sets the customer's password
			m.Text, m.Link = "", ""
			continue
		}
		if m.State != customer.MailSaved {
			continue
		}
		text, link, err := s.Mails.Read(m.ID)
		if err != nil { // the user may have deleted the file: the rest is still worth showing
			s.Logger.WarnContext(ctx, "a saved mail can't be read", "mail", m.ID, "error", err)
			continue
		}
		m.Text, m.Link = text, link
	}
	return &mailsOutput{api.Mails{Mails: list(mails)}}, nil
}
