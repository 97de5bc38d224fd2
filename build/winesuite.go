package main

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// windowsPackages are those that do something else on Windows, as far as their
// tests are quick.
var windowsPackages = []string{
	"./backend/browser", "./backend/credentials", "./backend/link", "./backend/logfile", "./backend/sqlitedb",
	"./backend/update", "./backend/window",
}

// windowsTest tests what Partner Desk is on Windows: packages as Windows programs,
// then the program and its installer, built and signed as for a release.
func windowsTest(ctx context.Context, p *project) (t tally, log string, err error) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return tally{skipped: 1}, "", nil // wine runs programs for its own processor
	}
	w, err := newWine(p)
	if err != nil {
		return tally{}, "", err
	}
	defer w.close()
	b, err := newWineBuild(ctx, p, w.dir)
	if err != nil {
		return tally{}, "", err
	}
	err = atOnce(func() error { return w.start(ctx) }, func() error { return b.buildPrograms(ctx) })
	if err != nil {
		return tally{}, "", err
	}
	run := func(env []string, args ...string) error {
		some, said, err := testPackages(ctx, p, env, append([]string{"-count=1"}, args...)...)
		t, log = t.plus(some), log+said
		return err
	}
	windows := []string{"GOOS=windows", "CGO_ENABLED=0"}
	err = atOnce(
		func() error { return b.buildInstallers(ctx) },
		func() error {
			return errors.Join(
				run(windows, append([]string{"-exec", w.words()}, windowsPackages...)...),
				run(windows, "-exec", w.words(), "-run", "^TestOneProgramAtATime$", "./backend/workspace"),
			)
		},
	)
	if err != nil {
		return t, log, err
	}
	err = run([]string{
		"PARTNER_DESK_WINE_DIR=" + w.dir, "PARTNER_DESK_WINE=" + w.words(), "PARTNER_DESK_VERSION=" + b.version,
	}, "./build/winetest")
	return t, log, err
}

// atOnce runs functions side by side and returns when all have ended.
func atOnce(all ...func() error) error {
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	for i, f := range all {
		wait.Go(func() { errs[i] = f() })
	}
	wait.Wait()
	return errors.Join(errs...)
}
