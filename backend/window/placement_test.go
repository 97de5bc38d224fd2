package window_test

import (
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/window"
)

func TestPlacementIsRemembered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, ok := window.LoadPlacement(dir); ok {
		t.Error("remembered before the first end")
	}
	want := window.Placement{X: 40, Y: 30, Width: 1000, Height: 700, Maximised: true}
	if err := want.Save(dir); err != nil {
		t.Fatal(err)
	}
	if got, ok := window.LoadPlacement(dir); !ok || got != want {
		t.Errorf("remembered %+v, want %+v", got, want)
	}
	if err := os.WriteFile(filepath.Join(dir, "window.json"), []byte(`{"width":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, ok := window.LoadPlacement(dir); ok || got != (window.Placement{}) {
		t.Errorf("from a damaged file: %+v", got)
	}
	if err := want.Save(filepath.Join(dir, "nowhere")); err != nil {
		t.Errorf("without a data folder: %v", err)
	}
}

func TestPlacementStaysInSight(t *testing.T) {
	t.Parallel()
	screen := window.Screen{Width: 1920, Height: 1080}
	tests := map[string]struct{ was, want window.Placement }{
		"as it was":     {window.Placement{X: 100, Y: 50, Width: 1280, Height: 800}, window.Placement{X: 100, Y: 50, Width: 1280, Height: 800}},
		"another, left": {window.Placement{X: -3000, Y: 50, Width: 1280, Height: 800}, window.Placement{X: -1200, Y: 50, Width: 1280, Height: 800}},
		"another, far":  {window.Placement{X: 5000, Y: 3000, Width: 1280, Height: 800}, window.Placement{X: 1840, Y: 1000, Width: 1280, Height: 800}},
		"above":         {window.Placement{X: 0, Y: -40, Width: 1280, Height: 800}, window.Placement{X: 0, Y: 0, Width: 1280, Height: 800}},
		"too large":     {window.Placement{Width: 3840, Height: 2160}, window.Placement{Width: 1920, Height: 1080}},
		"too small":     {window.Placement{Width: 1, Height: 1}, window.Placement{Width: 900, Height: 600}},
	}
	for name, tt := range tests {
		if got, ok := tt.was.Within(screen); !ok || got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
	was := window.Placement{X: 7, Width: 1000, Height: 700}
	if got, ok := was.Within(window.Screen{}); ok || got != was {
		t.Errorf("no screen: %+v, %v", got, ok)
	}
}
