package main

import (
	"os/exec"
	"slices"
)

// A need says which system packages the project wants on Linux, and what for.
type need struct {
	why      string
	debian   string
	fedora   string   // empty where only Debian can do what it is for
	programs []string // any of these on the path will do, wherever it came from
	forWhat  []string // X
}

const (
	runDisplay  = "run"          // build it and open its window
	runHeadless = "run headless" // build it and run it without a display
	forTests    = "test"
	forLinux    = "package for Linux"
	forWindows  = "package for Windows"
)

// needs is the one list of system packages.
func needs() []need {
	all := []string{runDisplay, runHeadless, forTests}
	hidden := []string{runHeadless, forTests}
	tests := []string{forTests}
	windows := []string{forWindows, forTests}
	return []need{
		{"the C compiler that links the window", "gcc", "gcc", []string{"gcc", "clang"}, all},
		{"finds the libraries below", "pkg-config", "pkgconf-pkg-config", []string{"pkg-config", "pkgconf"}, all},
		{"the C library's headers", "libc6-dev", "glibc-devel", nil, all},
		{"the window", "libgtk-3-dev", "gtk3-devel", nil, all},
		{"the page inside the window", "libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel", nil, all},
		{"opens links in the system browser", "xdg-utils", "xdg-utils", []string{"xdg-open"}, all},
		{"the virtual display", "xvfb", "xorg-x11-server-Xvfb", []string{"Xvfb"}, hidden},
		{"the window manager of the virtual display", "openbox", "openbox", []string{"openbox"}, hidden},
		{"the desktop session's message bus", "dbus", "dbus-daemon", []string{"dbus-daemon"}, hidden},
		{"letters for names in any script", "fonts-noto-core", "google-noto-sans-fonts", nil, tests},
		{"letters for the rest", "fonts-dejavu-core", "dejavu-sans-fonts", nil, tests},
		{"emoji in names", "fonts-noto-color-emoji", "google-noto-emoji-fonts", nil, tests},
		{"the browser of the end-to-end tests", "chromium", "chromium", browsers(), tests},
		{"the keyring that the credentials are tested on", "gnome-keyring", "gnome-keyring",
			[]string{"gnome-keyring-daemon"}, tests},
		{"starts a session for the keyring's tests", "dbus-daemon", "dbus-daemon", []string{"dbus-run-session"}, tests},
		{"the tree of names that the window test reads", "at-spi2-core", "at-spi2-core", nil, tests},
		{"reads that tree", "gir1.2-atspi-2.0", "at-spi2-core", nil, tests},
		{"lets Python read that tree", "python3-gi", "python3-gobject-base", nil, tests},
		{"a window to drag a file from", "gir1.2-gtk-3.0", "gtk3", nil, tests},
		{"fills a large replica for the list's tests", "sqlite3", "sqlite", []string{"sqlite3"}, tests},
		{"draws the icon in all sizes", "librsvg2-bin", "librsvg2-tools", []string{"rsvg-convert"}, append(windows, forLinux)},
		{"makes the .rpm", "rpm", "rpm-build", []string{"rpmbuild"}, []string{forLinux, forTests}},
		{"the window's compiler for arm64", "gcc-aarch64-linux-gnu", "gcc-aarch64-linux-gnu", []string{"aarch64-linux-gnu-gcc"},
			[]string{forLinux}},
		{"the window's libraries for arm64", "mmdebstrap", "mmdebstrap", []string{"mmdebstrap"}, []string{forLinux}},
		{"a Debian to install the packages in", "mmdebstrap", "", []string{"mmdebstrap"}, tests},
		{"checks the .deb", "lintian", "", []string{"lintian"}, tests},
		{"checks the .rpm", "rpmlint", "", []string{"rpmlint"}, tests},
		{"unpacks the .rpm for its check", "cpio", "", []string{"cpio"}, tests},
		{"checks the desktop entry", "desktop-file-utils", "", []string{"desktop-file-validate"}, tests},
		{"checks what software centres show", "appstream", "", []string{"appstreamcli"}, tests},
		{"reads the manuals", "man-db", "", []string{"man"}, tests},
		{"checks the manuals", "mandoc", "", []string{"mandoc"}, tests},
		{"checks shell scripts", "shellcheck", "", []string{"shellcheck"}, tests},
		{"checks the server's unit", "systemd", "", []string{"systemd-analyze"}, tests},
		{"the installer for Windows", "nsis", "mingw32-nsis", []string{"makensis"}, windows},
		{"signs Windows programs", "osslsigncode", "osslsigncode", []string{"osslsigncode"}, windows},
		{"runs Windows programs", "wine", "wine-core", []string{"wine"}, tests},
		{"runs Windows programs for 64 bits", "wine64", "wine-core", nil, tests},
		{"what wine lacks for Go programs", "gcc-mingw-w64-x86-64", "mingw64-gcc", []string{"x86_64-w64-mingw32-gcc"}, tests},
		{"makes the certificate that the tests sign with", "openssl", "openssl", []string{"openssl"}, tests},
		{"types into the window", "xdotool", "xdotool", []string{"xdotool"}, tests},
	}
}

// browsers are the Chromium builds the end-to-end tests can drive.
func browsers() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
}

// wanted lists the packages for some use that no program on the path stands in for.
func wanted(forWhat string, fedora bool) []string {
	var names []string
	for _, n := range needs() {
		if !slices.Contains(n.forWhat, forWhat) || slices.ContainsFunc(n.programs, onPath) {
			continue
		}
		name := n.debian
		if fedora {
			name = n.fedora
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func onPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
