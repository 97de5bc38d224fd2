package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestPlistsAreXML reads what goes into the app on macOS, where nothing here can
// run: it is well-formed, and each key is followed by one value.
func TestPlistsAreXML(t *testing.T) {
	t.Parallel()
	r := &release{project: &project{root: ".."}, name: "Partner & Desk", publisher: "P", version: "1.2.3"}
	for _, name := range []string{"Info.plist", "entitlements.plist"} {
		out := filepath.Join(t.TempDir(), name)
		if err := r.fill("build/darwin/"+name, out, nil); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		d, waits := xml.NewDecoder(f), false
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				if isKey := start.Name.Local == "key"; isKey && waits {
					t.Errorf("%s: a key without a value at %d", name, d.InputOffset())
				} else {
					waits = isKey
				}
			}
		}
	}
}
