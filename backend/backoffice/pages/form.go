package pages

import (
	"errors"
	"mime"
	"net/http"
	"strings"
)

// maxForm is the most bytes that a form may have.
const maxForm = 64 << 10

// readForm reads a posted form into r.PostForm.
func readForm(w http.ResponseWriter, r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return errMediaType
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return errTooLarge
		}
		return errBadForm
	}
	return nil
}

// text is a posted value that can be shown: trimmed, and valid UTF-8.
func text(r *http.Request, name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(r.PostForm.Get(name), "\uFFFD"))
}
