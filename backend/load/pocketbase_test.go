package load

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/crowd"
)

// BenchmarkPocketBase asks PocketBase, where it is on the machine, for the same
// list: the first page by name, and searches in the same fields as they are typed.
func BenchmarkPocketBase(b *testing.B) {
	program, err := exec.LookPath("pocketbase")
	if err != nil {
		b.Skip("PocketBase is not here")
	}
	const n = 100_000
	pb := startPocketBase(b, program, n)
	b.Run("list", func(b *testing.B) { pb.ask(b, func(int) string { return "" }) })
	words := []string{"m", "mü", "mül", "müll", "van", "van d", "bak", "gmail", "+31 6", "xyzzy"}
	b.Run("search", func(b *testing.B) {
		pb.ask(b, func(i int) string {
			var any []string
			for _, field := range pocketFields() {
				any = append(any, fmt.Sprintf("%s~%q", field, words[i%len(words)]))
			}
			return strings.Join(any, "||")
		})
	})
}

func pocketFields() []string {
	return []string{"name", "username", "company", "phone", "city", "notes", "tags"}
}

type pocketBase struct{ url, token string }

func startPocketBase(b *testing.B, program string, n int) *pocketBase {
	b.Helper()
	dir := b.TempDir()
	pb := &pocketBase{}
	must(b, exec.CommandContext(b.Context(), program, "superuser", "upsert", username, secret, "--dir", dir).Run())
	stop := pb.serve(b, program, dir)
	var session struct{ Token string }
	pb.call(b, "/api/collections/_superusers/auth-with-password", map[string]any{"identity": username, "password": secret}, &session)
	pb.token = session.Token
	var fields []map[string]any
	for _, name := range pocketFields() {
		fields = append(fields, map[string]any{"name": name, "type": "text"})
	}
	pb.call(b, "/api/collections", map[string]any{
		"name": "customers", "type": "base", "fields": fields,
		"indexes": []string{"CREATE INDEX customers_name ON customers (name, id)"},
	}, nil)
	stop()
	file := filepath.Join(dir, "customers.csv")
	f, err := os.Create(file)
	must(b, err)
	w := csv.NewWriter(f)
	i := 0
	for c := range crowd.Customers(20, n) {
		i++
		must(b, w.Write([]string{
			fmt.Sprintf("c%014d", i), c.Name(), c.Username, c.Company, c.Phone, c.City, c.Notes, strings.Join(c.Tags, " "),
		}))
	}
	w.Flush()
	must(b, w.Error())
	must(b, f.Close())
	columns := "id," + strings.Join(pocketFields(), ",")
	shell(b, filepath.Join(dir, "data.db"), "CREATE TEMP TABLE crowd ("+columns+");\n.mode csv\n.import "+strconv.Quote(file)+
		" crowd\nINSERT INTO customers ("+columns+") SELECT "+columns+" FROM crowd;\n")
	b.Cleanup(pb.serve(b, program, dir))
	return pb
}

// serve starts PocketBase and returns what ends it.
func (pb *pocketBase) serve(b *testing.B, program, dir string) (stop func()) {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	must(b, err)
	pb.url = "http://" + l.Addr().String()
	must(b, l.Close())
	cmd := exec.CommandContext(context.Background(), program, "serve", "--http", strings.TrimPrefix(pb.url, "http://"), "--dir", dir)
	must(b, cmd.Start())
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(pb.url + "/api/health") //nolint:noctx // ends with the program
		if err == nil {
			_ = res.Body.Close()
			break
		}
		if time.Now().After(end) {
			b.Fatal("PocketBase does not answer")
		}
	}
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// call posts a JSON body, or gets when there is none.
func (pb *pocketBase) call(b *testing.B, path string, body, into any) {
	b.Helper()
	method, text := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		text, err = json.Marshal(body)
		must(b, err)
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(b.Context(), method, pb.url+path, bytes.NewReader(text))
	must(b, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", pb.token)
	res, err := http.DefaultClient.Do(req)
	must(b, err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= http.StatusBadRequest {
		b.Fatalf("%s %s: %s", method, path, res.Status)
	}
	if into != nil {
		must(b, json.NewDecoder(res.Body).Decode(into))
	}
}

// ask asks b.N times for the first page of what a filter leaves.
func (pb *pocketBase) ask(b *testing.B, filter func(i int) string) {
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	for i := range b.N {
		q := url.Values{"perPage": {"100"}, "sort": {"name,id"}, "filter": {filter(i)}}
		began := time.Now()
		var page struct {
			TotalItems int `json:"totalItems"`
		}
		pb.call(b, "/api/collections/customers/records?"+q.Encode(), nil, &page)
		took[i] = time.Since(began)
		if filter(i) == "" && page.TotalItems < 1000 {
			b.Fatalf("the list has %d rows", page.TotalItems)
		}
	}
	b.StopTimer()
	report(b, took)
}
