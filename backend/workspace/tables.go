package workspace

import (
	"errors"
	"os"
	"path/filepath"

	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
)

// importFolder is where the rows of an import wait, in the workspace: the system's
// folder for such files can be memory, or be read by others.
const importFolder = "import"

// openTables sets up import and export of the workspace's customers. Rows that a
// crash left behind go.
func (m *Manager) openTables(o *opened) error {
	waiting := filepath.Join(o.dir, importFolder)
	if err := errors.Join(os.RemoveAll(waiting), os.Mkdir(waiting, 0o700)); err != nil {
		return storageError(err)
	}
	o.imports = importing.New(importing.Options{
		Replica: o.replica,
		Work:    o.desk.Work,
		Change:  o.desk.Change,
		OnState: m.o.Listener.TablesChanged,
		Clock:   m.o.Clock,
		NewID:   m.o.NewID,
		Logger:  m.o.Logger,
		TempDir: waiting,
	})
	o.exports = exporting.New(exporting.Options{
		Replica: o.replica, OnState: m.o.Listener.TablesChanged, Clock: m.o.Clock, Logger: m.o.Logger,
	})
	return nil
}

// closeTables ends what is under way.
func (o *opened) closeTables() {
	if o.imports != nil {
		o.imports.Close()
	}
	if o.exports != nil {
		o.exports.Cancel()
	}
}

// Importer returns the import of the open workspace. Errors are Desk's.
func (m *Manager) Importer() (*importing.Importer, error) {
	o, err := m.reach()
	if err != nil {
		return nil, err
	}
	return o.imports, nil
}

// Exporter returns the export of the open workspace. Errors are Desk's.
func (m *Manager) Exporter() (*exporting.Exporter, error) {
	o, err := m.reach()
	if err != nil {
		return nil, err
	}
	return o.exports, nil
}
