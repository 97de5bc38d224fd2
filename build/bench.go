package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
)

// budgets are the goals of the design, by benchmark and figure; add yours here.
func budgets() []budget {
	return []budget{
		{"KeyToPaint/100000", "p95-ms", 16, ""},
		{"KeyToPaint/1000000", "p95-ms", 33, ""},
		{"Search/100000/words", "p95-ms", 3, "SearchBySQL/100000"},
		{"Search/100000/field_words", "p95-ms", 3, "SearchBySQL/100000"},
		{"Search/1000000/words", "p95-ms", 15, "SearchBySQL/1000000"},
		{"Search/1000000/field_words", "p95-ms", 15, "SearchBySQL/1000000"},
		{"Page/1000000/first", "p95-ms", 3, "PageBySQL/1000000/first"},
		{"Page/1000000/deep", "p95-ms", 3, "PageBySQL/1000000/deep"},
		{"IndexLoad/100000", "heap-MB", 40, ""},
		{"Launch/100000", "x", 1.25, "empty-ms"},
		{"Memory/100000", "x", 1.3, "empty-MB"},
		{"Import/100000", "x", 2, "yardstick-s"},
		{"FirstSync", "x", 2, "yardstick-s"},
		{"SaveToPaint/100000", "p95-ms", 16, ""},
		{"LogInAs", "p95-ms", 30, "opener-p95-ms"},
		{"Program", "MB", 30, ""},
	}
}

// A measurement is a part of `go run ./build bench`, which prints what it
// measured as `go test -bench` does.
type measurement struct {
	names []string // of its benchmarks; none: it chooses among its own
	run   func(ctx context.Context, p *project, which string, log *bytes.Buffer) error
}

func measurements() []measurement {
	all := []measurement{{nil, benchGo}}
	if runtime.GOOS == "linux" { // a display, a bus and a keyring of its own
		all = append(all,
			measurement{[]string{"KeyToPaint", "SaveToPaint", "LogInAs"}, benchPage},
			measurement{[]string{"Launch", "Memory"}, benchWindow},
			measurement{[]string{"Program"}, benchProgram})
	}
	return all
}

// runBench measures what the design has budgets for, and what a Back Office
// bears. A further word chooses the benchmarks by a regular expression.
func runBench(ctx context.Context, p *project, args []string) error {
	const all = "."
	which := all
	if len(args) > 0 {
		which = args[0]
	}
	chosen, err := regexp.Compile(which)
	if err != nil {
		return fmt.Errorf("choose benchmarks: %w", err)
	}
	say("running benchmarks; other work on this machine spoils the figures")
	var log bytes.Buffer
	var failed []error
	for _, m := range measurements() {
		wanted := m.names == nil
		for _, name := range m.names {
			wanted = wanted || chosen.MatchString(name)
		}
		if !wanted {
			continue
		}
		if err := m.run(ctx, p, which, &log); err != nil {
			failed = append(failed, fmt.Errorf("%w\n%s", err, log.String()))
		}
	}
	rows := readBenchmarks(log.String())
	if len(rows) == 0 {
		failed = append(failed, errors.New("no benchmark has this name"))
	}
	failed = append(failed, printBenchmarks(os.Stdout, rows), printBudgets(os.Stdout, budgets(), rows, which == all))
	return errors.Join(failed...)
}

// benchGo runs Go's benchmarks.
func benchGo(ctx context.Context, p *project, which string, log *bytes.Buffer) error {
	return task{dir: p.root, out: log, args: []string{
		"go", "test", "-run", "^$", "-bench", which, "-benchtime", "3s", "-timeout", "60m", "./backend/replica", "./backend/importing", "./backend/load",
	}}.do(ctx)
}

// benchPage measures in Chromium what is on screen.
func benchPage(ctx context.Context, p *project, _ string, log *bytes.Buffer) error {
	if err := setUp(ctx, p, forTests); err != nil {
		return err
	}
	dev, err := buildDevDesk(ctx, p)
	if err != nil {
		return err
	}
	env, err := sessionEnv(dev)
	if err != nil {
		return err
	}
	fill, err := buildFor(ctx, p, "fill", "./backend/load/fill")
	if err != nil {
		return err
	}
	return task{dir: p.frontend(), env: append(env, "PARTNER_DESK_FILL="+fill, "NO_COLOR=1"), out: log,
		args: npx("vitest", "run", "--silent=false", "--reporter=verbose", "--config", "e2e/bench/config.ts")}.do(ctx)
}

// benchWindow measures the start and the memory of the app as it ships, beside
// an empty Wails window.
func benchWindow(ctx context.Context, p *project, _ string, log *bytes.Buffer) error {
	if err := setUp(ctx, p, forTests); err != nil {
		return err
	}
	program, err := buildDesk(ctx, p)
	if err != nil {
		return err
	}
	env, err := sessionEnv(program)
	if err != nil {
		return err
	}
	fill, err := buildFor(ctx, p, "fill", "./backend/load/fill")
	if err != nil {
		return err
	}
	empty, err := buildFor(ctx, p, "emptywindow", "./build/emptywindow", "-tags", goTags("desktop", "production"), "-ldflags", "-s -w")
	if err != nil {
		return err
	}
	script := p.path("build", "window_test", "bench.py")
	return task{dir: p.root, env: append(env, "PARTNER_DESK_FILL="+fill, "PARTNER_DESK_EMPTY="+empty), out: log,
		args: []string{"/usr/bin/python3", "-B", script}}.do(ctx)
}

// benchProgram is the size of the app as it ships.
func benchProgram(ctx context.Context, p *project, _ string, log *bytes.Buffer) error {
	if err := setUp(ctx, p, forTests); err != nil {
		return err
	}
	program, err := buildDesk(ctx, p)
	if err != nil {
		return err
	}
	info, err := os.Stat(program)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "BenchmarkProgram 1 %.2f MB\n", float64(info.Size())/(1<<20))
	return nil
}

func buildFor(ctx context.Context, p *project, name, pkg string, flags ...string) (string, error) {
	program := filepath.Join(p.bin("bench"), name)
	args := append([]string{"go", "build", "-trimpath", "-buildvcs=false"}, flags...)
	return program, task{dir: p.root, args: append(args, "-o", program, pkg)}.do(ctx)
}
