package server

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// translate turns huma's own errors into problem details of our shape. It
// never repeats a value: that may be a password.
func translate(_ huma.Context, _ string, v any) (any, error) {
	var p *api.Problem
	if err, ok := v.(error); !ok || errors.As(err, &p) {
		return v, nil
	}
	var m *huma.ErrorModel
	if err, _ := v.(error); !errors.As(err, &m) {
		return v, nil
	}
	return problem(m.Status, explain(m)), nil
}

func explain(m *huma.ErrorModel) *customer.Error {
	switch m.Status {
	case http.StatusRequestEntityTooLarge:
		return customer.Fail(customer.TooLong, "The request is too large.")
	case http.StatusRequestTimeout:
		return customer.Fail(customer.Invalid, "The request took too long to arrive.")
	case http.StatusUnsupportedMediaType:
		return customer.Fail(customer.Invalid, "Send JSON with the content type application/json.")
	case http.StatusBadRequest:
		return customer.Fail(customer.Invalid, "The request is not valid JSON.")
	case http.StatusUnprocessableEntity:
	default:
		return customer.Fail(customer.Internal, "Something went wrong in the Back Office. Its log has the details.")
	}
	var wrong []customer.Error
	for _, d := range m.Errors {
		if d == nil || len(wrong) == maxFieldErrors {
			continue
		}
		wrong = append(wrong, *explainField(d))
	}
	var e *customer.Error
	if !errors.As(customer.FailFields(wrong), &e) {
		e = customer.Fail(customer.Invalid, "The request is not valid.")
	}
	return e
}

// maxFieldErrors bounds an answer to a body that is wrong all over.
const maxFieldErrors = 50

var (
	missing = regexp.MustCompile(`^expected required property (\S+) to be present$`)
	bound   = regexp.MustCompile(`^expected (length|array length|number) (<=|>=) (-?\d+)$`)
)

func explainField(d *huma.ErrorDetail) *customer.Error {
	field := d.Location
	for _, place := range []string{"body", "query", "path", "header"} {
		if rest, ok := strings.CutPrefix(field, place); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			field = strings.TrimPrefix(rest, ".")
			break
		}
	}
	if m := missing.FindStringSubmatch(d.Message); m != nil {
		return customer.FailField(customer.Required, strings.TrimPrefix(field+"."+m[1], "."), "This is required.")
	}
	if m := bound.FindStringSubmatch(d.Message); m != nil {
		return explainLimit(field, m[1], m[2] == "<=", m[3])
	}
	return customer.FailField(customer.Invalid, field, plain(d.Message))
}

func explainLimit(field, what string, most bool, n string) *customer.Error {
	words := "At least "
	code := customer.Invalid
	if most {
		words = "At most "
	}
	switch what {
	case "length":
		if most {
			code = customer.TooLong
		}
		return customer.FailField(code, field, words+n+" characters fit here.")
	case "array length":
		if most {
			code = customer.TooLong
		}
		return customer.FailField(code, field, words+n+" entries fit here.")
	}
	return customer.FailField(code, field, "This must be "+strings.ToLower(words)+n+".")
}

func plain(message string) string {
	switch {
	case strings.HasPrefix(message, "required ") && strings.HasSuffix(message, "is missing"):
		return "This is required."
	case message == "unexpected property", message == "unknown query parameter":
		return "The Back Office does not know this."
	case message == "expected string":
		return "This must be text."
	case message == "expected boolean":
		return "This must be true or false."
	case message == "expected integer", message == "invalid integer":
		return "This must be a whole number."
	case message == "expected array":
		return "This must be a list."
	case message == "expected object":
		return "This must be an object."
	case strings.HasPrefix(message, "expected value to be one of"):
		return "This is not one of the possible values."
	}
	return "This value is not right."
}
