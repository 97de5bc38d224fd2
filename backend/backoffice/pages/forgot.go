package pages

import (
	"net/http"
	"time"

	"partnerdesk/backend/customer"
)

type forgotPage struct {
	frame
	Username field
	Wrong    bool
	Sent     bool
}

// forgotTakes is how long an answer to /forgot takes at least, so that its
// time does not tell whether a mail was made.
const forgotTakes = 200 * time.Millisecond

func (s *site) forgotPage(username string) forgotPage {
	return forgotPage{frame: s.frame("Forgot your password?"), Username: field{Name: "username", Label: "Username", Type: "email",
		Value: username, Autocomplete: "username", Required: true, Max: customer.MaxUsername}}
}

func (s *site) showForgot(w http.ResponseWriter, _ *http.Request) error {
	p := s.forgotPage("")
	p.Username.Focus = true
	return s.render(w, http.StatusOK, "forgot.html", p)
}

// forgot gives the same answer to every email address.
func (s *site) forgot(w http.ResponseWriter, r *http.Request) error {
	username := text(r, "username")
	if err := s.takeAddress(s.limits.forgotByAddress, r); err != nil {
		return err
	}
	p := s.forgotPage(username)
	if wrong := customer.CheckUsername(username); wrong != nil {
		p.Username.Error, p.Wrong = wrong.Message, true
		if wrong.Code == customer.Required {
			p.Username.Error = "Enter your email address."
		}
		p.Username.Focus = true
		return s.render(w, http.StatusUnprocessableEntity, "forgot.html", p)
	}
	if err := takeAccount(s.limits.forgotByAccount, username); err != nil {
		return err
	}
	enough := time.NewTimer(forgotTakes)
	defer enough.Stop()
	if err := s.o.Accounts.RequestReset(r.Context(), username); err != nil {
		// A different answer would tell that there is such an account.
		s.o.Logger.ErrorContext(r.Context(), "request a reset", "error", err)
	}
	select {
	case <-enough.C:
	case <-r.Context().Done():
	}
	p.frame, p.Sent = s.frame("Look in your mail"), true
	return s.render(w, http.StatusOK, "forgot.html", p)
}
