package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows/registry"

	"partnerdesk/backend/customer"
)

// recorder tells the test binary, started as the system's browser, where to
// write the words that it was started with.
const recorder = "PARTNER_DESK_BROWSER_GOT"

func TestMain(m *testing.M) {
	if to := os.Getenv(recorder); to != "" {
		part := to + ".part"
		if os.WriteFile(part, []byte(strings.Join(os.Args[1:], "\n")), 0o600) != nil || os.Rename(part, to) != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// useBrowser makes the test binary what the user opens links of that scheme
// with. It changes the user's registry, so it does so under wine only, where the
// suite has one of its own.
func useBrowser(t *testing.T, scheme string) (got string) {
	t.Helper()
	if os.Getenv("WINEPREFIX") == "" {
		t.Skip("this changes how the user's links are opened")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	key, _, err := registry.CreateKey(registry.CLASSES_ROOT, scheme+`\shell\open\command`, registry.SET_VALUE)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = key.Close() }()
	if err := key.SetStringValue("", `"`+self+`" "%1"`); err != nil {
		t.Fatal(err)
	}
	got = filepath.Join(t.TempDir(), "got")
	t.Setenv(recorder, got)
	return got
}

// opened waits for what the browser was started with.
func opened(t *testing.T, got string) []string {
	t.Helper()
	for range 1200 {
		if text, err := os.ReadFile(got); err == nil {
			return strings.Split(string(text), "\n")
		}
		time.Sleep(50 * time.Millisecond) // the browser is no child of ours to wait for
	}
	t.Fatal("no browser was started")
	return nil
}

func TestOpenLink(t *testing.T) {
	const link = "http://127.0.0.1:7360/enter?a=1&b=%20%25PATH%25#aB3_-x"
	got := useBrowser(t, "http")
	if err := New(func() []string { return []string{"http://127.0.0.1:7360"} }).OpenLink(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	if words := opened(t, got); !slices.Equal(words, []string{link}) {
		t.Errorf("the browser got %q", words)
	}
}

func TestOpenMail(t *testing.T) {
	got := useBrowser(t, "mailto")
	if err := New(nil).OpenMail(t.Context(), "zoe@blumen.example", "Grüße", "Zeile 1\nZeile 2"); err != nil {
		t.Fatal(err)
	}
	want := []string{"mailto:zoe@blumen.example?subject=Gr%C3%BC%C3%9Fe&body=Zeile%201%0D%0AZeile%202"}
	if words := opened(t, got); !slices.Equal(words, want) {
		t.Errorf("the mail program got %q", words)
	}
}

func TestOpenLinkWithoutWindows(t *testing.T) {
	t.Setenv("SystemRoot", t.TempDir())
	err := New(func() []string { return []string{"http://127.0.0.1"} }).OpenLink(t.Context(), "http://127.0.0.1/")
	if customer.CodeOf(err) != customer.Internal || !strings.Contains(err.Error(), "rundll32") {
		t.Errorf("got %v", err)
	}
}
