"""Tables of customers, through the system's own file dialog and by a drop on the window."""

import subprocess
import sys
from pathlib import Path

from belonging import place, xdotool
from steps import BUTTON
from tree import Atspi, eventually

ITEM = ("menu item",)
HEADING = ("heading",)


def tables(window, folder, check):
    """Imports a file that is chosen in the system's dialog, then one that is dropped on the window."""
    chosen, dropped = Path(folder, "chosen.csv"), Path(folder, "dropped.csv")
    chosen.write_text("Username,First name,Last name,Company\nchosen@spoke.example,Anna,Chosen,Spoke\n")
    dropped.write_text("Username,First name,Last name,Company\ndropped@spoke.example,Anna,Dropped,Spoke\n")

    window.find(ITEM, "Import customers…").get_action_iface().do_action(0)
    window.press("Choose file…")
    window.find(BUTTON, "Open")
    xdotool("windowactivate", "--sync", shown("Import customers"))
    check("a file to import is chosen in the system's own dialog")
    xdotool("key", "ctrl+l")
    eventually(lambda: path_field(window), "a field for a path").set_text_contents(str(chosen))
    window.press("Open")
    finish(window)
    window.find(BUTTON, "Edit chosen@spoke.example")
    check("the customer of a chosen file is in the list")

    drop(dropped)
    finish(window)
    window.find(BUTTON, "Edit dropped@spoke.example")
    check("the customer of a file that was dropped on the window is in the list")


def path_field(window):
    """The field that the dialog shows for a path."""
    inside = False
    for part in window.parts():
        inside = inside or part.get_role_name() == "file chooser"
        if inside and part.get_role_name() == "text" and part.get_state_set().contains(Atspi.StateType.FOCUSED):
            return part.get_editable_text_iface()
    return None


def shown(title):
    """The window with this title, once it is there."""
    return xdotool("search", "--sync", "--onlyvisible", "--name", f"^{title}$").split()[-1]


def finish(window):
    """Goes through the steps of an import, from how the file is read to the end."""
    window.press("Next")
    window.press("Check the file")
    window.press("Import 1 customer")
    window.press("Close")


def drop(path):
    """Drags a file from another program's window onto the middle of the app's."""
    source = subprocess.Popen([sys.executable, "-B", str(Path(__file__).parent / "dragged.py"), path.as_uri()])
    try:
        found = shown("Dragged")
        app, (left, top, width, height) = place()
        xdotool("windowmove", "--sync", found, 0, 0)
        xdotool("windowactivate", "--sync", found)
        xdotool("mousemove", 40, 60, "mousedown", 1)
        for step in range(1, 21):  # a drag begins some pixels on, and the window follows it
            xdotool("mousemove", 40 + (left + width // 2 - 40) * step // 20, 60 + (top + height // 2 - 60) * step // 20)
        xdotool("mouseup", 1)
        source.wait(timeout=20)
    finally:
        source.kill()
        source.wait()
