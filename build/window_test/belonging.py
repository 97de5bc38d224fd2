"""What makes the app belong to the desktop: links, one instance, its place, its words when there is no window."""

import os
import sqlite3
import subprocess
from pathlib import Path

from tree import eventually


def customer_id(data, username):
    """The id of a customer in the replica of this computer."""
    path = Path(data, "local", "replica.db")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as replica:
        return replica.execute("SELECT id FROM entry WHERE username_key = ?", [username]).fetchone()[0]


def xdotool(*args):
    return subprocess.run(["xdotool", *map(str, args)], check=True, capture_output=True, text=True).stdout


def place():
    """Where the window is and how large, as the window system says."""
    window = xdotool("search", "--onlyvisible", "--name", "^Partner Desk$").split()[-1]
    lines = xdotool("getwindowgeometry", "--shell", window).splitlines()
    values = dict(line.split("=") for line in lines)
    return window, tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def link(program, data, username, window, check):
    """A link opens its customer in the window that is there, and a second window never comes."""
    address = f"partnerdesk://customer/{customer_id(data, username)}"
    second = subprocess.run([program, "--data", data, "--", address], timeout=60)
    check("a second start hands its link over and ends", second.returncode is not None)
    window.find(("entry", "text"), "Username")
    check("the link shows its customer in the window that is there")
    window.press("Cancel")
    window.gone(("entry", "text"), "Username")
    windows = xdotool("search", "--onlyvisible", "--name", "^Partner Desk$").split()
    check("there is still one window", len(windows) == 1)


def moved():
    """Moves and sizes the window and returns where it then is."""
    window, before = place()
    xdotool("windowsize", window, 1010, 690)
    xdotool("windowmove", window, 150, 70)
    return eventually(lambda: (now := place()[1]) != before and now[2:] == (1010, 690) and now, "the window in its new place")


def close(desk):
    """Closes the window as its cross does, and waits for the end of the app."""
    xdotool("windowactivate", "--sync", place()[0])
    xdotool("key", "alt+F4")
    return desk.wait(timeout=20)


def empty_page(program, folder, check):
    """A page that never comes up is told by a message of the system's own."""
    from tree import Window

    page = folder / "empty-page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html><title>nothing</title>")
    env = {**os.environ, "assetdir": str(page), "devserver": "127.0.0.1:0", "PARTNER_DESK_PAGE_PATIENCE": "1s"}
    data = folder / "empty-page-data"
    with open(folder / "empty-page.log", "wb") as log:
        desk = subprocess.Popen([program, "--data", str(data)], env=env, stdout=log, stderr=log)
    try:
        window = Window(desk)

        def told():
            return next((part.get_name() for part in window.parts() if "stayed empty" in part.get_name()), None)

        text = eventually(told, "a message about the empty page", 60)
        named = str(data / "logs" / "partner-desk.log")
        check("an empty page is told, with what helps and where the log is", "WEBKIT_DISABLE_DMABUF_RENDERER" in text and named in text)
        check("the log has it", "did not come up" in Path(named).read_text())
    finally:
        desk.kill()
        desk.wait()


def no_display(program, data, check):
    """Without a display there is a line on the terminal, which names the log."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    run = subprocess.run([program, "--data", data], env=env, capture_output=True, text=True, timeout=60)
    log = Path(data, "logs", "partner-desk.log")
    told = run.returncode == 1 and "there is no display" in run.stderr and str(log) in run.stderr
    check("without a display it says what is missing and where its log is", told)
    check("and so does the log", "there is no display" in log.read_text())
    gone = subprocess.run([program, "--data", data], env={**env, "DISPLAY": ":4999"}, capture_output=True, text=True, timeout=60)
    check("so it does with one that does not answer", gone.returncode == 1 and ":4999 does not answer" in gone.stderr)


def erase(program, data, check):
    """Asked to, the app removes its data and its passwords, and nothing of the user's."""
    own = data / "my own notes.txt"
    own.write_text("mine")
    run = subprocess.run([program, "--data", str(data), "--remove-data"], capture_output=True, text=True, timeout=60)
    check("its data goes when that is asked for, and the user's own file stays", run.returncode == 0 and list(data.iterdir()) == [own])
