package sqlitedb

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// openPool prepares a pool of connections; none is made yet.
func openPool(o Options, write bool) (*sql.DB, error) {
	pool, err := sql.Open("sqlite", dsn(o, write))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", o.Path, err)
	}
	return pool, nil
}

// dsn is the file's URI with the pragmas of every connection, busy_timeout
// first, since the others can meet a lock.
func dsn(o Options, write bool) string {
	path := filepath.ToSlash(o.Path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	pragmas := []string{
		"busy_timeout(10000)",
		"journal_mode(WAL)",
		"synchronous(" + synchronous(o) + ")",
		"foreign_keys(1)",
		"temp_store(MEMORY)",
		"wal_autocheckpoint(4000)", // pages: hot ones are copied into the file less often
	}
	q := url.Values{}
	if write {
		q.Set("_txlock", "immediate")
		pragmas = append(pragmas, "cache_size(-16000)") // a large change spills less
	} else {
		pragmas = append(pragmas, "cache_size(-4000)", "query_only(1)") // each of the readers
	}
	q["_pragma"] = pragmas
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

func synchronous(o Options) string {
	if o.Throwaway {
		return "OFF"
	}
	return "FULL"
}

// checkWriter makes the first connection and reads the pragmas back: SQLite
// ignores the ones it can't honour in silence.
func (d *DB) checkWriter(ctx context.Context) error {
	level := "2"
	if d.o.Throwaway {
		level = "0"
	}
	for _, p := range [][2]string{
		{"busy_timeout", "10000"}, {"journal_mode", "wal"}, {"synchronous", level}, {"foreign_keys", "1"},
	} {
		if err := expect(ctx, d.Write, p[0], p[1]); err != nil {
			return err
		}
	}
	return nil
}

func expect(ctx context.Context, pool *sql.DB, pragma, want string) error {
	var got string
	if err := pool.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
		return fmt.Errorf("read pragma %s: %w", pragma, err)
	}
	if !strings.EqualFold(got, want) {
		return fmt.Errorf("pragma %s is %s, wanted %s", pragma, got, want)
	}
	return nil
}

// cheapCheck is the size in bytes up to which a file is checked as it opens.
const cheapCheck = 8 << 20

// quickCheck looks for damage where that is quick. Larger files show theirs
// when a damaged page is read, and at the latest with the daily backup.
func (d *DB) quickCheck(ctx context.Context) error {
	var pages, size int64
	if err := d.Write.QueryRowContext(ctx,
		"SELECT page_count, page_size FROM pragma_page_count, pragma_page_size").Scan(&pages, &size); err != nil {
		return fmt.Errorf("read the size: %w", err)
	}
	if pages*size > cheapCheck {
		return nil
	}
	var found string
	if err := d.Write.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if found != "ok" {
		return d.damaged(fmt.Errorf("check: %s", found))
	}
	return nil
}
