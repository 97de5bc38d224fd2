package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// installPackages sees to it that the system packages for some use are there.
func installPackages(ctx context.Context, forWhat string) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	fedora := !onPath("dpkg-query") && onPath("rpm")
	missing, err := missingPackages(ctx, wanted(forWhat, fedora), fedora)
	if err != nil || len(missing) == 0 {
		return err
	}
	switch {
	case onPath("apt-get"):
		return aptInstall(ctx, missing)
	case onPath("dnf"):
		say("installing system packages: %s", strings.Join(missing, " "))
		return asRoot(ctx, append([]string{"dnf", "install", "-y"}, missing...))
	}
	return fmt.Errorf("these packages are needed, and this system has neither apt-get nor dnf; "+
		"please install their counterparts and try again: %s", strings.Join(missing, " "))
}

// missingPackages asks the package database; it asks nothing over the network.
func missingPackages(ctx context.Context, names []string, rpm bool) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	if rpm {
		return slices.DeleteFunc(names, func(name string) bool {
			return exec.CommandContext(ctx, "rpm", "-q", "--whatprovides", name).Run() == nil
		}), nil
	}
	if !onPath("dpkg-query") {
		return presentByPkgConfig(ctx, names), nil
	}
	query := append([]string{"dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"}, names...)
	out, err := output(ctx, "", query...) // exits 1 when it does not know some package
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("ask for the installed packages: %w", err)
	}
	lines := strings.Split(out, "\n")
	return slices.DeleteFunc(names, func(name string) bool {
		return slices.Contains(lines, name+" installed")
	}), nil
}

// presentByPkgConfig is for systems with another package manager: when the
// libraries can be linked, the rest is left to what the path offers.
func presentByPkgConfig(ctx context.Context, names []string) []string {
	if exec.CommandContext(ctx, "pkg-config", "--exists", "gtk+-3.0", "webkit2gtk-4.1").Run() == nil {
		return nil
	}
	return names
}

// aptInstall installs with the lists that are there, and refreshes them only
// when they don't suffice.
func aptInstall(ctx context.Context, names []string) error {
	say("installing system packages: %s", strings.Join(names, " "))
	install := append([]string{"apt-get", "install", "-y", "-q", "--no-install-recommends"}, names...)
	simulate := append([]string{"apt-get", "install", "-s", "-qq", "--no-install-recommends"}, names...)
	if _, err := output(ctx, "", simulate...); err == nil {
		if err := asRoot(ctx, install); err == nil || ctx.Err() != nil {
			return err
		}
	}
	say("refreshing the package lists")
	if err := asRoot(ctx, []string{"apt-get", "update", "-q"}); err != nil {
		return err
	}
	return asRoot(ctx, install)
}

// asRoot runs a package manager, by sudo when this user is not root. Its output
// is shown: a person waits for it, and sudo may ask for a password.
func asRoot(ctx context.Context, args []string) error {
	if os.Geteuid() != 0 {
		if !onPath("sudo") {
			return fmt.Errorf("this needs root and there is no sudo; please run as root, then try again:\n  %s",
				strings.Join(args, " "))
		}
		args = append([]string{"sudo", "env", "DEBIAN_FRONTEND=noninteractive"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return nil
}
