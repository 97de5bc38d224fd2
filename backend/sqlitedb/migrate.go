package sqlitedb

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/pressly/goose/v3"
)

// migrate brings the schema to the newest version, after a backup when there is
// something to lose.
func (d *DB) migrate(ctx context.Context, fresh bool) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, d.Write, d.o.Migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	switch {
	case have > newest:
		return d.newer(have, newest)
	case have == newest:
		return nil
	case d.o.InUse:
		return d.inUse(have, newest)
	case !fresh && have > 0 && !d.o.Throwaway:
		if _, err := d.Backup(ctx); err != nil {
			return fmt.Errorf("back up before migrating: %w", err)
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate from %d to %d: %w", have, newest, err)
	}
	return nil
}
