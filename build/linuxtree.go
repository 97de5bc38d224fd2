package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// A tree is a folder laid out as it will be on the user's disk, below its root.
type tree struct {
	*release
	root string
}

func (r *release) newTree(parts ...string) (*tree, error) {
	root, err := r.work(parts...)
	return &tree{r, root}, err
}

func (t *tree) at(path string) string { return filepath.Join(t.root, filepath.FromSlash(path)) }

// put copies a file to path, with a mode.
func (t *tree) put(from, path string, mode os.FileMode) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return t.write(path, text, mode)
}

func (t *tree) write(path string, text []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(t.at(path)), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(t.at(path), text, mode); err != nil {
		return err
	}
	return os.Chmod(t.at(path), mode) // whatever the umask
}

// template fills a template of the repository in.
func (t *tree) template(from, path string, more map[string]string) error {
	return t.fill(from, t.at(path), more)
}

// pack fills a template in and compresses it, as Debian wants manuals and changelogs.
func (t *tree) pack(from, path string, more map[string]string) error {
	if err := t.fill(from, t.at(path), more); err != nil {
		return err
	}
	text, err := os.ReadFile(t.at(path))
	if err != nil {
		return err
	}
	if err := os.Remove(t.at(path)); err != nil {
		return err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression) // without name and time
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return t.write(path+".gz", packed.Bytes(), 0o644)
}

// credits puts the licences of what a program of ours is made of.
func (t *tree) credits(ctx context.Context, path, program string, tags ...string) error {
	modules, err := carried(ctx, t.project, program, tags...)
	if err != nil {
		return err
	}
	text, err := licences(modules)
	if err != nil {
		return err
	}
	return t.write(path, text, 0o644)
}

// tar makes a .tar.gz with everything in a folder of that name, the same bytes
// each time.
func (t *tree) tar(ctx context.Context, name string) error {
	return task{dir: t.root, env: t.env("GZIP=-n"), args: []string{
		"tar", "--create", "--gzip", "--file", t.out(name + ".tar.gz"), "--transform", fmt.Sprintf("s,^\\.,%s,", name),
		"--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=posix",
		"--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
		"--mtime=@" + strconv.FormatInt(t.epoch, 10), ".",
	}}.do(ctx)
}
