package password

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"

	"partnerdesk/backend/customer"
)

func TestHashAndVerify(t *testing.T) {
	t.Parallel()
	h := NewHasher(2)
	for _, password := range []string{"correct horse", "Zoë 李小龍 أحمد 🙂", strings.Repeat("é", 256), strings.Repeat("🙂", 256), "x"} {
		hash, err := h.Hash(t.Context(), password)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("hash %q has other parameters", hash)
		}
		if err := CheckPHC(hash); err != nil {
			t.Errorf("own hash refused: %v", err)
		}
		for attempt, want := range map[string]bool{password: true, password + "x": false, "": false} {
			if ok, err := h.Verify(t.Context(), hash, attempt); err != nil || ok != want {
				t.Errorf("Verify(%.20q against %.20q) = %v, %v; want %v", attempt, password, ok, err, want)
			}
		}
	}
}

func TestVerifyIsTheSameForBothFormsOfAnAccent(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	hash, err := h.Hash(t.Context(), "caf\u00e9 noir")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.Verify(t.Context(), hash, "cafe\u0301 noir"); !ok || err != nil {
		t.Errorf("decomposed form: %v, %v", ok, err)
	}
}

func TestVerifyWithoutHash(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	for _, password := range []string{"", "anything", strings.Repeat("x", 10<<20)} {
		if ok, err := h.Verify(t.Context(), "", password); ok || err != nil {
			t.Errorf("Verify(no hash, %.10q) = %v, %v; want false, nil", password, ok, err)
		}
	}
}

func TestHashRefuses(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	for password, code := range map[string]customer.Code{"": customer.Required, strings.Repeat("x", 10<<20): customer.TooLong} {
		if _, err := h.Hash(t.Context(), password); customer.CodeOf(err) != code {
			t.Errorf("Hash(%.10q): %v, want %s", password, err, code)
		}
	}
}

func TestHasherHonoursContext(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	h.slots <- struct{}{} // the only slot is taken
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, err := h.Hash(ctx, "whatever it is")
		failed <- err
	}()
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("waiting Hash ended with %v", err)
	}
	<-h.slots
	if _, err := h.Verify(ctx, "", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify with an ended context: %v", err)
	}
}

func TestHasherIsConcurrent(t *testing.T) {
	t.Parallel()
	h := NewHasher(2)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if ok, err := h.Verify(t.Context(), "", "x"); ok || err != nil {
				t.Error(ok, err)
			}
		})
	}
	all.Wait()
}

func TestGenerate(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 100 {
		made, err := Generate(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if len(made) != 19 || seen[made] || strings.ContainsAny(made, "0Oo1lI5S2ZB8sgq") {
			t.Fatalf("made %q", made)
		}
		seen[made] = true
		if err := Check(made); err != nil {
			t.Fatalf("%q refused: %v", made, err)
		}
	}
	if _, err := Generate(strings.NewReader("short")); err == nil {
		t.Error("no error when randomness ends")
	}
}
