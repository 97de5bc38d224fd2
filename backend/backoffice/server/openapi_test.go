package server

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

// The document is regenerated with
//
//	go test ./backend/backoffice/server -run TestOpenAPI -update
var update = flag.Bool("update", false, "write docs/openapi.json anew")

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	const committed = "../../../docs/openapi.json"
	s := &server{}
	w := httptest.NewRecorder()
	s.routes().ServeHTTP(w, httptest.NewRequest(http.MethodGet, Prefix+"/openapi.json", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	if *update {
		if err := os.WriteFile(committed, w.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	if w.Body.String() != string(want) {
		t.Errorf("docs/openapi.json has drifted from the code; regenerate it with\n" +
			"\tgo test ./backend/backoffice/server -run TestOpenAPI -update")
	}
}
