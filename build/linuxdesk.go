package main

import (
	"context"
	"fmt"
)

// packageLinux makes the .deb, the .rpm and the portable archive of Partner Desk
// for both processors.
func packageLinux(ctx context.Context, r *release) error {
	for _, arch := range []string{"amd64", "arm64"} {
		if err := r.packageDesk(ctx, target{"linux", arch}); err != nil {
			return err
		}
	}
	return nil
}

func (r *release) packageDesk(ctx context.Context, t target) error {
	program, err := r.buildDesk(ctx, t)
	if err != nil {
		return err
	}
	if err := r.packageDeskFor(ctx, t, program); err != nil {
		return err
	}
	return r.archiveDeskFor(ctx, t, program)
}

func (r *release) packageDeskFor(ctx context.Context, t target, program string) error {
	tree, err := r.newTree("linux", t.arch, "root")
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return tree.put(program, "usr/libexec/partner-desk", 0o755) },
		func() error { return tree.put(r.path("build/linux/partner-desk.sh"), "usr/bin/partner-desk", 0o755) },
		func() error { return tree.belonging(ctx, "usr/share/") },
		func() error { return tree.pack("build/linux/partner-desk.1", "usr/share/man/man1/partner-desk.1", nil) },
		func() error {
			return tree.put(r.frontend("dist", "licences.txt"), "usr/share/doc/partner-desk/licences.txt", 0o644)
		},
		func() error { return tree.deb(ctx, "partner-desk", "build/linux", t) },
		func() error { return tree.rpm(ctx, "build/linux", t) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// belonging puts what makes a desktop know the program: menu entry, link
// scheme, icons, and how software centres show it.
func (t *tree) belonging(ctx context.Context, share string) error {
	if err := t.template("build/linux/partner-desk.desktop", share+"applications/partner-desk.desktop", nil); err != nil {
		return err
	}
	if err := t.template("build/linux/metainfo.xml", share+"metainfo/"+appID+".metainfo.xml", nil); err != nil {
		return err
	}
	icons := share + "icons/hicolor/"
	for _, size := range iconSizes {
		if err := t.drawIcon(ctx, size, t.at(fmt.Sprintf("%s%dx%d/apps/partner-desk.png", icons, size, size))); err != nil {
			return err
		}
	}
	return t.put(t.path("build", "icon", "partner-desk.svg"), icons+"scalable/apps/partner-desk.svg", 0o644)
}

// archiveDeskFor makes the archive that runs from where it is unpacked.
func (r *release) archiveDeskFor(ctx context.Context, t target, program string) error {
	tree, err := r.newTree("linux", t.arch, "portable")
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return tree.put(program, "libexec/partner-desk", 0o755) },
		func() error { return tree.put(r.path("build/linux/partner-desk.sh"), "partner-desk", 0o755) },
		func() error { return tree.template("build/linux/portable.txt", "README.txt", nil) },
		func() error { return tree.belonging(ctx, "share/") },
		func() error { return tree.put(r.frontend("dist", "licences.txt"), "licences.txt", 0o644) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return tree.tar(ctx, fmt.Sprintf("partner-desk-%s-linux-%s", r.version, t.arch))
}
