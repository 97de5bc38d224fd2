package pages

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"unicode/utf8"

	"partnerdesk/backend/customer"
)

// sessionCookie holds an account session. Its path is the account's own, so
// that a browser can be in several accounts at once.
const (
	sessionCookie = "pd_session"
	flashCookie   = "pd_flash"
	maxToken      = 512 // characters; ours are far shorter
)

func sessionToken(r *http.Request) string {
	c, err := r.Cookie(sessionCookie)
	if err != nil || len(c.Value) > maxToken {
		return ""
	}
	return c.Value
}

func (s *site) setCookie(w http.ResponseWriter, name, value, path string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.o.Secure(),
	})
}

func accountPath(customerID string) string { return "/c/" + url.PathEscape(customerID) }

func (s *site) openSession(w http.ResponseWriter, customerID, token string) {
	s.setCookie(w, sessionCookie, token, accountPath(customerID), 0)
}

func (s *site) closeSession(w http.ResponseWriter, customerID string) {
	s.setCookie(w, sessionCookie, "", accountPath(customerID), -1)
}

// flash is a notice that the next page shows once. It comes from a cookie and
// is not to be trusted: it only picks one of our sentences and fills in a field.
type flash struct {
	Notice   string `json:"notice"`
	Username string `json:"username,omitempty"`
}

// The notices.
const (
	noticeActivated       = "activated"
	noticePasswordSet     = "password_set"
	noticeLoggedOut       = "logged_out"
	noticeSaved           = "saved"
	noticePasswordChanged = "password_changed"
)

func (s *site) flash(w http.ResponseWriter, path string, f flash) error {
	b, err := json.Marshal(f)
	if err != nil {
		return err
	}
	s.setCookie(w, flashCookie, base64.RawURLEncoding.EncodeToString(b), path, 60)
	return nil
}

// takeFlash returns the notice left for this path and clears it.
func (s *site) takeFlash(w http.ResponseWriter, r *http.Request, path string) (f flash) {
	c, err := r.Cookie(flashCookie)
	if err != nil {
		return flash{}
	}
	s.setCookie(w, flashCookie, "", path, -1)
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || json.Unmarshal(b, &f) != nil {
		return flash{}
	}
	if len(f.Username) > customer.MaxUsername || !utf8.ValidString(f.Username) {
		f.Username = ""
	}
	return f
}
