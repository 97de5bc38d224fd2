"""A Debian in a folder, whose packages come from where this system's come from."""

import hashlib
import os
import shutil
import subprocess

# What packages come and go without: the kernel's, the test's, caches, and the package managers' own.
OUTSIDE = ("proc", "sys", "dev", "run", "tmp", "srv", "root/.cache", "var/cache", "var/log", "var/lib/apt", "var/lib/dpkg")


class Root:
    """The folder. Its programs are root's, whose home folder holds the user's data."""

    def __init__(self, path):
        self.path = path

    def make(self):
        """Installs the smallest Debian with apt, and what stands for any desktop."""
        release = dict(line.rstrip().split("=", 1) for line in open("/etc/os-release") if "=" in line)
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=apt", "--skip=cleanup/apt", "--include=desktop-file-utils,x11-utils",
             "--aptopt=APT::Install-Recommends \"false\"", "--dpkgopt=path-exclude=/usr/share/locale/*",
             "--dpkgopt=force-unsafe-io", release["VERSION_CODENAME"], self.path],
            check=True,
        )  # fmt: skip

    def open(self):
        """Gives its programs what a running system has. The mounts end with the namespace."""
        for name in ("proc", "dev", "tmp"):
            subprocess.run(["mount", "--rbind", f"/{name}", self.path / name], check=True)

    def environment(self):
        """The session's, with the home folder in this root."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_DATA", "XDG_C", "XDG_S"))}
        return {**env, "HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}

    def command(self, *words):
        """What runs a program in this root, and becomes it."""
        return ["chroot", self.path, *words]

    def run(self, *words, check=True, **more):
        """Runs a program to its end, and returns it with its output."""
        done = subprocess.run(
            self.command(*words), env=self.environment(), text=True, timeout=300,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more,
        )  # fmt: skip
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}")
        return done

    def install(self, package):
        """Installs a .deb with what it depends on."""
        shutil.copy(package, self.path / "srv")
        self.run("apt-get", "install", "-y", "-q", f"/srv/{package.name}")

    def packaged(self, name):
        """The files of an installed package, folders aside."""
        lines = self.run("dpkg", "-L", name).stdout.split("\n")
        return {line[1:] for line in lines if line.startswith("/") and not (self.path / line[1:]).is_dir()}

    def files(self):
        """The paths of all files, folders aside."""
        found = set()
        for folder, folders, names in os.walk(self.path):
            below = os.path.relpath(folder, self.path)
            folders[:] = [d for d in folders if os.path.normpath(os.path.join(below, d)) not in OUTSIDE]
            found.update(os.path.normpath(os.path.join(below, name)) for name in names)
        return found


def contents(folder):
    """The files below a folder and the sums of their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
