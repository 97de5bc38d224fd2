package pages

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path"

	"partnerdesk/backend/customer"
)

//go:embed templates
var templateFiles embed.FS

type templates map[string]*template.Template

// parseTemplates parses every page together with the layout and the parts.
func parseTemplates() (templates, error) {
	shared, err := template.New("").Option("missingkey=error").
		ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("parse the layout: %w", err)
	}
	files, err := templateFiles.ReadDir("templates/pages")
	if err != nil {
		return nil, fmt.Errorf("list the pages: %w", err)
	}
	all := templates{}
	for _, f := range files {
		t, err := shared.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, path.Join("templates/pages", f.Name()))
		}
		if err != nil {
			return nil, fmt.Errorf("parse a page: %w", err)
		}
		all[f.Name()] = t
	}
	return all, nil
}

// frame is what every page has around its content.
type frame struct {
	Title  string
	Site   string // the Back Office's name
	Style  string
	Script string // the path of the page's script, if it has one
	Banner *banner
	Nav    *nav
}

func (s *site) frame(title string) frame {
	return frame{Title: title, Site: s.o.Name, Style: s.assets.style}
}

// render writes a page whole or not at all.
func (s *site) render(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := s.templates[name].ExecuteTemplate(&b, "layout", data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the client may be gone
	return nil
}

// handle serves a page and turns its error into the error page.
func (s *site) handle(p page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := p(w, r)
		if err == nil {
			return
		}
		problem := s.problemOf(r.Context(), err)
		var wait tooMany
		if errors.As(err, &wait) {
			w.Header().Set("Retry-After", wait.seconds())
		}
		if problem.endsSession {
			s.closeSession(w, r.PathValue("id"))
		}
		err = s.render(w, problem.status, "problem.html", problemPage{
			frame: s.frame(problem.Title), Message: problem.Message, To: problem.To, Label: problem.Label,
		})
		if err != nil {
			s.o.Logger.ErrorContext(r.Context(), "render the error page", "error", err)
			http.Error(w, "Something went wrong.", http.StatusInternalServerError)
		}
	})
}

// problemOf finds the page for an error; one that is not a problem already is
// logged and told as an honest sentence.
func (s *site) problemOf(ctx context.Context, err error) problem {
	var known problem
	var wait tooMany
	switch code := customer.CodeOf(err); {
	case errors.As(err, &known):
		return known
	case errors.As(err, &wait):
		return errTooMany(wait)
	case code == customer.Unauthorized:
		return errSessionEnded
	case code == customer.LinkInvalid:
		return errLink
	case code == customer.TooMany || code == customer.Busy:
		return errBusy
	case errors.Is(err, context.Canceled):
		return errBusy
	}
	s.o.Logger.ErrorContext(ctx, "serve a customer page", "error", err)
	return errInternal
}
