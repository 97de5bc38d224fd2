package update

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"aead.dev/minisign"

	"partnerdesk/backend/customer"
)

// A Checker that is on looks once a day, and sooner when a look failed.
const (
	every = 24 * time.Hour
	again = time.Hour
)

// Options are what a Checker needs.
type Options struct {
	Dir     string // keeps updates.json
	Version string // of this program
	// Key is the publisher's public key, as minisign prints it. Empty or unreadable: no look is possible.
	Key     string
	Address string // of the manifest, where the user has not named another
	Clock   func() time.Time
	Logger  *slog.Logger
	Changed func() // the state is another
	// Open opens an https page in the browser.
	Open func(ctx context.Context, page string) error
}

// Settings are what the user chooses.
type Settings struct {
	On      bool   `json:"on"`
	Address string `json:"address"`
}

// State is what the window shows.
type State struct {
	Possible bool     `json:"possible"` // whether this program knows its publisher's key
	Settings Settings `json:"settings"`
	// Newest is a version that comes after this one; empty when none is known.
	Newest    string `json:"newest"`
	Notes     string `json:"notes"`      // a page about it; empty for none
	CheckedAt int64  `json:"checked_at"` // of the last good look, in Unix milliseconds; zero for never
	Problem   string `json:"problem"`    // why the last look failed; empty when it did not
}

// kept is what updates.json holds.
type kept struct {
	Settings
	Found     Manifest `json:"found,omitzero"`
	CheckedAt int64    `json:"checked_at,omitempty"`
}

// A Checker looks for a newer version. Its methods may be called concurrently.
type Checker struct {
	o        Options
	key      minisign.PublicKey
	possible bool
	client   *http.Client
	wake     chan struct{}

	mu      sync.Mutex
	kept    kept
	problem string
}

// New makes a Checker that is as it was left.
func New(o Options) *Checker {
	c := &Checker{o: o, client: newClient(), wake: make(chan struct{}, 1)}
	c.possible = o.Key != "" && c.key.UnmarshalText([]byte(o.Key)) == nil
	text, err := os.ReadFile(c.file())
	if err == nil {
		err = json.Unmarshal(text, &c.kept)
	}
	if err != nil {
		c.kept = kept{}
		if !errors.Is(err, fs.ErrNotExist) {
			o.Logger.Warn("the settings of the update check can't be read; it is off", "error", err)
		}
	}
	return c
}

func (c *Checker) file() string { return filepath.Join(c.o.Dir, "updates.json") }

// State says what is known.
func (c *Checker) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state()
}

func (c *Checker) state() State {
	s := State{Possible: c.possible, Settings: c.kept.Settings, CheckedAt: c.kept.CheckedAt, Problem: c.problem}
	if s.Settings.Address == "" {
		s.Settings.Address = c.o.Address
	}
	if c.possible && s.Settings.On && newer(c.kept.Found.Version, c.o.Version) {
		s.Newest, s.Notes = c.kept.Found.Version, c.kept.Found.Notes
	}
	return s
}

// Save keeps the settings and looks at once when they say so. Its errors are
// *customer.Error: on the field address, or Storage.
func (c *Checker) Save(s Settings) (State, error) {
	if s.On || s.Address != "" {
		address, err := checkAddress(s.Address)
		if err != nil {
			return State{}, err
		}
		s.Address = address
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	next := kept{Settings: s}
	if s.Address == c.state().Settings.Address {
		next.Found, next.CheckedAt = c.kept.Found, c.kept.CheckedAt
	}
	if s.Address == c.o.Address {
		next.Address = "" // the built-in one, also when a later version has another
	}
	if err := c.write(next); err != nil {
		return State{}, err
	}
	c.problem = ""
	select {
	case c.wake <- struct{}{}:
	default:
	}
	return c.state(), nil
}

// write keeps next in the file, then here.
func (c *Checker) write(next kept) error {
	text, err := json.MarshalIndent(next, "", "  ")
	if err == nil {
		err = os.WriteFile(c.file()+".new", text, 0o600)
	}
	if err == nil {
		err = os.Rename(c.file()+".new", c.file())
	}
	if err != nil {
		return customer.Fail(customer.Storage, fmt.Sprintf("The settings can't be kept: %v.", err))
	}
	c.kept = next
	return nil
}

// Look asks for the manifest now and says what is known after. A look that
// fails is told in the state.
func (c *Checker) Look(ctx context.Context) State {
	settings := c.State().Settings
	if c.possible && settings.On {
		found, err := c.fetch(ctx, settings.Address)
		c.take(settings, found, err)
		c.o.Changed()
	}
	return c.State()
}

// take keeps what a look found, unless the settings are others by now.
func (c *Checker) take(asked Settings, found Manifest, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state().Settings != asked {
		return
	}
	if err == nil {
		next := c.kept
		next.Found, next.CheckedAt = found, c.o.Clock().UnixMilli()
		if err = c.write(next); err == nil {
			c.problem = ""
			return
		}
	}
	c.o.Logger.Warn("looking for a newer version failed", "error", err)
	c.problem = explain(err)
}

// OpenNotes opens the page about the newer version; NotFound when there is none.
func (c *Checker) OpenNotes(ctx context.Context) error {
	page := c.State().Notes
	if page == "" {
		return customer.Fail(customer.NotFound, "There is no page about this version.")
	}
	return c.o.Open(ctx, page)
}

// Run looks at the start and once a day while that is on, until ctx ends.
func (c *Checker) Run(ctx context.Context) {
	if !c.possible {
		return
	}
	for {
		pause := every
		if c.Look(ctx).Problem != "" {
			pause = again
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-c.wake:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}
