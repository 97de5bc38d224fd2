"""Finds and drives parts of a window by role and accessible name (AT-SPI)."""

import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version comes first)

LIMIT = 30  # seconds that anything may take before the test fails
PAUSE = 0.05  # seconds between two looks


class Missing(Exception):
    """Something was not there within the limit."""


def eventually(look, what, limit=LIMIT):
    """Returns the first result of look that is not None or False."""
    deadline = time.monotonic() + limit
    while True:
        try:
            found = look()
        except GLib.Error:  # the part went away while it was being asked
            found = None
        if found:
            return found
        if time.monotonic() > deadline:
            raise Missing(f"{what}: not within {limit} seconds")
        time.sleep(PAUSE)


class Window:
    """The window of one running program."""

    def __init__(self, program):
        self.program = program

    def _application(self):
        if self.program.poll() is not None:
            raise Missing(f"the app ended by itself with code {self.program.returncode}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.program.pid:
                return child
        return None

    def _walk(self, node):
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self._walk(child)

    def parts(self):
        """Every part that assistive technology is told of now."""
        application = self._application()
        return [] if application is None else self._walk(application)

    def _find(self, roles, name):
        for part in self.parts():
            if part.get_role_name() in roles and part.get_name().strip() == name:
                return part
        return None

    def find(self, roles, name, limit=LIMIT):
        return eventually(lambda: self._find(roles, name), f"{' or '.join(roles)} “{name}”", limit)

    def has(self, roles, name):
        return self._find(roles, name) is not None

    def gone(self, roles, name):
        eventually(lambda: not self.has(roles, name), f"{roles} “{name}” going away")

    def press(self, name):
        """Presses a button once it can be pressed."""
        roles = ("push button", "button", "toggle button")

        def ready():
            part = self._find(roles, name)
            if part is None or not part.get_state_set().contains(Atspi.StateType.ENABLED):
                return None
            return part

        part = eventually(ready, f"an enabled button “{name}”")
        part.get_action_iface().do_action(0)

    def fill(self, name, text):
        """Types text into an empty field, key by key, and checks what the field holds."""
        field = self.find(("entry", "text", "password text"), name)
        field.get_component_iface().grab_focus()
        eventually(
            lambda: field.get_state_set().contains(Atspi.StateType.FOCUSED),
            f"the focus on field “{name}”",
        )
        subprocess.run(["xdotool", "type", "--delay", "4", text], check=True)
        eventually(
            lambda: field.get_text_iface().get_character_count() == len(text),
            f"{len(text)} characters in field “{name}”",
        )

    def outline(self):
        """What is there, for a failure's log."""
        try:
            lines = [
                f"{part.get_role_name()}: {part.get_name()}"
                for part in self.parts()
                if part.get_name()
            ]
        except GLib.Error as error:
            return f"the window can't be read: {error}"
        return "\n".join(lines) or "there is no window"
