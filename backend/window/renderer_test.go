package window

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAvoidBlankPage(t *testing.T) {
	const renderer = "WEBKIT_DISABLE_DMABUF_RENDERER"
	dir := t.TempDir()
	tests := []struct{ driver, chosen, want string }{
		{filepath.Join(dir, "no driver"), "", ""},
		{dir, "", "1"},
		{dir, "0", "0"},
	}
	for _, tt := range tests {
		t.Setenv(renderer, tt.chosen)
		avoidBlankPage(tt.driver)
		if got := os.Getenv(renderer); got != tt.want {
			t.Errorf("driver %s, chosen %q: %q, want %q", tt.driver, tt.chosen, got, tt.want)
		}
	}
}
