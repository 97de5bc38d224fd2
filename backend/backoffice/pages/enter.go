package pages

import (
	"net/http"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

type enterPage struct {
	frame
	Ticket field
	Wrong  bool
}

// enterPage is where a log-in-as link lands. The link's ticket is in its
// fragment, which no server sees: the page's script posts it, or a person
// pastes the link.
func (s *site) enterPage() enterPage {
	p := enterPage{frame: s.frame("Log in as a customer"), Ticket: field{Name: "ticket", Label: "Link or code", Type: "text",
		Autocomplete: "off", Required: true, Hint: "Copy the whole address of this page, or the part after the #, and paste it here."}}
	p.Script = s.assets.script
	return p
}

func (s *site) showEnter(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Security-Policy", policyWithScript)
	return s.render(w, http.StatusOK, "enter.html", s.enterPage())
}

func (s *site) enter(w http.ResponseWriter, r *http.Request) error {
	if err := s.takeAddress(s.limits.linkByAddress, r); err != nil {
		return err
	}
	ticket := text(r, "ticket")
	ticket = ticket[strings.LastIndexByte(ticket, '#')+1:]
	if ticket == "" {
		p := s.enterPage()
		p.Ticket.Error, p.Ticket.Focus, p.Wrong = "Paste the link or the code.", true, true
		w.Header().Set("Content-Security-Policy", policyWithScript)
		return s.render(w, http.StatusUnprocessableEntity, "enter.html", p)
	}
	if len(ticket) > maxToken {
		return errTicket
	}
	token, session, err := s.o.Accounts.RedeemTicket(r.Context(), ticket)
	switch customer.CodeOf(err) {
	case "":
	case customer.LinkInvalid, customer.NotFound, customer.Unauthorized:
		return errTicket
	case customer.AccountLocked:
		return errTicketLocked
	default:
		return err
	}
	s.openSession(w, session.Customer.ID, token)
	to := session.Destination
	if !slices.ContainsFunc(Destinations(), func(d customer.Destination) bool { return d.ID == to }) {
		to = Destinations()[0].ID
	}
	http.Redirect(w, r, accountPath(session.Customer.ID)+"/"+to, http.StatusSeeOther)
	return nil
}

func (s *site) showEnded(w http.ResponseWriter, _ *http.Request) error {
	return s.render(w, http.StatusOK, "ended.html", struct{ frame }{s.frame("Session ended")})
}
