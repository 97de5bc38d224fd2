// Partner Desk is a desktop app for partners of an app-building platform: it
// manages the accounts of their customers. This file only wires.
package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/google/uuid"
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	wailsruntime "github.com/wailsapp/wails/v2/pkg/runtime"

	"partnerdesk/backend/browser"
	"partnerdesk/backend/credentials"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/window"
	"partnerdesk/backend/workspace"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the build: -ldflags "-X main.version=1.2.3".
var version = "0.1.0"

func main() {
	dir := flag.String("data", dataDir(), "the folder that holds all data")
	demo := flag.Bool("demo", false, "open a throwaway workspace with sample customers")
	flag.Parse()

	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	slog.SetDefault(log)
	avoidBlankPage()
	if err := run(*dir, *demo, log); err != nil {
		log.Error("Partner Desk could not start", "error", err)
		os.Exit(1)
	}
}

// avoidBlankPage switches off a renderer with which WebKit on Linux shows
// nothing on NVIDIA's driver, unless the user chose otherwise.
func avoidBlankPage() {
	const renderer = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, err := os.Stat("/sys/module/nvidia"); err == nil && os.Getenv(renderer) == "" {
		_ = os.Setenv(renderer, "1")
	}
}

func dataDir() string {
	if dir := os.Getenv("PARTNER_DESK_DATA"); dir != "" {
		return dir
	}
	return filepath.Join(xdg.DataHome, "partner-desk")
}

// instanceID tells apart the programs that use different data.
func instanceID(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

func run(dir string, demo bool, log *slog.Logger) error {
	page, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return err
	}
	app := newApp()
	app.work = workspace.NewManager(workspace.Options{
		Dir:      dir,
		Version:  version,
		Keyring:  credentials.New("Partner Desk"),
		Browser:  func(origins func() []string) desk.Browser { return browser.New(origins) },
		Listener: listener{app},
		Clock:    time.Now,
		NewID:    func() string { return uuid.Must(uuid.NewV7()).String() },
		Logger:   log,
	})
	return wails.Run(&options.App{
		Title:            "Partner Desk",
		Width:            1280,
		Height:           800,
		MinWidth:         900,
		MinHeight:        600,
		BackgroundColour: options.NewRGB(250, 250, 251),
		AssetServer:      &assetserver.Options{Assets: page, Middleware: window.Secure},
		Logger:           window.NewLogger(log),
		LogLevel:         logger.WARNING,
		ErrorFormatter:   window.FormatError,
		Bind:             []any{app},
		OnStartup:        func(ctx context.Context) { app.start(ctx, dir, demo) },
		OnShutdown:       func(context.Context) { app.stop() },
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               "partner-desk-" + instanceID(dir),
			OnSecondInstanceLaunch: func(options.SecondInstanceData) { app.show() },
		},
		Linux: &linux.Options{
			ProgramName:      "partner-desk",
			WebviewGpuPolicy: linux.WebviewGpuPolicyOnDemand,
		},
		Windows: &windows.Options{WebviewUserDataPath: filepath.Join(dir, "webview")},
	})
}

// listener tells the window what to show anew.
type listener struct{ app *App }

var _ workspace.Listener = listener{}

func (l listener) emit(name string, data ...any) {
	if l.app.ctx != nil {
		wailsruntime.EventsEmit(l.app.ctx, name, data...)
	}
}

// StateChanged hands no state over, as none below does: events can overtake each
// other, so the page asks for what is true when it hears.
func (l listener) StateChanged(workspace.State) { l.emit("workspace:state") }

// SyncChanged tells that syncing stands elsewhere.
func (l listener) SyncChanged(syncing.State) { l.emit("sync:state") }

// CustomersChanged tells that what is on screen is to be read again.
func (l listener) CustomersChanged() { l.emit("customers:changed") }

// MoveChanged tells that a move stands elsewhere; the page asks where.
func (l listener) MoveChanged() { l.emit("move:state") }
