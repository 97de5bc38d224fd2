package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
)

// unitTests runs the front end's own tests.
func unitTests(ctx context.Context, p *project) (tally, string, error) {
	return vitest(ctx, p, "unit", nil)
}

// endToEnd drives a dev build in Chromium, real bindings behind it.
func endToEnd(ctx context.Context, p *project) (tally, string, error) {
	if runtime.GOOS != "linux" {
		return tally{skipped: 1}, "", nil // virtual displays are Linux's
	}
	program, err := buildDevDesk(ctx, p)
	if err != nil {
		return tally{}, "", err
	}
	office, err := buildBackOffice(ctx, p)
	if err != nil {
		return tally{}, "", err
	}
	env, err := sessionEnv(program)
	if err != nil {
		return tally{}, "", err
	}
	env = append(env, "PARTNER_DESK_BACKOFFICE="+office)
	return vitest(ctx, p, "e2e", env, "--config", "e2e/vitest.config.ts")
}

// windowTest drives the production build in a real window by its accessible names.
func windowTest(ctx context.Context, p *project) (tally, string, error) {
	if runtime.GOOS != "linux" {
		return tally{skipped: 1}, "", nil // so is AT-SPI
	}
	program, err := buildDesk(ctx, p)
	if err != nil {
		return tally{}, "", err
	}
	env, err := sessionEnv(program)
	if err != nil {
		return tally{}, "", err
	}
	dev, err := buildDevDesk(ctx, p)
	if err != nil {
		return tally{}, "", err
	}
	env = append(env, "PARTNER_DESK_DEV_PROGRAM="+dev)
	var log bytes.Buffer
	script := p.path("build", "window_test", "window_test.py")
	err = task{dir: p.root, env: env, args: []string{"/usr/bin/python3", "-B", script}, out: &log}.do(ctx)
	return lastTally(log.String()), log.String(), err
}

// sessionEnv tells a harness which app to start and how to start a session for it.
func sessionEnv(program string) ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return []string{"PARTNER_DESK_PROGRAM=" + program, "PARTNER_DESK_SESSION=" + self}, nil
}

// vitest runs vitest and reads its counts.
func vitest(ctx context.Context, p *project, name string, env []string, args ...string) (tally, string, error) {
	results := p.bin("results", name+".json")
	if err := os.RemoveAll(results); err != nil {
		return tally{}, "", err
	}
	var log bytes.Buffer
	words := append([]string{"vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=" + results}, args...)
	err := task{dir: p.frontend(), env: env, args: npx(words...), out: &log}.do(ctx)
	t, readErr := readVitest(results)
	if err == nil {
		err = readErr
	}
	return t, log.String(), err
}

func readVitest(path string) (tally, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tally{}, fmt.Errorf("read the test results: %w", err)
	}
	var r struct{ NumPassedTests, NumFailedTests, NumPendingTests, NumTodoTests int }
	if err := json.Unmarshal(text, &r); err != nil {
		return tally{}, fmt.Errorf("read the test results: %w", err)
	}
	return tally{r.NumPassedTests, r.NumFailedTests, r.NumPendingTests + r.NumTodoTests}, nil
}

// lastTally reads the closing line of a test that prints one.
func lastTally(log string) tally {
	lines := regexp.MustCompile(`(?m)^(\d+) passed, (\d+) failed`).FindAllStringSubmatch(log, -1)
	if len(lines) == 0 {
		return tally{}
	}
	last := lines[len(lines)-1]
	passed, _ := strconv.Atoi(last[1]) // digits by the expression
	failed, _ := strconv.Atoi(last[2])
	return tally{passed: passed, failed: failed}
}
