package update

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"aead.dev/minisign"
	"golang.org/x/mod/semver"
)

// A Manifest says which version is the newest.
type Manifest struct {
	Version string `json:"version"` // as in 1.4.0 (Semantic Versioning 2.0.0)
	// Notes is a page about it, over https; empty for none.
	Notes string `json:"notes,omitempty"`
}

var (
	errForged    = errors.New("the signature does not belong to the manifest")
	errMalformed = errors.New("the manifest can't be read")
)

// readManifest returns a manifest that key has signed.
func readManifest(key minisign.PublicKey, text, signature []byte) (Manifest, error) {
	if !minisign.Verify(key, text, signature) {
		return Manifest{}, errForged
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, errMalformed
	}
	if !semver.IsValid("v"+m.Version) || strings.Count(m.Version, ".") < 2 {
		return Manifest{}, errMalformed
	}
	if m.Notes != "" {
		if u, err := url.Parse(m.Notes); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return Manifest{}, errMalformed
		}
	}
	return m, nil
}

// newer reports whether version comes after than.
func newer(version, than string) bool { return semver.Compare("v"+version, "v"+than) > 0 }
