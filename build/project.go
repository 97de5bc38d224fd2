package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A project knows where the files of the clone are.
type project struct{ root string }

// findProject looks for the module's root from the working directory upwards.
func findProject() (*project, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the working directory: %w", err)
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module partnerdesk\n") {
			return &project{root: dir}, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil, errors.New("run this inside a clone of Partner Desk: go.mod was not found here or above")
		}
		dir = up
	}
}

func (p *project) path(parts ...string) string {
	return filepath.Join(append([]string{p.root}, parts...)...)
}

func (p *project) frontend(parts ...string) string {
	return p.path(append([]string{"frontend"}, parts...)...)
}

// bin is a path under build/bin, where everything that is built goes.
func (p *project) bin(parts ...string) string {
	return p.path(append([]string{"build", "bin"}, parts...)...)
}

// binary is the path of a built program, with the system's suffix.
func (p *project) binary(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return p.bin(name)
}

// goTags joins the build tags of a kind of build with those of the system.
func goTags(tags ...string) string {
	if runtime.GOOS == "linux" {
		tags = append(tags, "webkit2_41")
	}
	return strings.Join(tags, ",")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
