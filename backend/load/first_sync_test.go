package load

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

const office100k = 100_000 // customers

// BenchmarkFirstSync is the time from an empty replica until it holds 100,000
// customers, beside the yardstick: the same bytes downloaded, and the same rows
// loaded by the sqlite3 shell into the same tables and indexes.
func BenchmarkFirstSync(b *testing.B) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		b.Skip("there is no sqlite3 shell")
	}
	url := office(b)
	fill(b, desk(b, url), office100k)
	record := &recorder{next: http.DefaultTransport}
	var took, yardstick time.Duration
	b.ResetTimer()
	for range b.N {
		path := filepath.Join(b.TempDir(), "replica.db")
		record.pages = nil
		took += firstSync(b, url, record, path)
		b.StopTimer()
		yardstick += download(b, record.pages) + load(b, path)
		b.StartTimer()
	}
	b.ReportMetric(took.Seconds()/float64(b.N), "s")
	b.ReportMetric(yardstick.Seconds()/float64(b.N), "yardstick-s")
	b.ReportMetric(took.Seconds()/yardstick.Seconds(), "x")
	b.ReportMetric(0, "ns/op")
}

func firstSync(b *testing.B, url string, record *recorder, path string) time.Duration {
	b.Helper()
	ctx, stop := context.WithCancel(b.Context())
	began := time.Now()
	r, err := replica.Open(ctx, path, replica.Options{Clock: time.Now, NewID: newID})
	must(b, err)
	c, err := client.New(url, &http.Client{Transport: record})
	must(b, err)
	s := syncing.New(syncing.Options{
		Replica: r, Remote: c, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		Credential: func(context.Context) (string, string, error) { return username, secret, nil },
	})
	var running sync.WaitGroup
	running.Go(func() { s.Run(ctx) })
	for {
		changed := r.Changed()
		page, err := r.List(ctx, customer.Query{Limit: 1})
		must(b, err)
		if page.Everything == office100k {
			break
		}
		<-changed
	}
	took := time.Since(began)
	stop()
	running.Wait()
	must(b, r.Close())
	return took
}

// recorder keeps the pages of the change feed as they came.
type recorder struct {
	next  http.RoundTripper
	mu    sync.Mutex
	pages [][]byte
}

func (t *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(req)
	if err != nil || !strings.HasSuffix(req.URL.Path, "/changes") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pages = append(t.pages, body)
	return res, err
}

// download is the time it takes to fetch the pages from a handler that only sends them.
func download(b *testing.B, pages [][]byte) (took time.Duration) {
	b.Helper()
	for _, page := range pages {
		url := bare(b, page)
		began := time.Now()
		req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
		must(b, err)
		res, err := http.DefaultClient.Do(req)
		must(b, err)
		_, err = io.Copy(io.Discard, res.Body)
		must(b, err)
		must(b, res.Body.Close())
		took += time.Since(began)
	}
	return took
}

// load is the time the sqlite3 shell takes to load the rows of the replica at
// path into the same tables and indexes, empty at first.
func load(b *testing.B, path string) time.Duration {
	b.Helper()
	folder := b.TempDir()
	empty := filepath.Join(folder, "empty.db")
	r, err := replica.Open(b.Context(), empty, replica.Options{Clock: time.Now, NewID: newID})
	must(b, err)
	must(b, r.Close())
	script := "PRAGMA synchronous=FULL;\nBEGIN;\n"
	for _, table := range []string{"customer", "entry"} {
		rows := filepath.Join(folder, table+".csv")
		must(b, os.WriteFile(rows, shell(b, path, ".mode csv\n.nullvalue "+null+"\nSELECT * FROM "+table+";\n"), 0o600))
		script += ".mode csv\n.import " + strconv.Quote(rows) + " " + table + "\n"
	}
	script += "COMMIT;\n"
	began := time.Now()
	shell(b, empty, script)
	return time.Since(began)
}

// null stands for NULL in the files; the shell loads it as text, at the same cost.
const null = "NULL"

func shell(b *testing.B, path, script string) []byte {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "sqlite3", "-bail", path)
	cmd.Stdin = strings.NewReader(script)
	var out, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &wrong
	if err := cmd.Run(); err != nil {
		b.Fatalf("sqlite3: %v: %s", err, wrong.String())
	}
	return out.Bytes()
}
