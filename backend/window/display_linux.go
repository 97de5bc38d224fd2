//go:build linux && !bindings

package window

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// CheckDisplay returns why no window can be opened, in words for the user; nil
// where one may be. GTK itself would end the program with a line of its own.
func CheckDisplay() error {
	if wayland() {
		return nil
	}
	display := os.Getenv("DISPLAY")
	if display == "" {
		return errors.New("there is no display. Partner Desk is a program with a window: " +
			"start it from a graphical desktop, or name the display, for example DISPLAY=:0")
	}
	network, address, err := x11Address(display)
	if err != nil {
		return fmt.Errorf("the display %q has no such name: DISPLAY is like :0", display)
	}
	conn, err := net.DialTimeout(network, address, 5*time.Second)
	if err != nil && network == "unix" { // the one that needs no file
		conn, err = net.DialTimeout(network, "@"+address, 5*time.Second)
	}
	if err != nil {
		return fmt.Errorf("the display %s does not answer: is its desktop still there? DISPLAY names it", display)
	}
	_ = conn.Close()
	return nil
}

// wayland reports whether there is a Wayland compositor to talk to.
func wayland() bool {
	name := os.Getenv("WAYLAND_DISPLAY")
	if name == "" || os.Getenv("GDK_BACKEND") == "x11" {
		return false
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
	}
	conn, err := net.DialTimeout("unix", name, 5*time.Second)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// x11Address is where the X server of a display listens: "host:number.screen",
// with an empty host or "unix" for this machine (X(7), display names).
func x11Address(display string) (network, address string, err error) {
	colon := strings.LastIndex(display, ":")
	if colon < 0 {
		return "", "", errors.New("no colon")
	}
	host, rest := display[:colon], display[colon+1:]
	number, err := strconv.Atoi(strings.SplitN(rest, ".", 2)[0])
	if err != nil || number < 0 || number > 59_535 {
		return "", "", errors.New("no number")
	}
	if host == "" || host == "unix" {
		return "unix", "/tmp/.X11-unix/X" + strconv.Itoa(number), nil
	}
	return "tcp", net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(6000+number)), nil
}
