package main

import (
	"strings"
	"testing"
)

func TestReadGoTests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, stream string
		want         tally
		shown        string
	}{
		{"leaves only", `
{"Action":"pass","Package":"a","Test":"TestX/one"}
{"Action":"skip","Package":"a","Test":"TestX/two"}
{"Action":"pass","Package":"a","Test":"TestX"}
{"Action":"pass","Package":"a","Test":"TestXY"}
{"Action":"pass","Package":"a"}`, tally{2, 0, 1}, ""},
		{"a failing subtest counts once", `
{"Action":"output","Package":"a","Test":"TestX/one","Output":"broken\n"}
{"Action":"fail","Package":"a","Test":"TestX/one"}
{"Action":"fail","Package":"a","Test":"TestX"}
{"Action":"fail","Package":"a"}`, tally{0, 1, 0}, "broken"},
		{"a failing parent counts beside its passing subtests", `
{"Action":"pass","Package":"a","Test":"TestX/one"}
{"Action":"fail","Package":"a","Test":"TestX"}
{"Action":"fail","Package":"a"}`, tally{1, 1, 0}, ""},
		{"a build that breaks", `
{"ImportPath":"a","Action":"build-output","Output":"undefined: y\n"}
{"ImportPath":"a","Action":"build-fail"}
{"Action":"fail","Package":"a","FailedBuild":"a"}`, tally{0, 1, 0}, "undefined: y"},
		{"a package without tests", `{"Action":"skip","Package":"a"}`, tally{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := readGoTests([]byte(c.stream))
			if got := r.tally(); got != c.want {
				t.Errorf("tally %v, want %v", got, c.want)
			}
			if !strings.Contains(r.failures(), c.shown) {
				t.Errorf("failures %q, want %q in them", r.failures(), c.shown)
			}
		})
	}
}
