"""Drives the app as it ships, in a real window, by its accessible names.

Run by `go run ./build test`, which names the app (PARTNER_DESK_PROGRAM), its
development build (PARTNER_DESK_DEV_PROGRAM), which can be given another page, and
the program that gives both a display, a bus and a keyring (PARTNER_DESK_SESSION).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from steps import BUTTON, USERNAME, Checks, add_customer, use_this_computer


def scenario(window, folder, check):
    """The whole job of a partner, from the first start to a customer's account."""
    from enter import enter
    from menus import menus
    from tables import tables
    from tree import eventually

    links = folder / "links"
    use_this_computer(window)
    check("a first start on this computer opens the list")

    add_customer(window)
    check("a new customer's row appears")

    window.press(f"Log in as {USERNAME}")
    window.press("Log in")
    link = eventually(lambda: links.read_text().splitlines(), "a link in the system browser")[0]
    check("Log in as opens one link in the system browser", link.startswith("http://127.0.0.1:"))

    first = enter(link)
    check("the link lands in the customer's account", first.status == 200 and "End session" in first.text)
    check("the account names the customer", "Delft Bikes" in first.text or "de Vries" in first.text)
    second = enter(link)
    check("the link works once only", second.status >= 400 and "End session" not in second.text)
    menus(window, check)
    tables(window, folder, check)


def start(program, folder):
    """Starts the app on the test's data."""
    with open(folder / "app.log", "ab") as log:
        return subprocess.Popen([program, "--data", str(folder / "data")], stdout=log, stderr=log)


def inside():
    """The test itself, inside its session."""
    folder, program = Path(os.environ["PARTNER_DESK_TEST_FOLDER"]), os.environ["PARTNER_DESK_PROGRAM"]
    import belonging
    from tree import Window, eventually

    check = Checks()
    desk = start(program, folder)
    window = Window(desk)
    try:
        scenario(window, folder, check)
        belonging.link(program, str(folder / "data"), USERNAME, window, check)
        there = belonging.moved()
        check("the app ends well when its window is closed", belonging.close(desk) == 0)
        desk = start(program, folder)
        window = Window(desk)
        window.find(BUTTON, f"Edit {USERNAME}", limit=60)
        eventually(lambda: belonging.place()[1] == there, f"the window at {there} again, not at {belonging.place()[1]}")
        check("the window comes back where it was")
        belonging.no_display(program, str(folder / "data"), check)
        belonging.empty_page(os.environ["PARTNER_DESK_DEV_PROGRAM"], folder, check)
    except Exception:  # whatever went wrong, the log tells what was there
        check.broke_off("the scenario runs to its end")
        print("--- the window ---\n" + window.outline())
        print("--- the app's log ---\n" + (folder / "app.log").read_text(errors="replace"))
    running = desk.poll() is None
    desk.terminate()
    try:
        check("the app runs until it is asked to end, and then ends well", desk.wait(timeout=20) == 0 and running)
    except subprocess.TimeoutExpired:
        desk.kill()
        check("the app ends when it is asked to", False)
    belonging.erase(program, folder / "data", check)
    return check.close()


def outside():
    """Starts the session that the test runs in."""
    with tempfile.TemporaryDirectory(prefix="partner-desk-window-") as folder:
        links, browser = Path(folder, "links"), Path(folder, "browser")
        links.touch()
        browser.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{links}'\n")
        browser.chmod(0o700)
        command = [os.environ["PARTNER_DESK_SESSION"], "session", "--browser", str(browser), "--"]
        command += [sys.executable, "-B", __file__]
        return subprocess.run(command, env={**os.environ, "PARTNER_DESK_TEST_FOLDER": folder}).returncode


if __name__ == "__main__":
    sys.exit(inside() if "PARTNER_DESK_TEST_FOLDER" in os.environ else outside())
