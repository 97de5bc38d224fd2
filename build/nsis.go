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
		if err := r.installer(ctx, t, dir, program, webview2); err != nil {
			return err
		}
	}
	return nil
}

// buildWindowsDesk builds Partner Desk with its icon, manifest and version. Go
// takes those from a .syso file beside main.go.
func (r *release) buildWindowsDesk(ctx context.Context, t target, dir string) (string, error) {
	for _, size := range iconSizes {
		if err := r.drawIcon(ctx, size, filepath.Join(dir, fmt.Sprintf("icon-%d.png", size))); err != nil {
			return "", err
		}
	}
	if err := r.fill("build/windows/winres.json", filepath.Join(dir, "winres.json"), nil); err != nil {
		return "", err
	}
	resources := r.path("rsrc_windows_" + t.arch + ".syso")
	defer os.Remove(resources)
	err := task{dir: r.root, env: r.env(), args: tool(winres, "make", "--in", filepath.Join(dir, "winres.json"),
		"--out", r.path("rsrc"), "--arch", t.arch)}.do(ctx)
	if err != nil {
		return "", err
	}
	return r.buildDesk(ctx, t)
}

// installer makes the installer. NSIS for 64 bits has no stub for arm64, where
// the one for x86 runs on every Windows.
func (r *release) installer(ctx context.Context, t target, dir, program, webview2 string) error {
	stub := "amd64-unicode"
	if t.arch == "arm64" {
		stub = "x86-unicode"
	}
	info, err := os.Stat(program)
	if err != nil {
		return err
	}
	icon := filepath.Join(dir, "partner-desk.ico")
	if err := writeICO(icon, dir, iconSizes[:len(iconSizes)-1]); err != nil { // an .ico ends at 256 pixels
		return err
	}
	out := r.out(fmt.Sprintf("partner-desk-%s-windows-%s-setup.exe", r.version, t.arch))
	defines := []string{
		"-DNAME=" + r.name, "-DPUBLISHER=" + r.publisher, "-DVERSION=" + r.version, "-DHOMEPAGE=" + homepage,
		"-DPROGRAM=" + program, "-DICON=" + icon, "-DWEBVIEW2=" + webview2, "-DSTUB=" + stub, "-DOUT=" + out,
		"-DSIZE=" + strconv.FormatInt(info.Size()/1024, 10),
	}
	if c := certificate(); c.file != "" {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		defines = append(defines, "-DSIGN="+self+" sign")
	}
	args := append([]string{"makensis", "-V2", "-NOCD"}, defines...)
	return task{dir: r.root, env: r.env(), args: append(args, r.path("build", "windows", "installer.nsi"))}.do(ctx)
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
