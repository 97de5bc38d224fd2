package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"sync"
	"time"
)

// A tally counts the tests of a suite.
type tally struct{ passed, failed, skipped int }

func (t tally) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
}

func (t tally) plus(o tally) tally {
	return tally{t.passed + o.passed, t.failed + o.failed, t.skipped + o.skipped}
}

// A suite runs some tests. Its log is shown when a test failed. An error says
// that the suite itself could not run to its end.
type suite struct {
	name string
	run  func(ctx context.Context, p *project) (t tally, log string, err error)
}

// runTests runs every suite, also after one has failed, and closes with the sum.
func runTests(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	only := flags.String("only", "", "run only the suites with this in their name")
	if err := flags.Parse(args); err != nil {
		return &exitError{2}
	}
	began := time.Now()
	if err := setUp(ctx, p, forTests); err != nil {
		return err
	}
	r := &report{only: *only}
	r.lanes(ctx, p,
		[]suite{{"Go tests (race detector on)", goTests}},
		append([]suite{{"front-end tests", unitTests}}, checks()...),
	)
	r.lanes(ctx, p, []suite{
		{"end to end in Chromium", endToEnd}, {"the real window", windowTest},
		{"packages for Linux", packagesTest}, {"Windows under wine", windowsTest},
	})
	fmt.Printf("\nAll suites took %s.\n", time.Since(began).Round(time.Second))
	return r.close(ctx)
}

// runCheck runs what needs no test: format, lint and types.
func runCheck(ctx context.Context, p *project, _ []string) error {
	if err := setUp(ctx, p, runDisplay); err != nil {
		return err
	}
	r := &report{}
	r.lanes(ctx, p, checks())
	return r.close(ctx)
}

// A report gathers what the suites say; they may run side by side.
type report struct {
	only string // what the names of the suites to run have in them
	mu   sync.Mutex
	sum  tally
}

// lanes runs each list of suites in its order, the lists side by side.
func (r *report) lanes(ctx context.Context, p *project, lists ...[]suite) {
	var lanes sync.WaitGroup
	for _, list := range lists {
		lanes.Go(func() {
			for _, s := range list {
				if ctx.Err() != nil {
					return
				}
				if !strings.Contains(s.name, r.only) {
					continue
				}
				say("running %s", s.name)
				began := time.Now()
				t, log, err := s.run(ctx, p)
				r.add(s.name, t, log, err, time.Since(began))
			}
		})
	}
	lanes.Wait()
}

func (r *report) add(name string, t tally, log string, err error, took time.Duration) {
	if err != nil && t.failed == 0 {
		t.failed = 1 // a suite that broke off has failed
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum = r.sum.plus(t)
	if t.failed > 0 {
		fmt.Printf("\n──── %s: failures ────\n%s\n", name, log)
		if err != nil {
			fmt.Println(err)
		}
		fmt.Printf("──── end of %s ────\n\n", name)
	}
	fmt.Printf("%s: %s (%s)\n", name, t, took.Round(100*time.Millisecond))
}

// close prints the sum as the last line and fails when a test did.
func (r *report) close(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	fmt.Println(r.sum)
	if r.sum == (tally{}) {
		return fmt.Errorf("there is no suite with %q in its name", r.only)
	}
	if r.sum.failed > 0 {
		return &exitError{1}
	}
	return nil
}
