package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// packageMac makes the disk image with a universal app, signed and notarized
// where the environment names the identities (docs/releasing.md). It needs
// macOS's own tools, and was not tried elsewhere than it runs.
func packageMac(ctx context.Context, r *release) error {
	dir, err := r.work("mac")
	if err != nil {
		return err
	}
	app := filepath.Join(dir, r.name+".app")
	contents := filepath.Join(app, "Contents")
	program := filepath.Join(contents, "MacOS", "partner-desk")
	if err := os.MkdirAll(filepath.Dir(program), 0o755); err != nil {
		return err
	}
	lipo := []string{"lipo", "-create", "-output", program}
	for _, arch := range []string{"arm64", "amd64"} {
		built, err := r.buildDesk(ctx, target{"darwin", arch})
		if err != nil {
			return err
		}
		lipo = append(lipo, built)
	}
	if err := (task{args: lipo}).do(ctx); err != nil {
		return err
	}
	if err := r.fill("build/darwin/Info.plist", filepath.Join(contents, "Info.plist"), nil); err != nil {
		return err
	}
	if err := r.macIcon(ctx, dir, filepath.Join(contents, "Resources", "partner-desk.icns")); err != nil {
		return err
	}
	if err := r.signMac(ctx, app); err != nil {
		return err
	}
	image := r.out(fmt.Sprintf("partner-desk-%s-macos.dmg", r.version))
	if err := r.diskImage(ctx, dir, app, image); err != nil {
		return err
	}
	return r.notarize(ctx, image)
}

// macIcon scales the icon that is kept as a PNG, since macOS draws no SVG by
// itself.
func (r *release) macIcon(ctx context.Context, dir, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	set := filepath.Join(dir, "partner-desk.iconset")
	if err := os.MkdirAll(set, 0o755); err != nil {
		return err
	}
	for _, side := range []int{16, 32, 128, 256, 512} {
		for scale, suffix := range map[int]string{1: "", 2: "@2x"} {
			file := filepath.Join(set, fmt.Sprintf("icon_%dx%d%s.png", side, side, suffix))
			pixels := strconv.Itoa(side * scale)
			err := task{args: []string{"sips", "-z", pixels, pixels, r.path("build", "icon", "partner-desk.png"), "--out", file}}.do(ctx)
			if err != nil {
				return err
			}
		}
	}
	return task{args: []string{"iconutil", "--convert", "icns", "--output", to, set}}.do(ctx)
}

// signMac signs the app with a Developer ID and the hardened runtime.
func (r *release) signMac(ctx context.Context, app string) error {
	identity := os.Getenv("PARTNER_DESK_MAC_IDENTITY")
	if identity == "" {
		say("not signed: PARTNER_DESK_MAC_IDENTITY names no identity")
		identity = "-" // runs on this Mac only
	}
	return task{args: []string{
		"codesign", "--force", "--options", "runtime", "--timestamp", "--entitlements",
		r.path("build", "darwin", "entitlements.plist"), "--sign", identity, app,
	}}.do(ctx)
}

// diskImage puts the app beside a link to the folder that it is dragged to.
func (r *release) diskImage(ctx context.Context, dir, app, image string) error {
	content := filepath.Join(dir, "image")
	if err := os.MkdirAll(content, 0o755); err != nil {
		return err
	}
	if err := os.Rename(app, filepath.Join(content, filepath.Base(app))); err != nil {
		return err
	}
	if err := os.Symlink("/Applications", filepath.Join(content, "Applications")); err != nil {
		return err
	}
	return task{args: []string{
		"hdiutil", "create", "-volname", r.name, "-srcfolder", content, "-ov", "-format", "UDZO", image,
	}}.do(ctx)
}

// notarize has Apple look at the image and puts its answer into it.
func (r *release) notarize(ctx context.Context, image string) error {
	profile := os.Getenv("PARTNER_DESK_NOTARY_PROFILE")
	if profile == "" {
		say("not notarized: PARTNER_DESK_NOTARY_PROFILE names no profile of notarytool")
		return nil
	}
	submit := task{args: []string{"xcrun", "notarytool", "submit", image, "--keychain-profile", profile, "--wait"}, out: os.Stdout}
	if err := submit.do(ctx); err != nil {
		return err
	}
	return task{args: []string{"xcrun", "stapler", "staple", image}}.do(ctx)
}
