package main

import (
	"context"
	"errors"
	"os"
)

// A wineBuild makes what build/winetest tests, in the folder where that looks for it.
type wineBuild struct {
	*release
	target target
	parts  string // the folder of what the installer is made of
}

// newWineBuild makes a release for a test, with a certificate of its own.
func newWineBuild(ctx context.Context, p *project, dir string) (*wineBuild, error) {
	r, err := newRelease(ctx, p)
	if err != nil {
		return nil, err
	}
	r.to = dir
	if r.signer, err = makeCertificate(ctx, dir); err != nil {
		return nil, err
	}
	parts, err := r.work("windows", "test")
	return &wineBuild{r, target{"windows", "amd64"}, parts}, err
}

// buildPrograms builds Partner Desk twice, here and from a copy in another folder.
func (b *wineBuild) buildPrograms(ctx context.Context) error {
	program, err := b.buildWindowsDesk(ctx, b.target, b.parts)
	if err != nil {
		return err
	}
	copied := *b.release
	copied.project = &project{root: b.out("elsewhere")}
	if err := errors.Join(copyFile(program, b.out("built.exe")), copySources(ctx, b.project, copied.root)); err != nil {
		return err
	}
	parts, err := copied.work("windows", "test")
	if err != nil {
		return err
	}
	again, err := copied.buildWindowsDesk(ctx, b.target, parts)
	if err != nil {
		return err
	}
	return errors.Join(os.Rename(again, b.out("built-elsewhere.exe")), b.sign(ctx, program), os.Rename(program, b.out("partner-desk.exe")))
}

// buildInstallers makes the installer, and one of an older version, whose program
// only stays open.
func (b *wineBuild) buildInstallers(ctx context.Context) error {
	webview2, err := b.webView2(ctx)
	if err != nil {
		return err
	}
	setup, err := b.installer(ctx, b.target, b.parts, b.out("partner-desk.exe"), webview2)
	if err != nil {
		return err
	}
	older := *b.release
	older.version = olderVersion
	olderSetup, err := older.installer(ctx, b.target, b.parts, b.out("open.exe"), webview2)
	if err != nil {
		return err
	}
	return errors.Join(os.Rename(setup, b.out("setup.exe")), os.Rename(olderSetup, b.out("older-setup.exe")))
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o755)
}
