package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestReadBenchmarks(t *testing.T) {
	t.Parallel()
	got := readBenchmarks("goos: linux\n" +
		"BenchmarkSignIn/backoffice-2 \t     121\t 0 ns/op\t 30.5 calls/s\t 210.1 p50-ms\t 390 p99-ms\n" +
		"BenchmarkLiveUpdate-2 \t 9\t 12 calls/s\n" +
		"PASS\n")
	want := []benchmark{
		{"SignIn/backoffice", map[string]string{"ns/op": "0", "calls/s": "30.5", "p50-ms": "210.1", "p99-ms": "390"}},
		{"LiveUpdate", map[string]string{"calls/s": "12"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v", got)
	}
}

func TestBudgetsAreJudged(t *testing.T) {
	t.Parallel()
	rows := readBenchmarks("BenchmarkSearch/100000/words-2 \t 9\t 2.5 p95-ms\nBenchmarkSearchBySQL/100000-2 \t 9\t 280 p95-ms\n" +
		"BenchmarkPage/1000000/deep-2 \t 9\t 3.01 p95-ms\n")
	var out strings.Builder
	if err := printBudgets(&out, budgets(), rows, false); err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for line := range strings.Lines(out.String()) {
		if words := strings.Fields(line); len(words) > 0 {
			got = append(got, words)
		}
	}
	want := [][]string{
		{"what", "figure", "measured", "budget", "yardstick"},
		{"Search/100000/words", "p95-ms", "2.5", "3", "met", "280", "(SearchBySQL/100000)"},
		{"Page/1000000/deep", "p95-ms", "3.01", "3", "missed", "-"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("printed\n%s", out.String())
	}
}

func TestABudgetThatNothingMeasuredIsNamed(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := printBudgets(&out, budgets(), nil, true); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "not measured"); n != len(budgets()) {
		t.Errorf("printed\n%s", out.String())
	}
}
