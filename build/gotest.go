package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// raceElsewhere leaves SQLite, which is C turned into Go, out of the race
// detector: that finds nothing of ours there and makes it ten times slower. No
// more than that package: one that brings generic code of the standard library
// along, sync.Map's for one, can bring it into the whole program without the
// detector, which then sees races where there are none.
const raceElsewhere = "-gcflags=modernc.org/sqlite/lib=-race=false"

// goTests runs the tests of every Go package with the race detector.
func goTests(ctx context.Context, p *project) (tally, string, error) {
	return testPackages(ctx, p, []string{"CGO_ENABLED=1"}, "-race", raceElsewhere, "-tags", goTags(), "./...")
}

// testPackages runs `go test` with these words, and counts.
func testPackages(ctx context.Context, p *project, env []string, args ...string) (tally, string, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-timeout", "10m"}, args...)...)
	cmd.Dir = p.root
	cmd.Env = append(os.Environ(), env...)
	inOwnGroup(cmd)
	cmd.Cancel = func() error { return terminateGroup(cmd.Process) }
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	err := cmd.Run()
	results := readGoTests(out.Bytes())
	return results.tally(), results.failures() + stderr.String(), err
}

// A goEvent is a line of `go test -json`.
type goEvent struct{ Action, Package, ImportPath, Test, Output string }

// goResults holds how each test ended, by package and name ("" the package
// itself), and what it printed.
type goResults struct {
	ended  map[[2]string]string
	logs   map[[2]string]*strings.Builder
	builds strings.Builder // what the compiler said
}

func readGoTests(stream []byte) *goResults {
	r := &goResults{ended: map[[2]string]string{}, logs: map[[2]string]*strings.Builder{}}
	for line := range bytes.Lines(stream) {
		var e goEvent
		if json.Unmarshal(line, &e) != nil {
			r.builds.Write(line) // not an event: something the go command said
			continue
		}
		at := [2]string{e.Package, e.Test}
		switch e.Action {
		case "build-output":
			r.builds.WriteString(e.Output)
		case "output":
			if r.logs[at] == nil {
				r.logs[at] = &strings.Builder{}
			}
			r.logs[at].WriteString(e.Output)
		case "pass", "fail", "skip":
			r.ended[at] = e.Action
		}
	}
	return r
}

// tally counts the tests that have no subtests. A test or package that failed
// without one of those failing (a panic, a build that broke) counts as well.
func (r *goResults) tally() tally {
	var t tally
	for at, how := range r.ended {
		switch {
		case how == "fail" && !r.below(at, "fail"):
			t.failed++
		case at[1] == "" || r.below(at, ""):
		case how == "pass":
			t.passed++
		case how == "skip":
			t.skipped++
		}
	}
	return t
}

// below tells whether a package has a test, or a test a subtest, that ended so
// ("" is any way).
func (r *goResults) below(at [2]string, how string) bool {
	prefix := at[1]
	if prefix != "" {
		prefix += "/"
	}
	for other, ended := range r.ended {
		if other[0] == at[0] && other != at && strings.HasPrefix(other[1], prefix) && (how == "" || ended == how) {
			return true
		}
	}
	return false
}

// failures is what the failed tests and packages printed.
func (r *goResults) failures() string {
	var at [][2]string
	for test, how := range r.ended {
		if how == "fail" && r.logs[test] != nil {
			at = append(at, test)
		}
	}
	slices.SortFunc(at, func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
	text := r.builds.String()
	for _, test := range at {
		text += test[0] + " " + test[1] + "\n" + r.logs[test].String()
	}
	return text
}
