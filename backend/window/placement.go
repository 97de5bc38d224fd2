package window

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The window's sizes, in pixels that the desktop counts.
const (
	Width     = 1280
	Height    = 800
	MinWidth  = 900
	MinHeight = 600
)

// grip is how much of the window must be in sight, in pixels, so that it can be
// taken hold of.
const grip = 80

// A Placement is where the window was when it was closed.
type Placement struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised,omitempty"`
}

// A Screen is one that the window can be on, in pixels.
type Screen struct{ Width, Height int }

func placementFile(dir string) string { return filepath.Join(dir, "window.json") }

// LoadPlacement returns where the window was, from the data in dir. ok is false
// when that is not known or can't be.
func LoadPlacement(dir string) (p Placement, ok bool) {
	text, err := os.ReadFile(placementFile(dir))
	if err != nil || json.Unmarshal(text, &p) != nil || p.Width <= 0 || p.Height <= 0 {
		return Placement{}, false
	}
	return p, true
}

// Save keeps it for the next start, readable by the user alone. A folder that
// is not there is not made: then nothing else was kept either.
func (p Placement) Save(dir string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.WriteFile(placementFile(dir), text, 0o600); err != nil {
		return fmt.Errorf("keep the window's place: %w", err)
	}
	return nil
}

// Within returns p moved and shrunk so that it can be seen and moved on the
// screen, which may be another one than it was on. A screen that is not known
// leaves it the size and says that its place can't be trusted: ok is false.
func (p Placement) Within(s Screen) (fitting Placement, ok bool) {
	if s.Width <= 0 || s.Height <= 0 {
		return p, false
	}
	p.Width = max(MinWidth, min(p.Width, s.Width))
	p.Height = max(MinHeight, min(p.Height, s.Height))
	p.X = max(grip-p.Width, min(p.X, s.Width-grip))
	p.Y = max(0, min(p.Y, s.Height-grip))
	return p, true
}
