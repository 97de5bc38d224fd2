package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A module is a part of a program that comes from others.
type module struct{ path, version, dir string }

func (m module) name() string { return strings.TrimSpace(m.path + " " + m.version) }

// licenceFile tells the files that a licence asks to be passed on.
var licenceFile = regexp.MustCompile(`(?i)^([a-z0-9]+-)?(licen[cs]e|copying|notice|copyright)([-._].*)?$`)

// writeLicences writes what the window shows as licences: of the Go modules in
// Partner Desk on any system, of Go, and of what Vite put into the page.
func writeLicences(ctx context.Context, p *project) error {
	modules, err := carried(ctx, p, ".", "desktop", "production", "webkit2_41")
	if err != nil {
		return err
	}
	text, err := licences(modules)
	if err != nil {
		return err
	}
	page, err := os.ReadFile(p.frontend("dist", pageLicences))
	if err != nil {
		return fmt.Errorf("read the licences of the page: %w", err)
	}
	if err := os.Remove(p.frontend("dist", pageLicences)); err != nil {
		return err
	}
	return os.WriteFile(p.frontend("dist", "licences.txt"), append(text, page...), 0o644)
}

// pageLicences is where vite.config.ts has Vite write the licences of the page.
const pageLicences = "licences-of-the-page.md"

// carried lists the modules whose packages are in a program, on any of the three
// systems, and Go itself.
func carried(ctx context.Context, p *project, program string, tags ...string) ([]module, error) {
	found := map[string]module{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		var out bytes.Buffer
		list := task{dir: p.root, env: []string{"GOOS=" + system, "GOARCH=amd64", "CGO_ENABLED=1"}, out: &out, args: []string{
			"go", "list", "-deps", "-tags", strings.Join(tags, ","),
			"-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", program,
		}}
		if err := list.do(ctx); err != nil {
			return nil, fmt.Errorf("list what %s is made of: %w\n%s", program, err, out.String())
		}
		for line := range strings.Lines(out.String()) {
			if parts := strings.Split(strings.TrimSpace(line), "\t"); len(parts) == 3 {
				found[parts[0]] = module{parts[0], parts[1], parts[2]}
			}
		}
	}
	root, err := output(ctx, p.root, "go", "env", "GOROOT")
	if err != nil {
		return nil, fmt.Errorf("ask where Go is: %w", err)
	}
	version, err := output(ctx, p.root, "go", "env", "GOVERSION")
	if err != nil {
		return nil, fmt.Errorf("ask for Go's version: %w", err)
	}
	found["Go"] = module{"Go", strings.TrimPrefix(strings.TrimSpace(version), "go"), strings.TrimSpace(root)}
	return slices.SortedFunc(maps.Values(found), func(a, b module) int { return cmp.Compare(a.path, b.path) }), nil
}

// licences joins the licence texts of modules, each text once, under the names
// of those that share it. A module without one is an error.
func licences(modules []module) ([]byte, error) {
	holders := map[string][]string{}
	var texts []string
	for _, m := range modules {
		own, err := licencesOf(m)
		if err != nil {
			return nil, err
		}
		for _, text := range own {
			if holders[text] == nil {
				texts = append(texts, text)
			}
			holders[text] = append(holders[text], m.name())
		}
	}
	var all bytes.Buffer
	for _, text := range texts {
		fmt.Fprintf(&all, "%s\n\n%s\n\n%s\n\n", strings.Join(holders[text], "\n"), text, strings.Repeat("─", 72))
	}
	return all.Bytes(), nil
}

func licencesOf(m module) ([]string, error) {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return nil, fmt.Errorf("look for the licence of %s: %w", m.path, err)
	}
	var texts []string
	for _, e := range entries {
		if !e.Type().IsRegular() || !licenceFile.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the licence of %s: %w", m.path, err)
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("%s has no licence text; it can't be passed on without one", m.name())
	}
	return texts, nil
}
