package pages

import (
	"net/http"
	"strings"

	"partnerdesk/backend/backoffice/route"
)

// page answers one request. An error that it returns becomes the error page.
type page func(w http.ResponseWriter, r *http.Request) error

// account answers one request within an open session.
type account func(w http.ResponseWriter, r *http.Request, v visitor) error

// routes makes the mux of every page; the tests have a table of them.
func (s *site) routes() *route.Mux {
	mux := route.New()
	on := func(path string, get, post page) { mux.Handle(path, s.methods(get, post)) }
	in := func(path string, get, post account) { on(path, s.within(get), s.within(post)) }

	on("/{$}", redirect("/login"), nil)
	on("/login", s.showLogin, s.logIn)
	on("/activate", s.showLink, s.useLink)
	on("/reset", s.showLink, s.useLink)
	on("/forgot", s.showForgot, s.forgot)
	on("/enter", s.showEnter, s.enter)
	on("/ended", s.showEnded, nil)
	in("/c/{id}/{$}", toProfile, nil)
	in("/c/{id}", toProfile, nil)
	in("/c/{id}/profile", s.showProfile, s.saveProfile)
	in("/c/{id}/password", s.showPassword, s.savePassword)
	in("/c/{id}/activity", s.showActivity, nil)
	in("/c/{id}/logout", nil, s.logOut)
	mux.Handle("/assets/{file}", http.HandlerFunc(s.asset))
	on("/", func(http.ResponseWriter, *http.Request) error { return errNotFound }, nil)

	return mux
}

// guarded keeps out what no page has to look at.
func (s *site) guarded(pages http.Handler) http.Handler {
	var guard http.CrossOriginProtection
	guard.SetDenyHandler(s.handle(func(http.ResponseWriter, *http.Request) error { return errForged }))
	return s.headers(s.cleanPath(guard.Handler(pages)))
}

// methods serves GET and HEAD with get and POST with post; nil is not allowed.
func (s *site) methods(get, post page) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		serve, allow := get, "GET, HEAD"
		switch r.Method {
		case http.MethodGet, http.MethodHead:
		case http.MethodPost:
			serve = post
		default:
			serve = nil
		}
		if serve != nil && r.Method == http.MethodPost {
			if err := readForm(w, r); err != nil {
				return err
			}
		}
		if serve == nil {
			switch {
			case get == nil:
				allow = "POST"
			case post != nil:
				allow += ", POST"
			}
			w.Header().Set("Allow", allow)
			return errMethod
		}
		return serve(w, r)
	})
}

func redirect(to string) page {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
}

func toProfile(w http.ResponseWriter, r *http.Request, v visitor) error {
	http.Redirect(w, r, v.path("profile"), http.StatusSeeOther)
	return nil
}

// cleanPath answers paths with dots or empty parts with "not found" instead
// of a redirect to what they might mean.
func (s *site) cleanPath(next http.Handler) http.Handler {
	odd := s.handle(func(http.ResponseWriter, *http.Request) error { return errNotFound })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if strings.Contains(path, "//") || strings.Contains(path, "/.") || strings.ContainsAny(path, "\\\x00") ||
			!strings.HasPrefix(path, "/") {
			odd.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
