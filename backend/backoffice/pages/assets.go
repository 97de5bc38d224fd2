package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"
)

//go:embed assets
var assetFiles embed.FS

// assets are the embedded files by the name they are served with, which holds
// a hash of the content: a browser may keep them for ever.
type assets struct {
	style, script string // the paths for the pages
	content       map[string][]byte
}

func loadAssets() (assets, error) {
	a := assets{content: map[string][]byte{}}
	for file, path := range map[string]*string{"pages.css": &a.style, "enter.js": &a.script} {
		content, err := assetFiles.ReadFile("assets/" + file)
		if err != nil {
			return assets{}, fmt.Errorf("read an embedded file: %w", err)
		}
		sum := sha256.Sum256(content)
		base, ext, _ := strings.Cut(file, ".")
		name := base + "." + hex.EncodeToString(sum[:8]) + "." + ext
		a.content[name] = content
		*path = "/assets/" + name
	}
	return a, nil
}

func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	content, ok := s.assets.content[name]
	if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		s.handle(func(http.ResponseWriter, *http.Request) error { return errNotFound }).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
