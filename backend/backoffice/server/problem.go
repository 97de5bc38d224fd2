package server

import (
	"encoding/json"
	"errors"
	"net/http"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// problemOf shows err to a client. What is not a *customer.Error stays inside,
// and so do the names of the files that its database is kept in.
func problemOf(err error) *api.Problem {
	var e *customer.Error
	switch errors.As(err, &e); {
	case e == nil:
		e = customer.Fail(customer.Internal, "Something went wrong in the Back Office. Its log has the details.")
	case e.Code == customer.Storage, e.Code == customer.Busy:
		e = customer.Fail(e.Code, "The Back Office can't use its data right now. Its log has the details.")
	}
	return problem(statusOf(e.Code), e)
}

func problem(status int, e *customer.Error) *api.Problem {
	p := &api.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: e.Message, Code: e.Code, Field: e.Field,
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, api.FieldProblem{Code: f.Code, Field: f.Field, Detail: f.Message})
	}
	return p
}

// WriteProblem answers with err as problem details.
func WriteProblem(w http.ResponseWriter, err error) { write(w, problemOf(err)) }

func write(w http.ResponseWriter, p *api.Problem) {
	secure(w.Header())
	w.Header().Set("Content-Type", api.ProblemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client may be gone
}

// secure sets the headers of every answer: nothing is stored, nothing runs.
func secure(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
}
