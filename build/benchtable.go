package main

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

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

// A budget is the most that a figure of a benchmark may be. Its yardstick is the
// same figure of another benchmark, or another figure of the same one.
type budget struct {
	benchmark, unit string
	most            float64
	yardstick       string
}

// judge is a budget's line of the table; ok is false when nothing measured it.
func (b budget) judge(rows []benchmark) (line string, ok bool) {
	figure := func(name, unit string) (float64, bool) {
		for _, r := range rows {
			if v, err := strconv.ParseFloat(r.figures[unit], 64); err == nil && r.name == name {
				return v, true
			}
		}
		return 0, false
	}
	measured, ok := figure(b.benchmark, b.unit)
	result, yardstick := "met", "-"
	if measured > b.most {
		result = "missed"
	}
	if v, ok := figure(b.yardstick, b.unit); ok {
		yardstick = fmt.Sprintf("%.4g (%s)", v, b.yardstick)
	} else if v, ok := figure(b.benchmark, b.yardstick); ok {
		yardstick = fmt.Sprintf("%.4g %s", v, b.yardstick)
	}
	return fmt.Sprintf("%s\t%s\t%.4g\t%.4g\t%s\t%s", b.benchmark, b.unit, measured, b.most, result, yardstick), ok
}

// printBudgets prints the budgets that were measured; with all, the others too.
func printBudgets(out io.Writer, budgets []budget, rows []benchmark, all bool) error {
	var lines []string
	for _, b := range budgets {
		line, ok := b.judge(rows)
		switch {
		case ok:
			lines = append(lines, line)
		case all:
			lines = append(lines, fmt.Sprintf("%s\t%s\t-\t%.4g\tnot measured\t-", b.benchmark, b.unit, b.most))
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
