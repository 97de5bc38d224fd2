package pages

import (
	"net/http"

	"partnerdesk/backend/password"
)

type passwordPage struct {
	frame
	Action, CSRF             string
	Notice                   string
	Wrong                    bool
	Visit                    bool
	Username, Current, First field
	Again                    field
	Tips                     []string
}

func (s *site) passwordPage(v visitor) passwordPage {
	p := passwordPage{
		frame: s.accountFrame(v, "Password", "password"), Action: v.path("password"), CSRF: v.csrf, Visit: v.Visit,
		Username: field{Name: "username", Value: v.Customer.Username},
		Current: field{Name: "current", Label: "Current password", Type: "password", Autocomplete: "current-password",
			Required: true},
		Tips: password.Tips(),
	}
	p.First, p.Again = newPasswordFields()
	return p
}

func (s *site) showPassword(w http.ResponseWriter, r *http.Request, v visitor) error {
	p := s.passwordPage(v)
	if s.takeFlash(w, r, accountPath(v.Customer.ID)).Notice == noticePasswordChanged {
		p.Notice = "The password is changed. Other sessions of this account have ended."
	}
	return s.render(w, http.StatusOK, "password.html", p)
}

// savePassword changes the password. The customer proves to know the current
// one; the partner, who has full permissions, need not.
func (s *site) savePassword(w http.ResponseWriter, r *http.Request, v visitor) error {
	p := s.passwordPage(v)
	if !v.Visit {
		if err := s.takePassword(r, v.Customer.Username); err != nil {
			return err
		}
		ok, err := s.knowsPassword(r, v)
		if err != nil {
			return err
		}
		if !ok {
			p.Current.Error = "This is not the current password."
			return s.refusePassword(w, p)
		}
		s.knewPassword(r, v.Customer.Username)
	}
	hash, err := s.choosePassword(r, v.Customer, &p.First, &p.Again)
	if err != nil {
		return err
	}
	if hash == "" {
		return s.refusePassword(w, p)
	}
	if err := s.o.Accounts.ChangePassword(r.Context(), v.Session, hash); err != nil {
		return err
	}
	if err := s.flash(w, accountPath(v.Customer.ID), flash{Notice: noticePasswordChanged}); err != nil {
		return err
	}
	http.Redirect(w, r, v.path("password"), http.StatusSeeOther)
	return nil
}

func (s *site) knowsPassword(r *http.Request, v visitor) (bool, error) {
	secret := r.PostForm.Get("current")
	if secret == "" || len(secret) > maxPassword {
		return false, nil
	}
	hash, err := s.o.Accounts.PasswordHash(r.Context(), v.Customer.ID)
	if err != nil {
		return false, err
	}
	return s.o.Hasher.Verify(r.Context(), hash, secret)
}

func (s *site) refusePassword(w http.ResponseWriter, p passwordPage) error {
	p.Wrong = true
	focusFirst(&p.Current, &p.First, &p.Again)
	return s.render(w, http.StatusUnprocessableEntity, "password.html", p)
}
