package pages

import (
	"net/http"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

type linkPage struct {
	frame
	Intro           string
	Action          string // where the form goes
	Button          string
	Token           string
	Username        field
	Password, Again field
	Tips            []string
	Wrong           bool // something needs another look
}

// linkPage is the page of a link that works; LinkInvalid when it does not.
func (s *site) linkPage(r *http.Request, token string) (linkPage, customer.Customer, customer.MailKind, error) {
	if token == "" || len(token) > maxToken {
		return linkPage{}, customer.Customer{}, "", errLink
	}
	c, kind, err := s.o.Accounts.LinkOwner(r.Context(), token)
	if err != nil {
		return linkPage{}, c, kind, err
	}
	p := linkPage{
		frame: s.frame("Set a new password"), Token: token, Action: "/reset", Button: "Set password", Tips: password.Tips(),
		Intro: "Choose the password you want to log in with from now on.",
		Username: field{Name: "username", Label: "Username", Type: "email", Value: c.Username, Autocomplete: "username",
			ReadOnly: true},
	}
	if kind == customer.MailActivation {
		p.frame, p.Action, p.Button = s.frame("Activate your account"), "/activate", "Activate account"
		p.Intro = "Welcome, " + c.Name() + ". Choose a password, and your account for " + c.Company + " is ready."
	}
	p.Password, p.Again = newPasswordFields()
	return p, c, kind, nil
}

// showLink shows the form without using the link: programs that look into
// mails open links too.
func (s *site) showLink(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.linkPage(r, r.URL.Query().Get("token"))
	if err != nil {
		return err
	}
	focusFirst(&p.Password)
	return s.render(w, http.StatusOK, "link.html", p)
}

func (s *site) useLink(w http.ResponseWriter, r *http.Request) error {
	if err := s.takeAddress(s.limits.linkByAddress, r); err != nil {
		return err
	}
	token := r.PostForm.Get("token")
	p, c, kind, err := s.linkPage(r, token)
	if err != nil {
		return err
	}
	hash, err := s.choosePassword(r, c, &p.Password, &p.Again)
	if err != nil {
		return err
	}
	if hash == "" {
		p.Wrong = true
		focusFirst(&p.Password, &p.Again)
		return s.render(w, http.StatusUnprocessableEntity, "link.html", p)
	}
	c, err = s.o.Accounts.UseLink(r.Context(), token, hash)
	if err != nil {
		return err
	}
	done := flash{Notice: noticePasswordSet, Username: c.Username}
	if kind == customer.MailActivation {
		done.Notice = noticeActivated
	}
	if err := s.flash(w, "/login", done); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}

// choosePassword checks the two fields of a new password and returns its
// hash, or "" when it may not be chosen: then the fields say why.
func (s *site) choosePassword(r *http.Request, c customer.Customer, first, again *field) (string, error) {
	secret, confirm := r.PostForm.Get("password"), r.PostForm.Get("confirm")
	err := password.Check(secret, c.Username, c.FirstName, c.LastName, c.Company)
	switch messages, known := fieldErrors(err); {
	case secret == "":
		first.Error = "Choose a password."
	case known:
		first.Error = messages["password"]
	case err != nil:
		return "", err
	case confirm == "":
		again.Error = "Type the password once more."
	case confirm != secret:
		again.Error = "The two passwords differ. Type the same one twice."
	}
	if first.Error != "" || again.Error != "" {
		return "", nil
	}
	return s.o.Hasher.Hash(r.Context(), secret)
}
