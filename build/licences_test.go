package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder makes a module's folder with files.
func folder(t *testing.T, path string, files map[string]string) module {
	t.Helper()
	m := module{path, "v1.0.0", t.TempDir()}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(m.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func TestLicencesNamesAllWhoShareAText(t *testing.T) {
	text, err := licences([]module{
		folder(t, "a.example/one", map[string]string{"LICENSE": "MIT\n", "README.md": "not this", "license.go": "package one"}),
		folder(t, "b.example/two", map[string]string{"LICENSE.txt": "MIT\r\n", "NOTICE": "Two's notice", "SQLITE-LICENSE": "public domain"}),
		folder(t, "c.example/three", map[string]string{"COPYING": "BSD"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	for _, want := range []string{"a.example/one v1.0.0\nb.example/two v1.0.0\n\nMIT\n", "Two's notice", "public domain", "c.example/three v1.0.0\n\nBSD"} {
		if !strings.Contains(got, want) {
			t.Errorf("the licences lack %q:\n%s", want, got)
		}
	}
	if strings.Count(got, "MIT") != 1 || strings.Contains(got, "not this") || strings.Contains(got, "package one") {
		t.Errorf("the licences hold too much:\n%s", got)
	}
}

func TestNoLicenceIsAnError(t *testing.T) {
	_, err := licences([]module{folder(t, "a.example/none", map[string]string{"README.md": "free for all"})})
	if err == nil || !strings.Contains(err.Error(), "a.example/none v1.0.0 has no licence text") {
		t.Errorf("error %v", err)
	}
}
