package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// packageWindows makes the installers for both processors.
func packageWindows(ctx context.Context, r *release) error {
	webview2, err := r.webView2(ctx)
	if err != nil {
		return err
	}
	for _, t := range []target{{"windows", "amd64"}, {"windows", "arm64"}} {
		dir, err := r.work("windows", t.arch)
		if err != nil {
			return err
		}
		program, err := r.buildWindowsDesk(ctx, t, dir)
		if err != nil {
			return err
		}
		if err := r.sign(ctx, program); err != nil {
			return err
		}
		if _, err := r.installer(ctx, t, dir, program, webview2); err != nil {
			return err
		}
	}
	return nil
}

// buildWindowsDesk builds Partner Desk with its icon, manifest and version. They
// are put into the built program: a .syso file would have to lie beside main.go,
// where every other build finds it.
func (r *release) buildWindowsDesk(ctx context.Context, t target, dir string) (string, error) {
	for _, size := range iconSizes {
		if err := r.drawIcon(ctx, size, filepath.Join(dir, fmt.Sprintf("icon-%d.png", size))); err != nil {
			return "", err
		}
	}
	resources := filepath.Join(dir, "winres.json")
	if err := r.fill("build/windows/winres.json", resources, nil); err != nil {
		return "", err
	}
	program, err := r.buildDesk(ctx, t)
	if err != nil {
		return "", err
	}
	return program, task{dir: r.root, env: r.env(), args: tool(winres, "patch", "--in", resources, "--no-backup", program)}.do(ctx)
}

// installer makes the installer and returns its path. NSIS has no stub for arm64,
// where the one for x86 runs on every Windows.
func (r *release) installer(ctx context.Context, t target, dir, program, webview2 string) (string, error) {
	stub := "amd64-unicode"
	if t.arch == "arm64" {
		stub = "x86-unicode"
	}
	info, err := os.Stat(program)
	if err != nil {
		return "", err
	}
	icon := filepath.Join(dir, "partner-desk.ico")
	if err := writeICO(icon, dir, iconSizes[:len(iconSizes)-1]); err != nil { // an .ico ends at 256 pixels
		return "", err
	}
	out := r.out(fmt.Sprintf("partner-desk-%s-windows-%s-setup.exe", r.version, t.arch))
	defines := []string{
		"-DNAME=" + r.name, "-DPUBLISHER=" + r.publisher, "-DVERSION=" + r.version, "-DHOMEPAGE=" + homepage,
		"-DPROGRAM=" + program, "-DICON=" + icon, "-DWEBVIEW2=" + webview2, "-DSTUB=" + stub, "-DOUT=" + out,
		"-DSIZE=" + strconv.FormatInt(info.Size()/1024, 10),
	}
	if r.signer.file != "" {
		self, err := os.Executable()
		if err != nil {
			return "", err
		}
		defines = append(defines, `-DSIGN="`+self+`" sign`)
	}
	args := append([]string{"makensis", "-V2", "-NOCD"}, defines...)
	return out, task{dir: r.root, env: r.env(r.signer.env()...), args: append(args, r.path("build", "windows", "installer.nsi"))}.do(ctx)
}

// webView2 finds the installer of WebView2, which Wails brings along.
func (r *release) webView2(ctx context.Context) (string, error) {
	dir, err := output(ctx, r.root, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/wailsapp/wails/v2")
	if err != nil {
		return "", fmt.Errorf("find Wails: %w", err)
	}
	file := filepath.Join(strings.TrimSpace(dir), "internal", "webview2runtime", "MicrosoftEdgeWebview2Setup.exe")
	if !exists(file) {
		return "", fmt.Errorf("this Wails brings no WebView2 installer: %s", file)
	}
	return file, nil
}
