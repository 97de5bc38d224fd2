package importing_test

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/importing"
)

// table is a CSV table of n new customers.
func table(n int) string {
	var b strings.Builder
	b.WriteString("Email,First name,Last name,Company,Phone,City,Country,Tags\n")
	for i := range n {
		fmt.Fprintf(&b, "person%07d@shop.example,Jan,Jansen %d,Shop %d,+31 6 %08d,Amsterdam,Nederland,new\n", i, i, i%500, i)
	}
	return b.String()
}

// A file is rehearsed in memory that grows by some fifty bytes a row, not by rows.
func TestALongFileInBoundedMemory(t *testing.T) {
	const short, long = 10_000, 160_000
	first, second := rehearsalHeap(t, short), rehearsalHeap(t, long)
	t.Logf("%d and %d KB", first>>10, second>>10)
	// Chunks under way take some; all rows would take 38 MB.
	if bound := first + 60*(long-short) + 16<<20; second > bound {
		t.Errorf("%d rows take %d KB, %d rows %d KB", short, first>>10, long, second>>10)
	}
}

// rehearsalHeap is by how much the heap has grown when nearly so many rows are
// rehearsed: the least of the last quarter of the looks, since what a chunk takes,
// or a table that grows, is there in some of them only.
func rehearsalHeap(t *testing.T, rows int) uint64 {
	t.Helper()
	b := set(t)
	path := write(t, "x.csv", table(rows))
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p := plan(b.open(t, path))
	if _, err := b.Rehearse(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	var looks []uint64
	for b.State().Phase == importing.Rehearsing {
		<-b.told
		runtime.GC()
		runtime.ReadMemStats(&now)
		looks = append(looks, max(now.HeapAlloc, before.HeapAlloc)-before.HeapAlloc)
	}
	if s := b.wait(t); s.Totals.New != rows {
		t.Errorf("rehearsed %+v", s)
	}
	last, err := b.Rows(t.Context(), importing.RowNew, rows-3, 10)
	if err != nil || len(last.Items) != 3 || last.Items[2].Row != rows+1 || last.Total != rows {
		t.Errorf("the last page is %+v, %v", last, err)
	}
	return slices.Min(looks[len(looks)*3/4:])
}

// BenchmarkImport rehearses and runs an import; the yardstick is the sqlite3 shell
// that loads the same rows into the same tables and indexes.
func BenchmarkImport(b *testing.B) {
	b.Run("100000", func(b *testing.B) {
		path := write(b, "x.csv", table(100_000))
		imports := 0
		var last *bench
		for b.Loop() {
			b.StopTimer()
			last = set(b)
			last.all(b) // the index is there, as it is in the window
			b.StartTimer()
			last.rehearse(b, plan(last.open(b, path)))
			if s := last.run(b); s.Added != 100_000 {
				b.Fatal(s)
			}
			imports++
		}
		each := b.Elapsed().Seconds() / float64(imports)
		b.ReportMetric(each, "s")
		shell, err := exec.LookPath("sqlite3")
		if err != nil {
			b.Log("there is no sqlite3 shell to compare with")
			return
		}
		last.Close()
		loading := yardstick(b, shell, last.path, filepath.Join(b.TempDir(), "rows"))
		b.ReportMetric(loading.Seconds(), "yardstick-s")
		b.ReportMetric(each/loading.Seconds(), "x")
	})
}

// yardstick copies a replica's rows to CSV files and tells how long loading them takes, into
// tables and indexes of the same schema.
func yardstick(b *testing.B, shell, db, dump string) time.Duration {
	b.Helper()
	run := func(db, script string) string {
		b.Helper()
		cmd := exec.CommandContext(context.Background(), shell, "-bail", db)
		cmd.Stdin = strings.NewReader(script)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			b.Fatal(err, errs.String())
		}
		return out.String()
	}
	tables := []string{"customer", "entry", "outbox", "action", "action_change"}
	for _, table := range tables {
		run(db, fmt.Sprintf(".mode csv\n.once %s-%s\nSELECT * FROM %s;\n", dump, table, table))
	}
	quoted := "'" + strings.Join(tables, "','") + "'"
	schema := run(db, "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name IN ("+quoted+");\n")
	script := schema + "BEGIN;\n"
	for _, table := range tables {
		script += fmt.Sprintf(".import --csv %s-%s %s\n", dump, table, table)
	}
	begun := time.Now()
	run(filepath.Join(b.TempDir(), "loaded.db"), "PRAGMA journal_mode=WAL;\n"+script+"COMMIT;\n")
	return time.Since(begun)
}
