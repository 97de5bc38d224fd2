package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are what tells people how to run the program.
var pages = []string{
	"../../../docs/backoffice.md", "../../../build/backoffice/backoffice.service", "../../../build/backoffice/backoffice.env",
	"../../../build/backoffice/Containerfile",
}

var (
	called   = regexp.MustCompile(`(?:^|[ /"])backoffice", "?([a-z]+)|(?:^|[ /])backoffice ((?:partner )?[a-z]+)([^|<]*)`)
	flagName = regexp.MustCompile(`--([a-z-]+)`)
	envName  = regexp.MustCompile(`BACKOFFICE_[A-Z_]+`)
)

// Every command, flag and variable that they name is there.
func TestDocsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	known := []string{smtpPassword}
	byCommand := map[string][]string{}
	for _, c := range commands() {
		f := newFlags(os.LookupEnv)
		c.prepare(f)
		for _, d := range f.order {
			byCommand[c.name] = append(byCommand[c.name], d.name)
			known = append(known, variable(d.name))
		}
	}
	seen := map[string]bool{}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		check(t, err)
		for _, name := range envName.FindAllString(string(text), -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s names %s", page, name)
			}
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "Description") {
				continue
			}
			for _, match := range called.FindAllStringSubmatch(line, -1) {
				name := match[1] + match[2]
				flags, found := byCommand[name]
				if found = found || name == "version" || name == "help serve"; !found {
					continue // words, not a command
				}
				seen[name] = true
				for _, f := range flagName.FindAllStringSubmatch(match[3], -1) {
					if !slices.Contains(flags, f[1]) {
						t.Errorf("%s: %s has no flag --%s", page, name, f[1])
					}
				}
			}
		}
	}
	for _, c := range commands() {
		if !seen[c.name] {
			t.Errorf("the docs don't show %s", c.name)
		}
	}
}

// The manual has every command.
func TestManualNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../../../build/backoffice/backoffice.1")
	check(t, err)
	for _, c := range commands() {
		if !strings.Contains(string(manual), "\n.B "+c.name+"\n") {
			t.Errorf("the manual does not tell of %s", c.name)
		}
	}
}

// The settings that come with the unit are good as they are.
func TestSettingsOfTheUnit(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../build/backoffice/backoffice.env")
	check(t, err)
	var env []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			env = append(env, line)
		}
	}
	s := serveWith(t, env, t.TempDir(), "--addr", "127.0.0.1:0")
	if s.url != "https://office.example" {
		t.Errorf("reached at %s", s.url)
	}
	s.stop(t)
}
