package credentials_test

import (
	"fmt"
	"strings"
	"testing"

	"partnerdesk/backend/credentials"
	"partnerdesk/backend/customer"
)

func TestCredentialHidesItsSecret(t *testing.T) {
	t.Parallel()
	c := credentials.Credential{Username: "anna", Secret: "geheim"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(format, c); strings.Contains(s, "geheim") || !strings.Contains(s, "anna") {
			t.Errorf("%s shows %q", format, s)
		}
	}
}

func absent(t *testing.T, k *credentials.Keyring, key string) {
	t.Helper()
	if _, err := k.Get(t.Context(), key); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("Get(%.10q): %v, want not found", key, err)
	}
}
