package soak

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// coverage counts what happened in histories that passed.
type coverage map[string]int

// covered are the counts in the order in which they are told; `go run ./build
// soak` adds up whatever it finds.
var covered = []string{
	"histories", "steps", "edits", "mutations sent", "applied", "merged", "conflicts", "rejections", "conflicts resolved",
	"corrected", "dropped", "mails", "requests lost", "replies lost", "replies cut short", "delivered twice",
	"delivered late", "5xx", "offline spells", "desks killed", "Back Offices killed", "killed writing", "clock jumps",
	"sign-ins ended", "roles changed", "acts of customers", "live histories", "backups put back", "damage checks",
}

func (c *coverage) add(more coverage) {
	if *c == nil {
		*c = coverage{}
	}
	for name, n := range more {
		(*c)[name] += n
	}
}

func (c coverage) String() string {
	parts := make([]string, len(covered))
	for i, name := range covered {
		parts[i] = fmt.Sprintf("%d %s", c[name], name)
	}
	return strings.Join(parts, ", ")
}

func (c coverage) save(path string) error {
	counts := make([]count, len(covered))
	for i, name := range covered {
		counts[i] = count{name, c[name]}
	}
	text, err := json.Marshal(counts)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// count is one figure of the coverage as the build program reads it.
type count struct {
	What string `json:"what"`
	N    int    `json:"n"`
}
