package pages

import "net/http"

// The content security policies: nothing but our own style sheet, and our own
// script on the one page that has one.
const (
	policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; " +
		"base-uri 'none'; frame-ancestors 'none'"
	policyWithScript = policy + "; script-src 'self'"
)

// headers sets what every answer carries. The referrer stays within the site:
// browsers that don't say where a form comes from in Sec-Fetch-Site send the
// Origin that cross-site posts are told by only then.
func (s *site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		if s.o.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
