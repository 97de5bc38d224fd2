package credentials_test

import (
	"strings"
	"testing"

	"partnerdesk/backend/credentials"
	"partnerdesk/backend/customer"
)

// TestKeyring is on the user's real Credential Manager, under a name of its own.
func TestKeyring(t *testing.T) {
	k, other := credentials.New("Partner Desk test"), credentials.New("Something else")
	if err := k.Available(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"partner", "smtp ünïcode 李 🙂"} {
		t.Cleanup(func() { _ = k.Delete(t.Context(), key) })
		absent(t, k, key)
		for _, secret := range []string{"first", "second ünïcode 李小龍 أحمد 🙂", strings.Repeat("0123456789", 256), "line\nbreak\ttab"} {
			if err := k.Set(t.Context(), key, secret); err != nil {
				t.Fatal(err)
			}
			if got, err := k.Get(t.Context(), key); err != nil || got != secret {
				t.Errorf("Get(%q) = %.20q, %v; want %.20q", key, got, err, secret)
			}
		}
		absent(t, other, key)
		for range 2 { // deleting nothing is fine
			if err := k.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		absent(t, k, key)
	}
}

func TestCredentialIsKept(t *testing.T) {
	k := credentials.New("Partner Desk test")
	want := credentials.Credential{Username: "zoë@tulp.example", Secret: "geheim \"李\""}
	if err := k.SetCredential(t.Context(), "kept", want); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = k.Delete(t.Context(), "kept") }()
	if got, err := credentials.New("Partner Desk test").Credential(t.Context(), "kept"); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestTooLong: Windows holds 2,560 bytes; what was kept before stays.
func TestTooLong(t *testing.T) {
	k := credentials.New("Partner Desk test")
	if err := k.Set(t.Context(), "long", "short"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = k.Delete(t.Context(), "long") }()
	err := k.Set(t.Context(), "long", strings.Repeat("x", 2561))
	if customer.CodeOf(err) != customer.Keyring || !strings.Contains(err.Error(), "too long for the keyring") {
		t.Errorf("Set: %v", err)
	}
	if got, err := k.Get(t.Context(), "long"); err != nil || got != "short" {
		t.Errorf("Get = %q, %v", got, err)
	}
}
