package window_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/window"
)

func TestGuardSettlesAPanic(t *testing.T) {
	t.Parallel()
	call := func() (err error) {
		defer window.Guard(&err)
		panic("a bug")
	}
	if err := call(); customer.CodeOf(err) != customer.Internal {
		t.Errorf("error = %v, want internal", err)
	}
}

func TestFormatErrorIsReadableJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want customer.Error
	}{
		{customer.FailField(customer.Invalid, "city", "No."), customer.Error{Code: customer.Invalid, Field: "city", Message: "No."}},
		{fmt.Errorf("save: %w", customer.Fail(customer.Offline, "Away.")), customer.Error{Code: customer.Offline, Message: "Away."}},
		{errors.New("sql: secret detail"), customer.Error{Code: customer.Internal}},
	}
	for _, test := range tests {
		raw, ok := window.FormatError(test.err).(string)
		var got customer.Error
		if err := json.Unmarshal([]byte(raw), &got); !ok || err != nil {
			t.Fatalf("%v became %q: %v", test.err, raw, err)
		}
		if got.Code != test.want.Code || got.Field != test.want.Field || (test.want.Message != "" && got.Message != test.want.Message) {
			t.Errorf("%v became %+v", test.err, got)
		}
		if strings.Contains(raw, "secret detail") {
			t.Errorf("%v shows what is inside: %s", test.err, raw)
		}
	}
}

func TestLoggerLeavesOutArguments(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := window.NewLogger(slog.New(slog.NewTextHandler(&out, nil)))
	message := `process message error: C{"name":"main.App.SignIn","args":["my password"],"callbackID":"x"} -> wrong`
	for _, write := range []func(string){log.Print, log.Trace, log.Debug, log.Info, log.Warning, log.Error, log.Fatal} {
		write(message)
	}
	if strings.Contains(out.String(), "my password") {
		t.Errorf("the log holds an argument: %s", out.String())
	}
	if !strings.Contains(out.String(), "main.App.SignIn") {
		t.Errorf("the log does not name the method: %s", out.String())
	}
}

func TestSecureHeaders(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	window.Secure(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	policy := w.Header().Get("Content-Security-Policy")
	if strings.Contains(policy, "unsafe") || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("policy = %q", policy)
	}
}
