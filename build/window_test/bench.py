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

MANY = 100_000
STARTS = 9
SETTLED = 4  # seconds after which memory is read


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


def launch(command, name, settle):
    """Seconds from the start of a program until a button can be found, and its memory once it has settled."""
    from tree import Window

    began = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        Window(program).find(("push button", "button"), name, limit=120)
        took = time.monotonic() - began
        if not settle:
            return took, 0
        time.sleep(SETTLED)
        return took, memory(program.pid)
    finally:
        stop(program)


def middle(values):
    return sorted(values)[len(values) // 2]


def inside():
    """The measuring itself, inside its session."""
    import steps
    import tree
    from tree import Window

    tree.PAUSE = 0.005
    folder = Path(os.environ["PARTNER_DESK_TEST_FOLDER"])
    app = [os.environ["PARTNER_DESK_PROGRAM"], "--data", str(folder / "data")]
    empty = [os.environ["PARTNER_DESK_EMPTY"]]
    first = subprocess.Popen(app, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    steps.use_this_computer(Window(first))
    stop(first)
    fill = [os.environ["PARTNER_DESK_FILL"], str(folder / "data" / "local" / "replica.db"), str(MANY)]
    username = subprocess.run(fill, check=True, capture_output=True, text=True).stdout.strip()
    launch(app, f"Edit {username}", settle=True)  # brings derived data up to date
    ours, theirs = [], []
    for i in range(STARTS):
        settle = i % 3 == 0
        theirs.append(launch(empty, "Empty", settle))
        ours.append(launch(app, f"Edit {username}", settle))
    for what, part, unit in (("Launch", 0, 1e-3), ("Memory", 1, 2**20)):
        a, b = (middle([v[part] for v in list if v[part]]) for list in (ours, theirs))
        name = "ms" if part == 0 else "MB"
        print(f"Benchmark{what}/{MANY} {STARTS} {a / unit:.0f} {name} {b / unit:.0f} empty-{name} {a / b:.2f} x")
    return 0


def outside():
    """Starts the session that the measuring runs in."""
    with tempfile.TemporaryDirectory(prefix="partner-desk-bench-") as folder:
        browser = Path(folder, "browser")
        browser.write_text("#!/bin/sh\n")
        browser.chmod(0o700)
        command = [os.environ["PARTNER_DESK_SESSION"], "session", "--browser", str(browser), "--"]
        command += [sys.executable, "-B", __file__]
        return subprocess.run(command, env={**os.environ, "PARTNER_DESK_TEST_FOLDER": folder}).returncode


if __name__ == "__main__":
    sys.exit(inside() if "PARTNER_DESK_TEST_FOLDER" in os.environ else outside())
