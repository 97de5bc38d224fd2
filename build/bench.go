package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"text/tabwriter"
)

// runBench measures what a Back Office bears. A further word chooses the
// benchmarks by a regular expression.
func runBench(ctx context.Context, p *project, args []string) error {
	which := "."
	if len(args) > 0 {
		which = args[0]
	}
	say("running benchmarks; other work on this machine spoils the figures")
	var log bytes.Buffer
	err := task{dir: p.root, out: &log, args: []string{
		"go", "test", "-run", "^$", "-bench", which, "-benchtime", "3s", "-timeout", "30m", "./backend/load",
	}}.do(ctx)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, log.String())
	}
	rows := readBenchmarks(log.String())
	if len(rows) == 0 {
		return errors.New("no benchmark has this name")
	}
	return printBenchmarks(rows)
}

// A benchmark is what one benchmark measured, by unit.
type benchmark struct {
	name    string
	figures map[string]string
}

var benchmarkLine = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.+)$`)

// readBenchmarks reads the lines of `go test -bench`.
func readBenchmarks(log string) (all []benchmark) {
	for line := range strings.Lines(log) {
		m := benchmarkLine.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		b := benchmark{name: m[1], figures: map[string]string{}}
		for words := strings.Fields(m[2]); len(words) >= 2; words = words[2:] {
			b.figures[words[1]] = words[0]
		}
		all = append(all, b)
	}
	return all
}

func printBenchmarks(rows []benchmark) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(w, "what\tcalls/s\tp50 ms\tp99 ms") // errors come up in Flush
	for _, r := range rows {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.name, cmp.Or(r.figures["calls/s"], "-"),
			cmp.Or(r.figures["p50-ms"], "-"), cmp.Or(r.figures["p99-ms"], "-"))
	}
	return w.Flush()
}
