package backoffice

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// TestWhatIsServed: the API and the pages have tables of their own; of what
// else there is, nobody needs more than an address.
func TestWhatIsServed(t *testing.T) {
	t.Parallel()
	b, err := Open(t.Context(), Options{DataDir: t.TempDir(), Throwaway: true, PublicURL: func() string { return "http://127.0.0.1" }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	if served := b.routes(http.NotFoundHandler(), http.NotFoundHandler()).Patterns(); !slices.Equal(served, []string{"/", "/api/", "/healthz"}) {
		t.Errorf("serves %q; say here or in a table of its own who may have it", served)
	}
	for method, want := range map[string]int{
		http.MethodGet: http.StatusOK, http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed, http.MethodDelete: http.StatusMethodNotAllowed,
	} {
		w := httptest.NewRecorder()
		b.Handler().ServeHTTP(w, httptest.NewRequest(method, "/healthz", nil))
		if w.Code != want || (method == http.MethodGet && w.Body.String() != "ok\n") {
			t.Errorf("%s /healthz: %d %s", method, w.Code, w.Body)
		}
	}
}
