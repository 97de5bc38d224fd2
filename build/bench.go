package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

// benchPackages are what is measured.
func benchPackages() []string { return []string{"./backend/replica", "./backend/load"} }

// budgets are the goals of the design, by benchmark and figure; add yours here.
// The yardstick is a benchmark of the same run that tells what else it takes.
func budgets() []budget {
	return []budget{
		{"Search/100000/words", "p95-ms", 3, "SearchBySQL/100000"},
		{"Search/100000/field_words", "p95-ms", 3, "SearchBySQL/100000"},
		{"Search/1000000/words", "p95-ms", 15, "SearchBySQL/1000000"},
		{"Search/1000000/field_words", "p95-ms", 15, "SearchBySQL/1000000"},
		{"Page/1000000/first", "p95-ms", 3, "PageBySQL/1000000/first"},
		{"Page/1000000/deep", "p95-ms", 3, "PageBySQL/1000000/deep"},
		{"IndexLoad/100000", "heap-MB", 40, ""},
	}
}

// runBench measures what a Back Office bears and how fast the list is. A further
// word chooses the benchmarks by a regular expression.
func runBench(ctx context.Context, p *project, args []string) error {
	which := "."
	if len(args) > 0 {
		which = args[0]
	}
	say("running benchmarks; other work on this machine spoils the figures")
	var log bytes.Buffer
	err := task{dir: p.root, out: &log, args: append([]string{
		"go", "test", "-run", "^$", "-bench", which, "-benchtime", "3s", "-timeout", "60m",
	}, benchPackages()...)}.do(ctx)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, log.String())
	}
	rows := readBenchmarks(log.String())
	if len(rows) == 0 {
		return errors.New("no benchmark has this name")
	}
	return errors.Join(printBenchmarks(os.Stdout, rows), printBudgets(os.Stdout, budgets(), rows))
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

func printBenchmarks(out io.Writer, rows []benchmark) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(w, "what\tcalls/s\tp50 ms\tp95 ms\tp99 ms\theap MB") // errors come up in Flush
	for _, r := range rows {
		_, _ = fmt.Fprint(w, r.name)
		for _, unit := range []string{"calls/s", "p50-ms", "p95-ms", "p99-ms", "heap-MB"} {
			_, _ = fmt.Fprint(w, "\t", cmp.Or(r.figures[unit], "-"))
		}
		_, _ = fmt.Fprintln(w)
	}
	return w.Flush()
}

// A budget is the most that a figure may be.
type budget struct {
	benchmark, unit string
	most            float64
	yardstick       string
}

// judge is a budget's line of the table; ok is false when nothing measured it.
func (b budget) judge(rows []benchmark) (line string, ok bool) {
	figure := func(name string) (float64, bool) {
		for _, r := range rows {
			if v, err := strconv.ParseFloat(r.figures[b.unit], 64); err == nil && r.name == name {
				return v, true
			}
		}
		return 0, false
	}
	measured, ok := figure(b.benchmark)
	result, yardstick := "met", "-"
	if measured > b.most {
		result = "missed"
	}
	if v, ok := figure(b.yardstick); ok {
		yardstick = fmt.Sprintf("%.4g (%s)", v, b.yardstick)
	}
	return fmt.Sprintf("%s\t%s\t%.4g\t%.4g\t%s\t%s", b.benchmark, b.unit, measured, b.most, result, yardstick), ok
}

func printBudgets(out io.Writer, all []budget, rows []benchmark) error {
	var lines []string
	for _, b := range all {
		if line, ok := b.judge(rows); ok {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(w, "\nwhat\tfigure\tmeasured\tbudget\t\tyardstick")
	_, _ = fmt.Fprintln(w, strings.Join(lines, "\n"))
	return w.Flush()
}
