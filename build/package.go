package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// placeholder is what a template leaves to be filled in.
var placeholder = regexp.MustCompile(`@[A-Z]+@`)

// A kind is some packages that are made together.
type kind struct {
	name, does string
	on         string // the system that can make them
	needs      string // which system packages that takes
	make       func(ctx context.Context, r *release) error
}

func kinds() []kind {
	return []kind{
		{"linux", ".deb, .rpm and .tar.gz of Partner Desk", "linux", forLinux, packageLinux},
		{"windows", "the installers for Windows", "linux", forWindows, packageWindows},
		{"server", "the Back Office: .deb, .rpm and archives", "linux", forLinux, packageServer},
		{"sbom", "what the programs are made of, as CycloneDX documents", "linux", "", packageSBOM},
		{"mac", "the .dmg for macOS", "darwin", "", packageMac},
	}
}

// runPackage makes what is handed out, in build/bin/release, with SHA256SUMS.
func runPackage(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	only := flags.String("only", "", "make these kinds only, with commas between: "+kindNames())
	tag := flags.String("tag", "", "fail unless this tag is the version in wails.json, as in v1.2.3")
	if err := flags.Parse(args); err != nil {
		return &exitError{2}
	}
	chosen, err := chooseKinds(*only, runtime.GOOS)
	if err != nil {
		return err
	}
	for _, k := range chosen {
		if k.needs != "" {
			if err := installPackages(ctx, k.needs); err != nil {
				return err
			}
		}
	}
	if err := setUp(ctx, p, runDisplay); err != nil {
		return err
	}
	r, err := newRelease(ctx, p)
	if err != nil {
		return err
	}
	if *tag != "" && *tag != "v"+r.version {
		return fmt.Errorf("the tag is %s, and wails.json says %s", *tag, r.version)
	}
	if err := os.RemoveAll(r.to); err != nil {
		return err
	}
	if err := os.MkdirAll(r.to, 0o755); err != nil {
		return err
	}
	for _, k := range chosen {
		say("packaging %s", k.does)
		if err := k.make(ctx, r); err != nil {
			return err
		}
	}
	return r.sumUp()
}

func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return strings.Join(names, ", ")
}

// chooseKinds returns the named kinds, or all that this system can make.
func chooseKinds(only, system string) ([]kind, error) {
	var chosen []kind
	named := strings.FieldsFunc(only, func(c rune) bool { return c == ',' || c == ' ' })
	for _, k := range kinds() {
		wanted := slices.Contains(named, k.name)
		if wanted && k.on != system {
			return nil, fmt.Errorf("%s: these can only be made on %s", k.does, k.on)
		}
		if wanted || len(named) == 0 && k.on == system {
			chosen = append(chosen, k)
		}
	}
	for _, name := range named {
		if !slices.ContainsFunc(kinds(), func(k kind) bool { return k.name == name }) {
			return nil, fmt.Errorf("there is no kind %q; there are %s", name, kindNames())
		}
	}
	if len(chosen) == 0 {
		return nil, errors.New("packages are made on Linux (Debian) and macOS; see docs/releasing.md")
	}
	return chosen, nil
}

// sumUp writes SHA256SUMS, which `sha256sum -c` reads, and lists the files.
func (r *release) sumUp() error {
	entries, err := os.ReadDir(r.to)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, e := range entries {
		sum, size, err := sumOf(r.out(e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, e.Name())
		say("%8.1f MB  %s", float64(size)/1e6, e.Name())
	}
	return os.WriteFile(r.out("SHA256SUMS"), []byte(sums.String()), 0o644)
}

func sumOf(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return "", 0, fmt.Errorf("read %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
