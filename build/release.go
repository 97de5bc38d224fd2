package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// What the packages say of the product besides wails.json.
const (
	appID    = "app.partnerdesk.PartnerDesk" // AppStream id and macOS bundle identifier
	homepage = "https://partnerdesk.example"
	contact  = "support@partnerdesk.example"
)

// A release is what one run of `package` makes.
type release struct {
	*project
	name, publisher, version, about string // as wails.json says; version as in 1.2.3
	epoch                           int64  // SOURCE_DATE_EPOCH: what files are dated, in Unix seconds
	to                              string // the folder of what is handed out
	signer                          signer // of Windows programs
}

// newRelease reads what to call the release and how to date it: by
// SOURCE_DATE_EPOCH, else by the commit, so that two builds of one commit are alike
// (https://reproducible-builds.org/docs/source-date-epoch).
func newRelease(ctx context.Context, p *project) (*release, error) {
	text, err := os.ReadFile(p.path("wails.json"))
	if err != nil {
		return nil, err
	}
	var wails struct {
		Info struct{ CompanyName, ProductName, ProductVersion, Comments string }
	}
	if err := json.Unmarshal(text, &wails); err != nil {
		return nil, fmt.Errorf("read wails.json: %w", err)
	}
	i := wails.Info
	r := &release{project: p, name: i.ProductName, publisher: i.CompanyName, version: i.ProductVersion, about: i.Comments,
		to: p.bin("release"), signer: certificate()}
	seconds := os.Getenv("SOURCE_DATE_EPOCH")
	if seconds == "" {
		if seconds, err = output(ctx, p.root, "git", "log", "-1", "--format=%ct"); err != nil {
			return nil, errors.New("this is no clone with a commit, so there is no date for the files: set SOURCE_DATE_EPOCH")
		}
	}
	if r.epoch, err = strconv.ParseInt(strings.TrimSpace(seconds), 10, 64); err != nil {
		return nil, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	return r, nil
}

// date is the release's, in UTC.
func (r *release) date() time.Time { return time.Unix(r.epoch, 0).UTC() }

// out is a path in the folder of what is handed out.
func (r *release) out(name string) string { return filepath.Join(r.to, name) }

// work makes a folder anew for what a package is made of.
func (r *release) work(parts ...string) (string, error) {
	dir := r.bin(append([]string{"package"}, parts...)...)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// env makes tools write the same bytes each time.
func (r *release) env(more ...string) []string {
	return append([]string{"SOURCE_DATE_EPOCH=" + strconv.FormatInt(r.epoch, 10), "TZ=UTC", "LC_ALL=C.UTF-8"}, more...)
}

// A target is a system and a processor, in Go's words.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

// buildProgram builds one program for a target, the same bytes each time, and
// returns its path. env adds what cgo needs.
func (r *release) buildProgram(ctx context.Context, t target, name, pkg, flags string, tags, env []string) (string, error) {
	say("building %s for %s", name, t)
	program := r.bin("package", "programs", t.os+"-"+t.arch, name)
	if t.os == "windows" {
		program += ".exe"
	}
	build := task{dir: r.root, env: r.env(append([]string{"GOOS=" + t.os, "GOARCH=" + t.arch}, env...)...), args: []string{
		"go", "build", "-trimpath", "-buildvcs=false", "-tags", strings.Join(tags, ","),
		"-ldflags", strings.TrimSpace("-s -w -buildid= " + flags), "-o", program, pkg,
	}}
	return program, build.do(ctx)
}

// buildDesk builds Partner Desk for a target.
func (r *release) buildDesk(ctx context.Context, t target) (string, error) {
	flags := "-X main.version=" + r.version
	for _, set := range [][2]string{{"updateKey", "PARTNER_DESK_UPDATE_KEY"}, {"updateAddress", "PARTNER_DESK_UPDATE_ADDRESS"}} {
		if value := os.Getenv(set[1]); value != "" {
			flags += " -X main." + set[0] + "=" + value
		}
	}
	tags := []string{"desktop", "production"}
	var env []string
	switch t.os {
	case "linux":
		tags = append(tags, "webkit2_41")
		flags += " -extldflags=-Wl,-z,relro,-z,now" // libraries can't be swapped under it
		cgo, err := r.crossEnv(ctx, t)
		if err != nil {
			return "", err
		}
		env = cgo
	case "windows":
		flags += " -H windowsgui"
		env = []string{"CGO_ENABLED=0"}
	case "darwin":
		env = append(compilerEnv(), "CGO_ENABLED=1")
	}
	return r.buildProgram(ctx, t, "partner-desk", ".", flags, tags, env)
}

// buildServer builds the Back Office for a target, static.
func (r *release) buildServer(ctx context.Context, t target) (string, error) {
	return r.buildProgram(ctx, t, "backoffice", server, "-X main.version="+r.version, nil, []string{"CGO_ENABLED=0"})
}

// crossEnv is what cgo needs to build the window for another processor than
// this one's; nil for this one's.
func (r *release) crossEnv(ctx context.Context, t target) ([]string, error) {
	if t.arch == runtime.GOARCH {
		return []string{"CGO_ENABLED=1"}, nil
	}
	return r.sysrootEnv(ctx, t.arch)
}

// escape writes a value as text of a file of that kind.
func escape(file, value string) string {
	switch filepath.Ext(file) {
	case ".xml", ".plist":
		return html.EscapeString(value)
	case ".json":
		text, _ := json.Marshal(value) // a string always can be
		return string(text[1 : len(text)-1])
	}
	return value
}

// fill writes a file from a template in the repository: @NAME@ becomes the
// value of NAME. A name that stays is an error.
func (r *release) fill(from, to string, more map[string]string) error {
	text, err := os.ReadFile(r.path(from))
	if err != nil {
		return err
	}
	values := map[string]string{
		"NAME": r.name, "PUBLISHER": r.publisher, "VERSION": r.version, "ABOUT": r.about, "ID": appID,
		"HOMEPAGE": homepage, "CONTACT": contact, "DATE": r.date().Format(time.DateOnly), "YEAR": r.date().Format("2006"),
	}
	for name, value := range more {
		values[name] = value
	}
	filled := string(text)
	for name, value := range values {
		filled = strings.ReplaceAll(filled, "@"+name+"@", escape(from, value))
	}
	if left := placeholder.FindString(filled); left != "" {
		return fmt.Errorf("%s: nothing is known for %s", from, left)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, []byte(filled), 0o644)
}
