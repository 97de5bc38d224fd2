package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

const (
	deskFile   = "desk.json"
	goneSuffix = ".gone" // of a folder that is being removed
)

// deskConfig is what the desk remembers over its workspaces.
type deskConfig struct {
	Open string `json:"open"` // the workspace that was open last
}

// remember makes c the workspace that opens at the next start.
func (m *Manager) remember(c config) error {
	if err := writeJSON(filepath.Join(m.o.Dir, deskFile), deskConfig{Open: c.workspaceID()}); err != nil {
		return storageError(fmt.Errorf("remember the open workspace: %w", err))
	}
	return nil
}

// next is the workspace to open: the one that was open last, else the one on
// this computer, else the shared one that was connected first. NotFound when
// there is none.
func (m *Manager) next() (config, error) {
	var d deskConfig
	if err := readJSON(filepath.Join(m.o.Dir, deskFile), &d); err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.o.Logger.Warn("read which workspace was open", "error", err)
	}
	if filepath.Base(d.Open) == d.Open && d.Open != string(KindLocal) {
		c, err := readConfig(filepath.Join(m.sharedDir(), d.Open))
		if customer.CodeOf(err) != customer.NotFound {
			return c, err
		}
	}
	c, err := readConfig(m.localDir())
	if customer.CodeOf(err) != customer.NotFound {
		return c, err
	}
	if all := m.workspaces(); len(all) > 0 {
		return all[0], nil
	}
	return c, err
}

// workspaces are those of this computer but the sample: the local one first,
// then the shared ones in the order in which they were connected.
func (m *Manager) workspaces() []config {
	dirs := []string{m.localDir()}
	entries, err := os.ReadDir(m.sharedDir()) // by name, and ids grow with time
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.o.Logger.Error("list workspaces", "error", err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasSuffix(e.Name(), goneSuffix) {
			dirs = append(dirs, filepath.Join(m.sharedDir(), e.Name()))
		}
	}
	var all []config
	for _, dir := range dirs {
		c, err := readConfig(dir)
		switch {
		case err == nil:
			all = append(all, c)
		case customer.CodeOf(err) != customer.NotFound:
			m.o.Logger.Error("list workspaces", "dir", dir, "error", err)
		}
	}
	return all
}

func (m *Manager) known() []KnownWorkspace {
	all := []KnownWorkspace{}
	for _, c := range m.workspaces() {
		all = append(all, KnownWorkspace{
			ID: c.workspaceID(), Kind: c.Kind, PartnerName: c.PartnerName, PartnerUsername: c.PartnerUsername,
			OfficeName: c.OfficeName, Address: c.Address, MovedTo: c.MovedTo, Open: m.isOpen(c),
		})
	}
	return all
}

func (m *Manager) isOpen(c config) bool { return m.open != nil && m.open.config.ID == c.ID }

func (m *Manager) find(id string) (config, error) {
	for _, c := range m.workspaces() {
		if c.workspaceID() == id {
			return c, nil
		}
	}
	return config{}, customer.Fail(customer.NotFound, "This workspace is no longer on this computer.")
}

func (m *Manager) dirOf(c config) string {
	if c.Kind == KindShared {
		return filepath.Join(m.sharedDir(), c.ID)
	}
	return m.localDir()
}

// OpenWorkspace closes what is open and opens another workspace that this
// computer knows. NotFound for an unknown one.
func (m *Manager) OpenWorkspace(ctx context.Context, id string) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refused != nil {
		return m.state(), m.refused
	}
	c, err := m.find(id)
	if err != nil || m.isOpen(c) {
		return m.state(), err
	}
	if err := m.remember(c); err != nil {
		return m.state(), err
	}
	m.closeOpen()
	if err := m.openKnown(ctx, c); err != nil {
		return m.fail(err), err
	}
	return m.changed(), nil
}

// ForgetWorkspace removes a shared workspace from this computer with its
// credential, and opens the next one when it was open. Conflict when changes
// wait in it that are not to be dropped, and for the workspace of this computer.
func (m *Manager) ForgetWorkspace(ctx context.Context, id string, dropChanges bool) (State, error) {
	s, closed, err := m.forget(ctx, id, dropChanges)
	if closed != nil {
		endSignIn(ctx, closed.remote.Client)
	}
	return s, err
}

// forget returns what it closed, if the workspace was open.
func (m *Manager) forget(ctx context.Context, id string, dropChanges bool) (_ State, closed *opened, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refused != nil {
		return m.state(), nil, m.refused
	}
	c, err := m.find(id)
	if err != nil {
		return m.state(), nil, err
	}
	if c.Kind != KindShared {
		return m.state(), nil, customer.Fail(customer.Conflict,
			"The workspace of this computer holds its customers and can't be forgotten.")
	}
	if !dropChanges {
		if err := m.nothingWaits(ctx, c); err != nil {
			return m.state(), nil, err
		}
	}
	if m.isOpen(c) {
		closed = m.open
		m.closeOpen()
	}
	err = m.remove(ctx, c)
	if closed != nil || m.screen == ScreenProblem {
		return m.openRemembered(ctx), closed, err
	}
	return m.changed(), nil, err
}

// nothingWaits returns Conflict when the workspace holds changes that the Back
// Office does not have, or may.
func (m *Manager) nothingWaits(ctx context.Context, c config) error {
	waiting, err := m.waiting(ctx, c)
	if customer.CodeOf(err) == customer.Storage {
		return customer.Fail(customer.Conflict, "The data can't be read, so changes may be in it that would be lost.")
	}
	if err != nil {
		return err
	}
	const ask = " not reached the Back Office and would be lost."
	switch n := waiting.Total + waiting.NeedsAttention; n {
	case 0:
		return nil
	case 1:
		return customer.Fail(customer.Conflict, "One change has"+ask)
	default:
		return customer.Fail(customer.Conflict, fmt.Sprintf("%d changes have", n)+ask)
	}
}

func (m *Manager) waiting(ctx context.Context, c config) (_ replica.Waiting, err error) {
	if m.isOpen(c) {
		return m.open.replica.Waiting(ctx)
	}
	file := replicaFile(m.dirOf(c))
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return replica.Waiting{}, nil // it was never opened
	}
	r, err := replica.Open(ctx, file, replica.Options{Clock: m.o.Clock, NewID: m.o.NewID})
	if err != nil {
		return replica.Waiting{}, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return r.Waiting(ctx)
}

// remove takes the folder away at once, then its credential and its files.
func (m *Manager) remove(ctx context.Context, c config) error {
	dir := m.dirOf(c)
	if err := os.Rename(dir, dir+goneSuffix); err != nil {
		return storageError(err)
	}
	m.keyring = m.o.Keyring.Delete(ctx, c.ID)
	if err := os.RemoveAll(dir + goneSuffix); err != nil {
		m.o.Logger.Warn("remove a forgotten workspace", "error", err) // the next start tries again
	}
	return nil
}
