"""Installs, starts, upgrades and removes Partner Desk in a Debian of its own."""

import shlex
import shutil
import subprocess

import belonging
from root import contents
from steps import BUTTON, USERNAME, add_customer, use_this_computer
from tree import Window, eventually

DATA = "root/.local/share/partner-desk"
LOG = f"/{DATA}/logs/partner-desk.log"


def without_webkit(root, folder, check):
    """The portable program says what to install, on the terminal, in a message and in its log."""
    archive = next((folder / "new").glob("partner-desk-*.tar.gz"))
    subprocess.run(["tar", "--extract", "--gzip", "--file", archive, "--directory", root.path / "srv"], check=True)
    started = subprocess.Popen(root.command(portable(folder)), env=root.environment(), text=True, stderr=subprocess.PIPE)
    message = eventually(lambda: shown("^Partner Desk$"), "a message that the window can't come up")
    subprocess.run(["xdotool", "windowkill", message], check=True)
    _, told = started.communicate(timeout=30)
    check("without WebKitGTK a message comes up, and the program ends with 1", started.returncode == 1)
    check("the terminal names what is missing", "lacks" in told and "libwebkit2gtk-4.1.so.0" in told)
    check("and how to get it", "apt install libwebkit2gtk-4.1-0" in told)
    check("and where the log is", LOG in told)
    log = root.path / LOG[1:]
    said = log.read_text()
    private = log.stat().st_mode & 0o777 == 0o600
    if not check("the log says it too, for the user's eyes only", private and told.split("\n")[0] in said):
        print(told, said, oct(log.stat().st_mode))
    shutil.rmtree(root.path / DATA)


def portable(folder):
    """The program in the archive, where without_webkit unpacks it."""
    archive = next((folder / "new").glob("partner-desk-*.tar.gz"))
    return f"/srv/{archive.name.removesuffix('.tar.gz')}/partner-desk"


def shown(name):
    """A window on the screen with that name; nothing when there is none."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], capture_output=True, text=True)
    return found.stdout.split()[0] if found.stdout.split() else None


def entry(root, link=""):
    """The words that the desktop entry says to start, for a link or none."""
    lines = (root.path / "usr/share/applications/partner-desk.desktop").read_text().split("\n")
    words = next(line for line in lines if line.startswith("Exec=")).removeprefix("Exec=")
    return shlex.split(words.replace("%u", link))


def start(root, *words):
    """Starts the program, by its menu entry unless there are words that start it."""
    program = subprocess.Popen(root.command(*(words or entry(root))), env=root.environment())
    return program, Window(program)


def run(root, folder, check):
    older, new = (next((folder / name).glob("partner-desk_*.deb")) for name in ("older", "new"))
    root.install(older)
    program, window = start(root)
    try:
        use_this_computer(window)
        add_customer(window)
        check("the older version is installed, starts from the menu, and has a customer")
        check("it ends when its window is closed", belonging.close(program) == 0)
        kept = contents(root.path / DATA)
        root.install(new)
        check("the upgrade touches no data and no settings", kept and contents(root.path / DATA) == kept)
        program, window = start(root)
        window.find(BUTTON, f"Edit {USERNAME}", limit=60)
        check("the new version starts from the menu, signed in, with the customer")
        address = f"partnerdesk://customer/{belonging.customer_id(root.path / DATA, USERNAME)}"
        root.run(*entry(root, address), check=False)  # Wails ends it with 1 once the first one has the link
        window.find(("entry", "text"), "Username")
        check("a link opens the customer in its window")
        window.press("Cancel")
        window.gone(("entry", "text"), "Username")
        belonging.close(program)
    finally:
        end(program, window)
    removed(root, new, check)
    program, window = start(root, portable(folder))
    try:
        window.find(BUTTON, f"Edit {USERNAME}", limit=60)
        check("from its folder the program runs without being installed, on the same data")
        belonging.close(program)
    finally:
        end(program, window)


def end(program, window):
    """Ends a program that is still there because something failed, and tells what it showed."""
    if program.poll() is None:
        print("--- the window ---\n" + window.outline())
        program.kill()
        program.wait()


def removed(root, new, check):
    """The package leaves with its own files and nothing else."""
    ours, before = root.packaged("partner-desk"), root.files()
    kept = contents(root.path / DATA)
    cache = root.path / "usr/share/applications/mimeinfo.cache"
    check("the system knows that it opens the links", "partnerdesk=partner-desk.desktop" in cache.read_text())
    version = root.run("dpkg-query", "-W", "-f", "${Version}", "partner-desk").stdout
    check("what is installed is of the new version", f"_{version}_" in new.name)
    root.run("apt-get", "remove", "-y", "-q", "partner-desk")
    root.run("dpkg", "--purge", "partner-desk", check=False)  # there are no settings, so nothing is left to purge
    after = root.files() | {"usr/share/icons/hicolor/icon-theme.cache"}  # the system's list of icons: it had no other
    if not check("every file of the package goes, and no other", before - after == ours and not after - before):
        print("gone:", before - after - ours, "new:", after - before, "left:", after & ours)
    named = [path for path in after if "partner-desk" in path.lower() and not path.startswith("root/")]
    check("nothing with its name is left", not named)
    check("the system does not think that it opens the links", "partnerdesk" not in cache.read_text())
    check("the user's data is as it was", contents(root.path / DATA) == kept)
