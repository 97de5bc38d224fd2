package main

import (
	"reflect"
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
