package mail

import (
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/customer"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	f := Files{Dir: filepath.Join(t.TempDir(), "data", "mail")}
	c, err := Compose(testLetter(customer.MailActivation, "de", "Zoë 李小龍 أحمد"))
	if err != nil {
		t.Fatal(err)
	}
	m := testMessage(c, "Zoë 李小龍 أحمد")
	for range 2 { // saving again replaces
		if err := f.Save(m); err != nil {
			t.Fatal(err)
		}
	}
	text, link, err := f.Read(m.ID)
	if err != nil || text != c.Text || link != testLink {
		t.Errorf("Read: %q, %q, %v", text, link, err)
	}
	entries, err := os.ReadDir(f.Dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != m.ID+".eml" {
		t.Fatalf("folder holds %v, %v", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file mode %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(f.Dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder mode %v, %v", info.Mode(), err)
	}
}

func TestFilesFail(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := Files{Dir: dir}
	for _, id := range []string{"", "unknown", "../secret", "a/b", `a\b`, "a\x00b"} {
		if _, _, err := f.Read(id); customer.CodeOf(err) != customer.NotFound {
			t.Errorf("Read(%q): %v", id, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.eml"), []byte("no mail"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Read("broken"); err == nil {
		t.Error("a broken file is read")
	}
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Files{Dir: blocked}).Save(testMessage(Content{"s", "t", "h"}, "Zoë")); customer.CodeOf(err) != customer.Storage {
		t.Errorf("Save into a file's place: %v", err)
	}
}
