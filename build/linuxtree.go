package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
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

// docs puts what every package has under /usr/share/doc.
func (t *tree) docs(ctx context.Context, name, pkg string, tags ...string) error {
	doc := "usr/share/doc/" + name + "/"
	more := map[string]string{"PACKAGE": name, "RFCDATE": t.date().Format("Mon, 02 Jan 2006 15:04:05 -0700")}
	if err := t.template("build/linux/copyright", doc+"copyright", more); err != nil {
		return err
	}
	if err := t.pack("build/linux/changelog", doc+"changelog.Debian", more); err != nil {
		return err
	}
	modules, err := carried(ctx, t.project, pkg, tags...)
	if err != nil {
		return err
	}
	text, err := licences(modules)
	if err != nil {
		return err
	}
	return t.write(doc+"licences.txt", text, 0o644)
}

// nfpm makes a .deb and an .rpm of the tree, as a template in the repository says.
func (t *tree) nfpm(ctx context.Context, template string, built target) error {
	config := t.root + ".yaml"
	err := t.fill(template, config, map[string]string{"ARCH": built.arch, "ROOT": t.root, "MTIME": t.date().Format(time.RFC3339)})
	if err != nil {
		return err
	}
	for _, format := range []string{"deb", "rpm"} {
		err := task{dir: t.release.root, env: t.env(), args: tool(nfpm,
			"package", "--config", config, "--packager", format, "--target", t.bin("release"))}.do(ctx)
		if err != nil {
			return err
		}
	}
	return nil
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
