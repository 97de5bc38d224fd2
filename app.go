package main

import (
	"context"
	"crypto/rand"

	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"partnerdesk/backend/appearance"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/bound"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/link"
	"partnerdesk/backend/moving"
	"partnerdesk/backend/password"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/update"
	"partnerdesk/backend/window"
	"partnerdesk/backend/workspace"
)

// App holds the methods that the window may call: these, about the program and
// what is open, and those of backend/bound, about customers. Each parses, calls
// a use case and returns; none has logic of its own. A failure reaches the
// window as a JSON customer.Error (see window.FormatError).
type App struct {
	*bound.Customers
	*bound.Bulk
	*bound.Tables
	*bound.Views
	*bound.Overview

	work    *workspace.Manager
	updates *update.Checker
	links   link.Inbox
	dropped window.Dropped
	page    *window.Watchdog
	menus   *menuBar
	ready   chan struct{}   // closed when ctx is set and the data is open
	ctx     context.Context // of the window; ends with it
	// unlock lets another program use the data; nil when this one never could.
	unlock func()
}

func newApp() *App {
	a := &App{ready: make(chan struct{}), page: window.NewWatchdog()}
	open := &bound.Open{
		Context:  func() context.Context { return a.ctx },
		Desk:     func() (*desk.Desk, error) { return a.work.Desk() },
		CopyText: a.copyText,
	}
	a.Customers = bound.NewCustomers(open)
	a.Bulk = bound.NewBulk(open)
	a.Views = bound.NewViews(open)
	a.Tables = bound.NewTables(open,
		func() (*importing.Importer, error) { return a.work.Importer() },
		func() (*exporting.Exporter, error) { return a.work.Exporter() },
		bound.Files{Open: a.chooseTable, Save: a.choosePlace, Dropped: a.dropped.Take})
	a.Overview = bound.NewOverview(open)
	return a
}

// start opens the data once the window is there. A second program on the same
// data shows that the first is open (and ends by itself where the desktop can
// bring the first to the front).
func (a *App) start(ctx context.Context, dir string, demo bool) {
	defer close(a.ready)
	a.ctx = ctx
	unlock, err := workspace.Lock(dir)
	if err != nil {
		a.work.Refuse(err)
		return
	}
	a.unlock = unlock
	a.work.Start(ctx, demo)
	wails.EventsOn(ctx, "wails:file-drop", a.drop)
	go appearance.Watch(ctx, func(theme string) { wails.EventsEmit(ctx, "theme", theme) })
	go a.updates.Run(ctx)
}

// stop closes the data and lets another program use it.
func (a *App) stop() {
	a.work.Close()
	if a.unlock != nil {
		a.unlock()
	}
}

// show brings the window to the front.
func (a *App) show() {
	<-a.ready
	wails.WindowUnminimise(a.ctx)
	wails.Show(a.ctx)
}

// follow keeps a partnerdesk: link for the page and tells it.
func (a *App) follow(raw string) {
	a.links.Put(raw)
	a.show()
	wails.EventsEmit(a.ctx, "link:opened")
}

// PageReady says that the page in the window is there.
func (a *App) PageReady() { a.page.PageReady() }

// OfferActions says which actions there are now, by their ids: the native menus
// show the others as unavailable.
func (a *App) OfferActions(ids []string) error {
	return tried(func() error {
		a.menus.offer(a.ctx, ids)
		return nil
	})
}

// OpenedLink returns the id of the customer that a link from outside asks to
// open, once; empty when none does.
func (a *App) OpenedLink() (string, error) { return guarded(a.links.Take) }

// UpdateState says what is known of newer versions.
func (a *App) UpdateState() (update.State, error) { return told(a.updates.State) }

// SaveUpdateSettings says whether and where to look for newer versions.
func (a *App) SaveUpdateSettings(s update.Settings) (update.State, error) {
	return guarded(func() (update.State, error) { return a.updates.Save(s) })
}

// LookForUpdate looks for a newer version now.
func (a *App) LookForUpdate() (update.State, error) {
	return guarded(func() (update.State, error) { return a.updates.Look(a.ctx), nil })
}

// OpenReleaseNotes opens the page about the newer version in the browser.
func (a *App) OpenReleaseNotes() error {
	return tried(func() error { return a.updates.OpenNotes(a.ctx) })
}

// State says which screen the window shows. It is the page's first call and
// waits until the data is open.
func (a *App) State() (s workspace.State, err error) {
	defer window.Guard(&err)
	<-a.ready
	return a.work.State(), nil
}

// UseThisComputer sets up the workspace of this computer.
func (a *App) UseThisComputer(owner workspace.Owner) (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.UseThisComputer(a.ctx, owner) })
}

// UseSample opens a workspace with sample customers.
func (a *App) UseSample() (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.UseSample(a.ctx) })
}

// LeaveWorkspace throws the sample workspace away.
func (a *App) LeaveWorkspace() (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.LeaveWorkspace(a.ctx) })
}

// Connect opens the workspace of a shared Back Office.
func (a *App) Connect(c workspace.Connection) (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.Connect(a.ctx, c) })
}

// OpenWorkspace opens another workspace of this computer.
func (a *App) OpenWorkspace(id string) (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.OpenWorkspace(a.ctx, id) })
}

// ForgetWorkspace removes a shared workspace from this computer.
func (a *App) ForgetWorkspace(id string, dropChanges bool) (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.ForgetWorkspace(a.ctx, id, dropChanges) })
}

// RestoreBackup goes back to the newest backup of data that can't be opened.
func (a *App) RestoreBackup() (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.RestoreBackup(a.ctx) })
}

// SignIn signs in with the password of the partner or member.
func (a *App) SignIn(secret string) (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.SignIn(a.ctx, secret) })
}

// SignOut signs out of a shared Back Office; what waits is kept.
func (a *App) SignOut() (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.SignOut(a.ctx) })
}

// WorkOffline shows the list without signing in.
func (a *App) WorkOffline() (workspace.State, error) { return guarded(a.work.WorkOffline) }

// CheckKeyring tries the OS keyring again.
func (a *App) CheckKeyring() (workspace.State, error) {
	return guarded(func() (workspace.State, error) { return a.work.CheckKeyring(a.ctx), nil })
}

// Members returns the people who sign in for the partner.
func (a *App) Members() ([]api.Member, error) {
	return guarded(func() ([]api.Member, error) { return a.work.Members(a.ctx) })
}

// AddMember adds a member.
func (a *App) AddMember(n api.NewMember) (api.Member, error) {
	return guarded(func() (api.Member, error) { return a.work.AddMember(a.ctx, n) })
}

// ChangeMember changes what c holds of a member.
func (a *App) ChangeMember(id string, c api.MemberChange) (api.Member, error) {
	return guarded(func() (api.Member, error) { return a.work.ChangeMember(a.ctx, id, c) })
}

// ChangePassword replaces the password that this desk signs in with.
func (a *App) ChangePassword(current, next string) error {
	return tried(func() error { return a.work.ChangePassword(a.ctx, current, next) })
}

// PasswordStrength measures a password that is being chosen.
func (a *App) PasswordStrength(secret string, known []string) (password.Strength, error) {
	return guarded(func() (password.Strength, error) { return password.Measure(secret, known...), nil })
}

// PasswordTips lists the vendor's tips for a strong password.
func (a *App) PasswordTips() ([]string, error) { return told(password.Tips) }

// GeneratePassword makes a strong password.
func (a *App) GeneratePassword() (string, error) {
	return guarded(func() (string, error) { return password.Generate(rand.Reader) })
}

// StartMove moves the customers of this computer to a shared Back Office.
func (a *App) StartMove(r workspace.MoveRequest) (workspace.MoveState, error) {
	return guarded(func() (workspace.MoveState, error) { return a.work.StartMove(a.ctx, r) })
}

// ResumeMove goes on with a move that stopped.
func (a *App) ResumeMove(secret string) (workspace.MoveState, error) {
	return guarded(func() (workspace.MoveState, error) { return a.work.ResumeMove(a.ctx, secret) })
}

// MoveState says where a move stands.
func (a *App) MoveState() (workspace.MoveState, error) { return told(a.work.MoveState) }

// RefusedCustomers returns all customers that the other side did not take.
func (a *App) RefusedCustomers() ([]moving.Refused, error) { return guarded(a.work.RefusedCustomers) }

// StopMove stops a move; it can go on later.
func (a *App) StopMove() (workspace.MoveState, error) { return told(a.work.StopMove) }

// GiveUpMove forgets a move that stopped or is done, so that customers can be
// changed on this computer again.
func (a *App) GiveUpMove() (workspace.MoveState, error) { return guarded(a.work.GiveUpMove) }

// MailSettings returns how the embedded Back Office sends mail.
func (a *App) MailSettings() (workspace.MailSettings, error) { return guarded(a.work.MailSettings) }

// SaveMailSettings changes how the embedded Back Office sends mail.
func (a *App) SaveMailSettings(s workspace.MailSettings) (workspace.MailSettings, error) {
	return guarded(func() (workspace.MailSettings, error) { return a.work.SaveMailSettings(a.ctx, s) })
}

// SendTestMail sends one mail with these settings.
func (a *App) SendTestMail(s workspace.MailSettings, to string) error {
	return tried(func() error { return a.work.SendTestMail(a.ctx, s, to) })
}

// SyncState says how the replica and the Back Office stand.
func (a *App) SyncState() (syncing.State, error) { return guarded(a.work.SyncState) }

// SyncNow tries to reach the Back Office at once.
func (a *App) SyncNow() error { return tried(a.work.SyncNow) }

// Theme returns the desktop's "light" or "dark"; empty where the page's own
// media query tells.
func (a *App) Theme() (theme string, err error) {
	defer window.Guard(&err)
	<-a.ready
	return appearance.Theme(a.ctx), nil
}

// CopyText puts text on the clipboard.
func (a *App) CopyText(text string) error {
	return tried(func() error { return a.copyText(text) })
}

func (a *App) copyText(text string) error {
	if err := wails.ClipboardSetText(a.ctx, text); err != nil {
		return customer.Fail(customer.Internal, "The clipboard can't be used right now. Try again.")
	}
	return nil
}

// chooseTable asks for a table to read; empty when the user chose none.
func (a *App) chooseTable() (string, error) {
	if path, told := window.ChosenFile(); told {
		return path, nil
	}
	return wails.OpenFileDialog(a.ctx, wails.OpenDialogOptions{
		Title: "Import customers",
		Filters: []wails.FileFilter{
			{DisplayName: "Tables (CSV, XLSX)", Pattern: "*.csv;*.xlsx;*.tsv;*.txt;*.xlsm"},
			{DisplayName: "All files", Pattern: "*"},
		},
	})
}

// choosePlace asks where to write a file; empty when the user chose no place.
func (a *App) choosePlace(name string) (string, error) {
	if path, told := window.ChosenFile(); told {
		return path, nil
	}
	return wails.SaveFileDialog(a.ctx, wails.SaveDialogOptions{DefaultFilename: name, CanCreateDirectories: true})
}

// drop keeps a file that was dropped on the window for the page and tells it.
func (a *App) drop(data ...any) {
	if a.dropped.Put(data) {
		wails.EventsEmit(a.ctx, "file:dropped")
	}
}

// guarded runs a call; a panic in it becomes an error.
func guarded[T any](call func() (T, error)) (out T, err error) {
	defer window.Guard(&err)
	return call()
}

// told runs a call that can't fail; a panic in it becomes an error.
func told[T any](call func() T) (T, error) {
	return guarded(func() (T, error) { return call(), nil })
}

// tried runs a call without a result; a panic in it becomes an error.
func tried(call func() error) (err error) {
	defer window.Guard(&err)
	return call()
}
