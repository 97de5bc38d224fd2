package main

import (
	"context"
	"time"
)

// deb makes a .deb of the tree. from is the folder in the repository with its
// settings for nfpm and the overrides that explain what lintian finds.
func (t *tree) deb(ctx context.Context, name, from string, built target) error {
	own := &tree{t.release, t.root + "-debian"} // what no other system wants
	values := map[string]string{
		"PACKAGE": name, "ARCH": built.arch, "ROOT": t.root, "DEBIAN": own.root,
		"MTIME": t.date().Format(time.RFC3339), "RFCDATE": t.date().Format(time.RFC1123Z),
	}
	doc := "usr/share/doc/" + name + "/"
	config := t.root + "-deb.yaml"
	steps := []func() error{
		func() error { return own.template("build/linux/copyright", doc+"copyright", values) },
		func() error { return own.pack("build/linux/changelog", doc+"changelog.Debian", values) },
		func() error {
			return own.put(t.path(from, "lintian-overrides"), "usr/share/lintian/overrides/"+name, 0o644)
		},
		func() error { return t.fill(from+"/deb.yaml", config, values) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return task{dir: t.release.root, env: t.env(), args: tool(nfpm,
		"package", "--config", config, "--packager", "deb", "--target", t.out(""))}.do(ctx)
}
