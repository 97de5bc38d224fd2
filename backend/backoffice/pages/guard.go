package pages

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"

	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/backoffice/trace"
	"partnerdesk/backend/customer"
)

// visitor is who is in an account: the open session and its form token.
type visitor struct {
	store.Session
	csrf string
}

// path is a page of the account.
func (v visitor) path(name string) string {
	return "/c/" + url.PathEscape(v.Customer.ID) + "/" + name
}

// within lets an account page serve open sessions only: without a cookie the
// way leads to the log-in page, with one that no longer works to a page that
// says so. Posts must carry the session's form token.
func (s *site) within(next account) page {
	if next == nil {
		return nil
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		token := sessionToken(r)
		if token == "" {
			if r.Method == http.MethodPost {
				return errSessionEnded
			}
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return nil
		}
		session, err := s.o.Accounts.SessionByToken(r.Context(), r.PathValue("id"), token)
		switch code := customer.CodeOf(err); {
		case code == customer.Unauthorized || code == customer.NotFound:
			return errSessionEnded
		case err != nil:
			return err
		}
		trace.Note(r.Context(), "customer", session.Customer.ID)
		v := visitor{Session: session, csrf: formToken(token)}
		if r.Method == http.MethodPost && !hmac.Equal([]byte(r.PostForm.Get("csrf")), []byte(v.csrf)) {
			return errForged
		}
		return next(w, r, v)
	}
}

// formToken is the secret that the forms of a session carry. It tells nothing
// about the session's own token.
func formToken(sessionToken string) string {
	mac := hmac.New(sha256.New, []byte(sessionToken))
	mac.Write([]byte("partner desk form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
