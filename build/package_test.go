package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChooseKinds(t *testing.T) {
	t.Parallel()
	tests := []struct{ only, system, want, problem string }{
		{"", "linux", "linux windows server sbom", ""},
		{"", "darwin", "mac", ""},
		{"server, linux", "linux", "linux server", ""},
		{"mac", "linux", "", "only be made on darwin"},
		{"rpm", "linux", "", "there is no kind"},
		{"", "windows", "", "docs/releasing.md"},
	}
	for _, tt := range tests {
		chosen, err := chooseKinds(tt.only, tt.system)
		var names []string
		for _, k := range chosen {
			names = append(names, k.name)
		}
		if got := strings.Join(names, " "); err == nil && got != tt.want {
			t.Errorf("%q on %s: %s, want %s", tt.only, tt.system, got, tt.want)
		}
		if (err == nil) != (tt.problem == "") || err != nil && !strings.Contains(err.Error(), tt.problem) {
			t.Errorf("%q on %s: %v, want %q", tt.only, tt.system, err, tt.problem)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	r := &release{project: &project{root: t.TempDir()}, name: "Partner Desk", version: "1.2.3"}
	for name, text := range map[string]string{"good": "@NAME@ @VERSION@ for @WHOM@, me@home.example", "bad": "@NOBODY@"} {
		if err := os.WriteFile(r.path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "below", "out")
	if err := r.fill("good", out, map[string]string{"WHOM": "you"}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != "Partner Desk 1.2.3 for you, me@home.example" {
		t.Errorf("filled: %q, %v", got, err)
	}
	if err := r.fill("bad", out, nil); err == nil || !strings.Contains(err.Error(), "nothing is known for @NOBODY@") {
		t.Errorf("a name that nobody knows: %v", err)
	}
}
