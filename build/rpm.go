package main

import (
	"context"
	"path/filepath"
)

// rpm makes an .rpm of the tree, as the spec file in the folder from says. It is
// rpmbuild's: nfpm's names files from the root on, and whoever unpacks such a
// package with cpio, as rpmlint does, overwrites the system's own.
func (t *tree) rpm(ctx context.Context, from string, built target) error {
	spec := t.root + ".spec"
	err := t.fill(from+"/rpm.spec", spec, map[string]string{
		"ROOT": t.root, "SCRIPTS": t.path(from), "RPMDATE": t.date().Format("Mon Jan 02 2006"),
	})
	if err != nil {
		return err
	}
	args := []string{"rpmbuild", "-bb", "--quiet", "--target", processors[built.arch].rpm + "-linux"}
	for _, setting := range []string{
		"_topdir " + t.root + "-rpmbuild", "_rpmdir " + t.out(""), "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm",
		"_binary_payload w9.zstdio",
		"debug_package %{nil}", "__os_install_post %{nil}", "_build_id_links none", // the files are as they shall be
		"_buildhost localhost", "use_source_date_epoch_as_buildtime 1", "clamp_mtime_to_source_date_epoch 1",
	} {
		args = append(args, "--define", setting)
	}
	return task{dir: filepath.Dir(spec), env: t.env(), args: append(args, spec)}.do(ctx)
}
