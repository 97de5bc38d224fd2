package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// soakLanes is how many processes run histories side by side: a history keeps
// about one processor busy.
const soakLanes = 2

// runSoak runs random histories of desks and a Back Office. The last line says
// what they covered, or how to see a failure again.
func runSoak(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	n := flags.Int("n", 1000, "how many histories")
	seed := flags.Uint64("seed", 0, "where to begin; 0: anywhere")
	if err := flags.Parse(args); err != nil {
		return &exitError{2}
	}
	if *n < 1 {
		return fmt.Errorf("%d histories are none", *n)
	}
	if *seed == 0 {
		*seed = rand.Uint64()>>1 + 1
	}
	program := p.binary("soak.test")
	build := task{dir: p.root, args: []string{"go", "test", "-c", "-o", program, "./backend/soak"}}
	if err := build.do(ctx); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "partner-desk-soak")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("%d histories from seed %d", *n, *seed)
	return newSoak(p, program, dir, *n, *seed).run(ctx)
}

// A soak is a run of histories in some processes side by side.
type soak struct {
	p       *project
	program string
	began   time.Time
	total   int
	lanes   []soakLane
}

// A soakLane is one of the processes.
type soakLane struct {
	n        int
	seed     uint64
	coverage string // the file that it writes its coverage to
	out      bytes.Buffer
	err      error
}

func newSoak(p *project, program, dir string, n int, seed uint64) *soak {
	s := &soak{p: p, program: program, began: time.Now(), total: n}
	s.lanes = make([]soakLane, min(soakLanes, n))
	for i := range s.lanes {
		l := &s.lanes[i]
		l.n, l.seed = n/len(s.lanes), seed+uint64(i)<<48 // rapid counts up from a seed
		l.coverage = filepath.Join(dir, strconv.Itoa(i)+".json")
	}
	s.lanes[0].n += n % len(s.lanes)
	return s
}

func (s *soak) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	for i := range s.lanes {
		all.Go(func() {
			l := &s.lanes[i]
			if l.err = s.lane(ctx, l); l.err != nil {
				stop() // one failure is enough to look at
			}
		})
	}
	go s.progress(ctx)
	all.Wait()
	for i := range s.lanes {
		l := &s.lanes[i]
		if found := failingSeed.FindSubmatch(l.out.Bytes()); found != nil {
			fmt.Printf("\n%s\nfailed after %s; again with: go run ./build soak -n 1 -seed %s\n", l.out.String(), coverageOf(s.lanes), found[1])
			return &exitError{1}
		}
	}
	for i := range s.lanes {
		if l := &s.lanes[i]; l.err != nil {
			return fmt.Errorf("%w\n%s", l.err, l.out.String())
		}
	}
	fmt.Printf("%s in %s\n", coverageOf(s.lanes), time.Since(s.began).Round(time.Second))
	return nil
}

var failingSeed = regexp.MustCompile(`-rapid\.seed=(\d+)`)

func (s *soak) lane(ctx context.Context, l *soakLane) error {
	env := []string{"PARTNER_DESK_SOAK_COVERAGE=" + l.coverage}
	if memory := "/dev/shm"; runtime.GOOS == "linux" && exists(memory) {
		env = append(env, "TMPDIR="+memory) // kills lose nothing that a disk would keep
	}
	return task{dir: s.p.path("backend", "soak"), env: env, out: &l.out, args: []string{
		s.program, "-test.run=^TestHistories$", "-test.timeout=0", "-rapid.checks=" + strconv.Itoa(l.n),
		"-rapid.seed=" + strconv.FormatUint(l.seed, 10), "-rapid.shrinktime=2m",
	}}.do(ctx)
}

// progress tells every minute how far it is.
func (s *soak) progress(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if c := coverageOf(s.lanes); len(c) > 0 {
				say("%d of %d histories after %s", c[0].N, s.total, time.Since(s.began).Round(time.Second))
			}
		}
	}
}

// soakCoverage is what histories covered, in figures.
type soakCoverage []struct {
	What string `json:"what"`
	N    int    `json:"n"`
}

// coverageOf adds up what the lanes have written so far.
func coverageOf(lanes []soakLane) (sum soakCoverage) {
	for i := range lanes {
		text, err := os.ReadFile(lanes[i].coverage)
		var one soakCoverage
		if err != nil || json.Unmarshal(text, &one) != nil {
			continue // nothing yet
		}
		if sum == nil {
			sum = one
			continue
		}
		for k := range min(len(sum), len(one)) {
			sum[k].N += one[k].N
		}
	}
	return sum
}

func (c soakCoverage) String() string {
	parts := make([]string, len(c))
	for i, one := range c {
		parts[i] = fmt.Sprintf("%d %s", one.N, one.What)
	}
	return strings.Join(parts, ", ")
}
