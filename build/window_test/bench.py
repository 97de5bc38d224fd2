"""Measures how long the app takes to a usable list, and its memory, beside an empty Wails window.

Run by `go run ./build bench`, which names the app (PARTNER_DESK_PROGRAM), the empty window
(PARTNER_DESK_EMPTY), the program that fills a replica (PARTNER_DESK_FILL) and the one that
gives both a display, a bus and a keyring (PARTNER_DESK_SESSION). It prints lines as
`go test -bench` does.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import Screen

MANY = 100_000
STARTS = 9
LIST = 300, 190, 40, 560  # where the names of the customers begin
BUTTON = 0, 24, 100, 40  # where the empty window's only button is
SETTLED = 4  # seconds without a change; then memory is read
LIMIT = 120  # seconds that a start may take
PAUSE = 0.004  # seconds between two looks


def memory(root):
    """The memory of a program and of what it started, in bytes: shared pages count in part."""
    children, total = {}, 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    wanted = [root]
    while wanted:
        pid = wanted.pop()
        wanted += children.get(pid, [])
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def stop(program):
    program.terminate()
    try:
        program.wait(timeout=20)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def launch(command, screen):
    """Seconds from the start of a program until the screen shows what it settles on, and its memory then."""
    nothing = last = screen.look()
    began = changed = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - changed < SETTLED or last == nothing:
            now = screen.look()
            if now != last:
                last, changed = now, time.monotonic()
            if program.poll() is not None or time.monotonic() - began > LIMIT:
                raise RuntimeError(f"{command[0]} showed nothing, or not the same for {SETTLED} seconds")
            time.sleep(PAUSE)
        return changed - began, memory(program.pid)
    finally:
        stop(program)


def middle(values):
    return sorted(values)[len(values) // 2]


def app():
    folder = Path(os.environ["PARTNER_DESK_TEST_FOLDER"])
    return folder, [os.environ["PARTNER_DESK_PROGRAM"], "--data", str(folder / "data")]


def prepare():
    """Makes a workspace with many customers."""
    import steps
    from tree import Window

    folder, command = app()
    for fill in (True, False):
        program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        window = Window(program)
        if fill:
            steps.use_this_computer(window)
        else:
            window.find(steps.BUTTON, f"Edit {username}", limit=120)  # what is derived is up to date
        stop(program)
        if fill:
            replica = str(folder / "data" / "local" / "replica.db")
            filled = [os.environ["PARTNER_DESK_FILL"], replica, str(MANY)]
            username = subprocess.run(filled, check=True, capture_output=True, text=True).stdout.strip()


def measure():
    """Starts both by turns, where nothing asks for what assistive technology is told."""
    _, command = app()
    rows, button = Screen(*LIST), Screen(*BUTTON)
    launch(command, rows)
    ours, theirs = [], []
    for _ in range(STARTS):
        theirs.append(launch([os.environ["PARTNER_DESK_EMPTY"]], button))
        ours.append(launch(command, rows))
    for what, part, unit in (("Launch", 0, 1e-3), ("Memory", 1, 2**20)):
        a, b = (middle([v[part] for v in list]) for list in (ours, theirs))
        name = "ms" if part == 0 else "MB"
        print(f"Benchmark{what}/{MANY} {STARTS} {a / unit:.0f} {name} {b / unit:.0f} empty-{name} {a / b:.2f} x", flush=True)


def outside():
    """Starts a session to prepare in, and one to measure in."""
    with tempfile.TemporaryDirectory(prefix="partner-desk-bench-") as folder:
        browser = Path(folder, "browser")
        browser.write_text("#!/bin/sh\n")
        browser.chmod(0o700)
        command = [os.environ["PARTNER_DESK_SESSION"], "session", "--home", str(Path(folder, "home")), "--browser", str(browser), "--"]
        command += [sys.executable, "-B", __file__]
        env = {**os.environ, "PARTNER_DESK_TEST_FOLDER": folder}
        for step in ("prepare", "measure"):
            failed = subprocess.run([*command, step], env=env).returncode
            if failed:
                return failed
        return 0


if __name__ == "__main__":
    steps_inside = {"prepare": prepare, "measure": measure}
    sys.exit(steps_inside[sys.argv[1]]() if len(sys.argv) > 1 else outside())
