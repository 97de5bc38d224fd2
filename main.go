// Partner Desk is a desktop app for partners of an app-building platform: it
// manages the accounts of their customers. This file only wires.
package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/adrg/xdg"
	"github.com/google/uuid"
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	wailsmenu "github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	wailsruntime "github.com/wailsapp/wails/v2/pkg/runtime"

	"partnerdesk/backend/alert"
	"partnerdesk/backend/browser"
	"partnerdesk/backend/credentials"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/link"
	"partnerdesk/backend/logfile"
	"partnerdesk/backend/menu"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/update"
	"partnerdesk/backend/window"
	"partnerdesk/backend/workspace"
)

//go:embed all:frontend/dist
var assets embed.FS

// actions is the page's list of what can be done; the native menus are made of it.
//
//go:embed frontend/src/lib/actions/actions.json
var actions []byte

// These are set by the build: -ldflags "-X main.version=1.2.3".
var (
	version = "0.1.0"
	// updateKey is the publisher's public key, as minisign prints it. Without
	// one Partner Desk can't look for newer versions, and does not offer to.
	updateKey string
	// updateAddress is where the publisher's manifest is.
	updateAddress string
)

func main() {
	dir := flag.String("data", dataDir(), "the folder that holds all data")
	demo := flag.Bool("demo", false, "open a throwaway workspace with sample customers")
	erase := flag.Bool("remove-data", false, "remove all customers, settings and passwords that are kept on this computer, and end")
	flag.Parse()
	if *erase {
		os.Exit(removeData(*dir))
	}

	file := logfile.New(*dir)
	log := slog.New(slog.NewTextHandler(io.MultiWriter(file, os.Stderr), nil))
	slog.SetDefault(log)
	window.AvoidBlankPage()
	err := window.CheckDisplay()
	if err == nil {
		err = window.CheckWebView()
	}
	if err == nil {
		err = run(*dir, *demo, log)
	}
	if err != nil {
		tellFailure(log, *dir, err)
	}
	_ = file.Close() // nothing can be told of it any more
	if err != nil {
		os.Exit(1)
	}
}

// removeData removes all that was kept on this computer and returns the
// program's exit code.
func removeData(dir string) int {
	o := workspace.Options{Dir: dir, Keyring: credentials.New(keyringService), Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	err := workspace.Erase(context.Background(), o, "logs", "webview", "window.json", "updates.json")
	if err != nil {
		fmt.Fprintln(os.Stderr, "Not everything could be removed:", err)
		return 1
	}
	fmt.Println("Removed the data of Partner Desk in", dir)
	return 0
}

// keyringService is what the keyring knows the program by.
const keyringService = "Partner Desk"

// tellFailure says why there is no window, where it may be seen.
func tellFailure(log *slog.Logger, dir string, err error) {
	log.Error("Partner Desk could not start", "error", err)
	text := fmt.Sprintf("Partner Desk could not start: %v.\n\nIts log is %s", err, logfile.Path(dir))
	fmt.Fprintln(os.Stderr, text)
	alert.Show(context.Background(), "Partner Desk", text)
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
	menus, err := menu.Parse(actions)
	if err != nil {
		return err
	}
	app := newApp()
	app.menus = newMenuBar(menus, listener{app}.ActionChosen)
	app.work = workspace.NewManager(workspace.Options{
		Dir:      dir,
		Version:  version,
		Keyring:  credentials.New(keyringService),
		Browser:  func(origins func() []string) desk.Browser { return browser.New(origins) },
		Listener: listener{app},
		Clock:    time.Now,
		NewID:    func() string { return uuid.Must(uuid.NewV7()).String() },
		Logger:   log,
	})
	app.updates = update.New(update.Options{
		Dir: dir, Version: version, Key: update.PublisherKey(updateKey), Address: updateAddress, Clock: time.Now, Logger: log,
		Changed: listener{app}.UpdateChanged, Open: openPage,
	})
	if raw, ok := link.Find(flag.Args()); ok {
		app.links.Put(raw)
	}
	place, remembered := window.LoadPlacement(dir)
	if !remembered {
		place = window.Placement{Width: window.Width, Height: window.Height}
	}
	return wails.Run(&options.App{
		Title:            "Partner Desk",
		Width:            max(place.Width, window.MinWidth),
		Height:           max(place.Height, window.MinHeight),
		MinWidth:         window.MinWidth,
		MinHeight:        window.MinHeight,
		WindowStartState: startState(place),
		BackgroundColour: options.NewRGB(250, 250, 251),
		AssetServer:      &assetserver.Options{Assets: page, Middleware: assetserver.ChainMiddleware(window.Secure, window.Pages)},
		Logger:           window.NewLogger(log),
		LogLevel:         logger.WARNING,
		ErrorFormatter:   window.FormatError,
		Bind:             []any{app},
		Menu:             app.menus.menu,
		OnStartup: func(ctx context.Context) {
			if remembered {
				go putBack(ctx, place)
			}
			go app.page.Watch(ctx, window.PagePatience(), func() { tellEmptyPage(ctx, log, dir) })
			app.start(ctx, dir, demo)
		},
		OnBeforeClose: func(ctx context.Context) bool {
			rememberPlace(ctx, dir, place, log)
			return false
		},
		OnShutdown: func(context.Context) { app.stop() },
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId: "partner-desk-" + instanceID(dir),
			OnSecondInstanceLaunch: func(second options.SecondInstanceData) {
				if raw, ok := link.Find(second.Args); ok {
					app.follow(raw)
					return
				}
				app.show()
			},
		},
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux: &linux.Options{
			ProgramName: "partner-desk",
			// Painting with the processor takes 100 MB less, starts sooner and meets no driver's faults.
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
		Mac:     &mac.Options{OnUrlOpen: app.follow},
		Windows: &windows.Options{WebviewUserDataPath: filepath.Join(dir, "webview"), Messages: webViewMessages(dir)},
	})
}

// openPage opens a page of the publisher's.
func openPage(ctx context.Context, page string) error {
	return browser.New(func() []string { return []string{page} }).OpenLink(ctx, page)
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

// UpdateChanged tells that something else is known of newer versions.
func (l listener) UpdateChanged() { l.emit("update:state") }

// TablesChanged tells that an import or an export got further; the page asks how far.
func (l listener) TablesChanged() { l.emit("tables:state") }

// MoveChanged tells that a move stands elsewhere; the page asks where.
func (l listener) MoveChanged() { l.emit("move:state") }

// ActionChosen tells which action was chosen in a native menu.
func (l listener) ActionChosen(id string) { l.emit("action:run", id) }

// menuBar is the window's native menus, or the Mac's.
type menuBar struct {
	menu  *wailsmenu.Menu
	mu    sync.Mutex
	items map[string]*wailsmenu.MenuItem // by the action's id
}

func newMenuBar(menus []menu.Menu, chosen func(id string)) *menuBar {
	bar := &menuBar{menu: wailsmenu.NewMenu(), items: map[string]*wailsmenu.MenuItem{}}
	for _, m := range menus {
		sub := bar.menu.AddSubmenu(m.Title)
		for i, item := range m.Items {
			if item.Section && i > 0 {
				sub.AddSeparator()
			}
			bar.items[item.ID] = nativeItem(item, func(*wailsmenu.CallbackData) { chosen(item.ID) })
			sub.Append(bar.items[item.ID])
		}
	}
	if runtime.GOOS == "darwin" {
		// Without them there is no Quit, and no copying and pasting by keys.
		all := slices.Insert(bar.menu.Items, 1, wailsmenu.EditMenu())
		all = slices.Insert(all, len(all)-1, wailsmenu.WindowMenu())
		bar.menu.Items = slices.Insert(all, 0, wailsmenu.AppMenu())
	}
	return bar
}

// nativeItem is one action. On Windows the page hears of every key, and a menu
// with the same shortcut would do the action twice: there it only shows it.
func nativeItem(item menu.Item, click wailsmenu.Callback) *wailsmenu.MenuItem {
	if item.Accelerator == "" {
		return wailsmenu.Text(item.Title, nil, click)
	}
	if runtime.GOOS == "windows" {
		return wailsmenu.Text(item.Title+"\t"+item.Hint, nil, click)
	}
	shortcut, err := keys.Parse(item.Accelerator)
	if err != nil {
		slog.Error("a menu item goes without its shortcut", "item", item.ID, "error", err)
	}
	return wailsmenu.Text(item.Title, shortcut, click)
}

// offer shows the actions with other ids as unavailable. On Linux the framework
// can't change menus that are shown: there the page says why it does nothing.
func (b *menuBar) offer(ctx context.Context, ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	changed := false
	for id, item := range b.items {
		disabled := !slices.Contains(ids, id)
		changed = changed || item.Disabled != disabled
		item.Disabled = disabled
	}
	if changed && runtime.GOOS != "linux" {
		wailsruntime.MenuUpdateApplicationMenu(ctx)
	}
}

// tellEmptyPage says by a message of the system's own that the window is empty.
func tellEmptyPage(ctx context.Context, log *slog.Logger, dir string) {
	log.Error("the page in the window did not come up")
	_, err := wailsruntime.MessageDialog(ctx, wailsruntime.MessageDialogOptions{
		Type: wailsruntime.ErrorDialog, Title: "Partner Desk",
		Message: window.EmptyPage(logfile.Path(dir)),
	})
	if err != nil {
		log.Error("telling of it failed", "error", err)
	}
}

// webViewMessages are Wails' words, but for the one that is left to it: it has no
// say before CheckWebView found WebView2.
func webViewMessages(dir string) *windows.Messages {
	m := windows.DefaultMessages()
	m.WebView2ProcessCrash = window.WebViewEnded(logfile.Path(dir))
	return m
}

func startState(p window.Placement) options.WindowStartState {
	if p.Maximised {
		return options.Maximised
	}
	return options.Normal
}

// putBack moves the window to where it was, as far as that is in sight.
func putBack(ctx context.Context, p window.Placement) {
	screens, err := wailsruntime.ScreenGetAll(ctx)
	if err != nil || p.Maximised {
		return
	}
	for _, s := range screens {
		if !s.IsCurrent {
			continue
		}
		if fitting, ok := p.Within(window.Screen(s.Size)); ok {
			wailsruntime.WindowSetSize(ctx, fitting.Width, fitting.Height)
			wailsruntime.WindowSetPosition(ctx, fitting.X, fitting.Y)
		}
	}
}

// rememberPlace keeps where the window is. A window that fills the screen goes
// back to where it was before.
func rememberPlace(ctx context.Context, dir string, before window.Placement, log *slog.Logger) {
	p := before
	p.Maximised = wailsruntime.WindowIsMaximised(ctx)
	if !p.Maximised && !wailsruntime.WindowIsFullscreen(ctx) && !wailsruntime.WindowIsMinimised(ctx) {
		p.Width, p.Height = wailsruntime.WindowGetSize(ctx)
		p.X, p.Y = wailsruntime.WindowGetPosition(ctx)
	}
	if err := p.Save(dir); err != nil {
		log.Warn("the window's place is not kept", "error", err)
	}
}
