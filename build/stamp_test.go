package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func prints(t *testing.T, root string) *fingerprint {
	t.Helper()
	f := &fingerprint{root: root}
	if err := f.add(root, isSource); err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	source := filepath.Join(root, "a.go")
	write(t, source, "one")
	first := prints(t, root).String()
	write(t, filepath.Join(root, "a_test.go"), "a test changes nothing that is built")
	if prints(t, root).String() != first {
		t.Error("a file that is not kept changed the fingerprint")
	}
	write(t, source, "two")
	second := prints(t, root).String()
	if second == first {
		t.Error("changed content kept the fingerprint")
	}
	if err := os.Rename(source, filepath.Join(root, "b.go")); err != nil {
		t.Fatal(err)
	}
	if prints(t, root).String() == second {
		t.Error("another name kept the fingerprint")
	}
}

func TestOnce(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	product, stamp := filepath.Join(root, "product"), filepath.Join(root, "stamps", "step")
	write(t, filepath.Join(root, "a.go"), "one")
	runs := 0
	run := func(failure error) error {
		return once(stamp, product, prints(t, root), func() error {
			runs++
			write(t, product, "made")
			return failure
		})
	}
	expect := func(what string, want int, err error) {
		t.Helper()
		if err != nil || runs != want {
			t.Errorf("%s: %d runs and %v, want %d", what, runs, err, want)
		}
	}
	expect("the first time", 1, run(nil))
	expect("nothing changed", 1, run(nil))
	write(t, filepath.Join(root, "a.go"), "two")
	expect("a source changed", 2, run(nil))
	if err := os.Remove(product); err != nil {
		t.Fatal(err)
	}
	expect("the product is gone", 3, run(nil))
	write(t, filepath.Join(root, "a.go"), "three")
	broken := errors.New("broken")
	if err := run(broken); !errors.Is(err, broken) {
		t.Errorf("a failing step gave %v", err)
	}
	expect("after a failure", 5, run(nil))
}
