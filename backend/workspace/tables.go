package workspace

import (
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
)

// openTables sets up import and export of the workspace's customers.
func (m *Manager) openTables(o *opened) {
	o.imports = importing.New(importing.Options{
		Replica: o.replica,
		Work:    o.desk.Work,
		Change:  o.desk.Change,
		OnState: m.o.Listener.TablesChanged,
		Clock:   m.o.Clock,
		NewID:   m.o.NewID,
		Logger:  m.o.Logger,
	})
	o.exports = exporting.New(exporting.Options{
		Replica: o.replica, OnState: m.o.Listener.TablesChanged, Clock: m.o.Clock, Logger: m.o.Logger,
	})
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
