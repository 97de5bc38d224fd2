package replica_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	people "partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica"
)

// big makes a replica file of n customers, once for all benchmarks, and opens it.
func big(b *testing.B, n int) *replica.Replica {
	b.Helper()
	path, err := bigFiles(n)
	if err != nil {
		b.Fatal(err)
	}
	r := openQuickAt(b, path)
	list(b, r, customer.Query{Text: "x"}) // waits for the index
	return r
}

func openQuickAt(b *testing.B, path string) *replica.Replica {
	b.Helper()
	o := options()
	o.Throwaway = true
	r, err := replica.Open(context.Background(), path, o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.Close() })
	return r
}

// bigFiles are kept until the tests end.
func bigFiles(n int) (string, error) {
	bigMade.Lock()
	defer bigMade.Unlock()
	path := filepath.Join(bigMade.dir, fmt.Sprint(n), "replica.db")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	var err error
	if bigMade.dir == "" {
		if bigMade.dir, err = os.MkdirTemp("", "replicas"); err != nil {
			return "", err
		}
		path = filepath.Join(bigMade.dir, fmt.Sprint(n), "replica.db")
	}
	o := options()
	o.Throwaway = true
	r, err := replica.Open(context.Background(), path, o)
	if err != nil {
		return "", err
	}
	next, stop := iter.Pull(people.Customers(20, n))
	defer stop()
	for done := false; !done; {
		var page []customer.Customer
		for len(page) < 5000 && !done {
			c, more := next()
			if done = !more; more {
				page = append(page, c)
			}
		}
		if err := r.Absorb(context.Background(), page, "x"); err != nil {
			return "", err
		}
	}
	return path, r.Close()
}

var bigMade struct {
	sync.Mutex
	dir string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if bigMade.dir != "" {
		_ = os.RemoveAll(bigMade.dir)
	}
	os.Exit(code)
}

// percentiles reports what calls took, in milliseconds.
func percentiles(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(took[len(took)*p/100].Seconds()*1000, fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(0, "ns/op")
}

// typed are texts as people type them, whole: words of the customers, alone and
// two together, and field words.
func typed(r *rand.Rand, some []customer.Customer) (words, fields []string) {
	word := func(text string) string {
		all := strings.Fields(text)
		return all[r.IntN(len(all))]
	}
	for range 200 {
		c := some[r.IntN(len(some))]
		d := some[r.IntN(len(some))]
		words = append(words, word(c.FirstName), word(c.LastName), word(c.Company), c.City, c.Username, query.Fold(c.LastName),
			word(c.FirstName)+" "+word(c.LastName), word(c.Company)+" "+word(c.City), word(d.LastName)+" "+word(d.City))
		if c.Phone != "" {
			words = append(words, word(c.Phone))
		}
		fields = append(fields, "status:locked company:"+word(c.Company), "created:"+c.CreatedAt.Time().Format("2006-01")+" "+word(c.LastName),
			"-status:activated city:"+word(c.City)+" "+word(d.FirstName), "country:"+c.Country+` name:"`+c.Name()+`"`)
		if len(c.Tags) > 0 {
			fields = append(fields, "tag:"+word(c.Tags[0])+" "+word(c.Company))
		}
	}
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	return words, fields
}

// BenchmarkSearch types texts, one key after the other, and measures each
// answer: the first page, the totals, the counts and what to highlight.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := big(b, n)
			words, fields := typed(rand.New(rand.NewPCG(1, 1)), people.Slice(20, 20_000))
			for name, texts := range map[string][]string{"words": words, "field words": fields} {
				b.Run(name, func(b *testing.B) {
					var took []time.Duration
					for i := 0; b.Loop(); i++ {
						runes := []rune(texts[i%len(texts)])
						for end := range runes {
							took = append(took, ask(b, r, customer.Query{Text: string(runes[:end+1]), Limit: 100}))
						}
					}
					percentiles(b, took)
				})
			}
		})
	}
}

func ask(b *testing.B, r *replica.Replica, q customer.Query) time.Duration {
	b.Helper()
	began := time.Now()
	_, err := r.List(context.Background(), q)
	took := time.Since(began)
	if err != nil && customer.CodeOf(err) != customer.Invalid { // half a word behind a colon may be
		b.Fatal(err)
	}
	return took
}

// BenchmarkPage jumps to places of the list, sorted by any column.
func BenchmarkPage(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		for _, where := range []string{"first", "deep"} {
			b.Run(fmt.Sprint(n, "/", where), func(b *testing.B) {
				r := big(b, n)
				sorts := []customer.SortField{
					customer.SortName, customer.SortUsername, customer.SortCompany, customer.SortCity, customer.SortCountry,
					customer.SortStatus, customer.SortCreated, customer.SortActivated, customer.SortLastLogin,
				}
				random := rand.New(rand.NewPCG(2, 2))
				var took []time.Duration
				for b.Loop() {
					q := customer.Query{Sort: sorts[random.IntN(len(sorts))], Descending: random.IntN(2) == 0, Limit: 100}
					if where == "deep" {
						q.Offset = random.IntN(n)
					}
					took = append(took, ask(b, r, q))
				}
				percentiles(b, took)
			})
		}
	}
}

// BenchmarkSearchBySQL is the yardstick: the same words, whole, looked for by
// SQLite in the same table.
func BenchmarkSearchBySQL(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path, err := bigFiles(n)
			if err != nil {
				b.Fatal(err)
			}
			db, err := sql.Open("sqlite", path)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = db.Close() })
			words, _ := typed(rand.New(rand.NewPCG(1, 1)), people.Slice(20, 20_000))
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				began := time.Now()
				bySQL(b, db, strings.Fields(words[i%len(words)]))
				took = append(took, time.Since(began))
			}
			percentiles(b, took)
		})
	}
}

// BenchmarkPageBySQL is the yardstick: a page by SQLite's own index.
func BenchmarkPageBySQL(b *testing.B) {
	for _, where := range []string{"first", "deep"} {
		b.Run("1000000/"+where, func(b *testing.B) {
			const n = 1_000_000
			r := big(b, n)
			random := rand.New(rand.NewPCG(2, 2))
			var took []time.Duration
			for b.Loop() {
				q := customer.Query{Descending: random.IntN(2) == 0, Limit: 100}
				if where == "deep" {
					q.Offset = random.IntN(n)
				}
				began := time.Now()
				if _, _, err := r.ListEarly(context.Background(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			percentiles(b, took)
		})
	}
}

// bySQL finds the total and the first page of what holds all words.
func bySQL(b *testing.B, db *sql.DB, words []string) {
	b.Helper()
	where, args := "true", []any{}
	for _, w := range words {
		where += " AND instr(name_key || x'1f' || username_key || x'1f' || company_key || x'1f' || search, ?) > 0"
		args = append(args, query.Fold(w))
	}
	var total int
	if err := db.QueryRowContext(b.Context(), "SELECT count(*) FROM entry NOT INDEXED WHERE "+where, args...).Scan(&total); err != nil {
		b.Fatal(err)
	}
	rows, err := db.QueryContext(b.Context(), "SELECT seq FROM entry NOT INDEXED WHERE "+where+" ORDER BY name_key, id LIMIT 100", args...)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() { // only their number is of interest
		total--
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkIndexLoad measures from opening a replica to the first answer of a
// search, and what the index holds of memory then.
func BenchmarkIndexLoad(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path, err := bigFiles(n)
			if err != nil {
				b.Fatal(err)
			}
			var took []time.Duration
			var held float64
			for b.Loop() {
				before := heap()
				began := time.Now()
				r := openQuickAt(b, path)
				ask(b, r, customer.Query{Text: "x", Limit: 1})
				took = append(took, time.Since(began))
				held = float64(heap()-before) / 1e6
				if err := r.Close(); err != nil {
					b.Fatal(err)
				}
			}
			percentiles(b, took)
			b.ReportMetric(held, "heap-MB")
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

const many = 100_000

// full is a replica of many customers, to be changed.
func full(b *testing.B) *replica.Replica {
	b.Helper()
	r := open(b)
	for page := range slices.Chunk(crowd(many, 11), 1000) {
		absorb(b, r, "x", page...)
	}
	return r
}

func BenchmarkEnqueue(b *testing.B) {
	r := full(b)
	absorb(b, r, "x", ann(many+1))
	for i := 0; b.Loop(); i++ {
		enqueue(b, r, update("", customer.Fields{}, customer.Fields{City: p(fmt.Sprint(i))}))
	}
}

func BenchmarkAbsorb(b *testing.B) {
	all := people.Slice(20, many)
	for b.Loop() {
		r := open(b)
		for page := range slices.Chunk(all, 1000) {
			if err := r.Absorb(context.Background(), page, "x"); err != nil {
				b.Fatal(err)
			}
		}
	}
}
