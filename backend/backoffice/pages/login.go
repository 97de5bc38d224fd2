package pages

import (
	"context"
	"net/http"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

type loginPage struct {
	frame
	Username, Password field
	Notice             string // good news
	Problem            string // why the log-in failed
}

// wrongLogin is said of a wrong password and of an unknown username alike.
const wrongLogin = "The username or the password is not right. Check both and try again."

// maxPassword is the most bytes of a password that are looked at.
const maxPassword = 1024

func (s *site) loginPage(username string) loginPage {
	return loginPage{
		frame: s.frame("Log in"),
		Username: field{Name: "username", Label: "Username", Type: "email", Value: username, Autocomplete: "username",
			Required: true, Max: customer.MaxUsername},
		Password: field{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true},
	}
}

func (s *site) showLogin(w http.ResponseWriter, r *http.Request) error {
	left := s.takeFlash(w, r, "/login")
	p := s.loginPage(left.Username)
	switch left.Notice {
	case noticeActivated:
		p.Notice = "Your account is active. Log in with the password you just chose."
	case noticePasswordSet:
		p.Notice = "Your password is set. Log in with it."
	case noticeLoggedOut:
		p.Notice = "You are logged out."
	}
	focusFirst(&p.Username, &p.Password)
	return s.render(w, http.StatusOK, "login.html", p)
}

func (s *site) logIn(w http.ResponseWriter, r *http.Request) error {
	username, secret := text(r, "username"), r.PostForm.Get("password")
	if err := s.takeAddress(s.limits.loginByAddress, r); err != nil {
		return err
	}
	if err := s.takePassword(r, username); err != nil {
		return err
	}
	c, partner, hash, err := s.checkLogin(r.Context(), username, secret)
	if err != nil {
		return err
	}
	p := s.loginPage(username)
	if hash == "" {
		return s.refuseLogin(w, p, wrongLogin)
	}
	token, session, err := s.o.Accounts.LogIn(r.Context(), c.ID, hash)
	switch customer.CodeOf(err) {
	case "":
	case customer.AccountLocked:
		return s.refuseLogin(w, p, "This account is locked. Ask "+partner.Name+" to unlock it.")
	case customer.Waiting:
		return s.refuseLogin(w, p, "Your account is waiting for activation. Open the link in the mail that was sent to "+
			c.Username+"; if you can’t find it, ask for a new one with Forgot password.")
	case customer.NotFound, customer.Unauthorized:
		return s.refuseLogin(w, p, wrongLogin)
	default:
		return err
	}
	s.knewPassword(r, username)
	s.openSession(w, session.Customer.ID, token)
	http.Redirect(w, r, accountPath(session.Customer.ID)+"/profile", http.StatusSeeOther)
	return nil
}

// checkLogin returns the hash that the password matches; empty when it does
// not. It takes as long for an account that does not exist or has no password.
func (s *site) checkLogin(ctx context.Context, username, secret string) (customer.Customer, api.Partner, string, error) {
	c, hash, partner, err := s.o.Accounts.LoginCredentials(ctx, username)
	if err != nil && customer.CodeOf(err) != customer.NotFound {
		return c, partner, "", err
	}
	if len(secret) > maxPassword {
		hash, secret = "", ""
	}
	ok, err := s.o.Hasher.Verify(ctx, hash, secret)
	if err != nil || !ok {
		return c, partner, "", err
	}
	return c, partner, hash, nil
}

func (s *site) refuseLogin(w http.ResponseWriter, p loginPage, why string) error {
	p.Problem = why
	focusFirst(&p.Username, &p.Password)
	return s.render(w, http.StatusUnprocessableEntity, "login.html", p)
}
