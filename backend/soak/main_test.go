package soak

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(beChild())
	}
	// The short run; flags given by hand go before these.
	for name, value := range map[string]string{"rapid.checks": "24", "rapid.steps": "20", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// coverageVariable names the file that a long run writes its coverage to, for
// the build program to add up.
const coverageVariable = "PARTNER_DESK_SOAK_COVERAGE"

// TestHistories is the short run; flags of rapid make it a long one.
func TestHistories(t *testing.T) {
	dir := t.TempDir()
	fresh, err := makeTemplate(dir)
	if err != nil {
		t.Fatal(err)
	}
	children := newPool()
	defer children.close()
	var total coverage
	rapid.Check(t, func(rt *rapid.T) {
		total.add(runHistory(rt, children, fresh, dir))
		if total["histories"]%20 == 0 {
			save(t, total)
		}
	})
	save(t, total)
	t.Log(total)
}

// save writes the coverage for who has asked for it.
func save(t *testing.T, c coverage) {
	t.Helper()
	if path := os.Getenv(coverageVariable); path != "" {
		if err := c.save(path); err != nil {
			t.Fatal(fmt.Errorf("write the coverage: %w", err))
		}
	}
}
