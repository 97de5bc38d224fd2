package main

import (
	"slices"
	"testing"
)

func TestNeedsAreComplete(t *testing.T) {
	t.Parallel()
	uses := []string{runDisplay, runHeadless, forTests, forLinux, forWindows}
	for _, n := range needs() {
		if n.why == "" || n.debian == "" || len(n.forWhat) == 0 || n.fedora == "" && !slices.Equal(n.forWhat, []string{forTests}) {
			t.Errorf("%+v is incomplete", n)
		}
		for _, use := range n.forWhat {
			if !slices.Contains(uses, use) {
				t.Errorf("%s is for the unknown use %q", n.debian, use)
			}
		}
		if slices.Contains(n.forWhat, runHeadless) && !slices.Contains(n.forWhat, forTests) {
			t.Errorf("the tests run without a display and don't ask for %s", n.debian)
		}
	}
}
