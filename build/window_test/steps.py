"""What tests of the window share: counting, and the first steps of a partner."""

import time
import traceback

USERNAME = "anna@delft-bikes.example"
BUTTON = ("push button", "button")


class Checks:
    """Counts what held and what did not."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.began = time.monotonic()

    def __call__(self, what, held=True):
        seconds = time.monotonic() - self.began
        print(f"{'ok    ' if held else 'FAILED'} {seconds:6.1f} s  {what}", flush=True)
        if held:
            self.passed += 1
        else:
            self.failed += 1
        return held

    def broke_off(self, what):
        """Counts an exception that was caught, and prints it."""
        print(traceback.format_exc())
        self(what, False)

    def close(self):
        """Prints the closing line and returns the exit code."""
        print(f"{self.passed} passed, {self.failed} failed, 0 skipped", flush=True)
        return 1 if self.failed else 0


def use_this_computer(window):
    """Goes through the first start, to an empty list."""
    window.find(BUTTON, "Try with sample customers", limit=60)
    window.press("Use this computer")
    window.fill("Name", "Wheel Agency")
    window.fill("Email", "agency@wheels.example")
    window.fill("Password", "correct horse battery staple 9")
    window.press("Start")
    window.find(BUTTON, "Add New Customer", limit=60)


def add_customer(window):
    """Adds the one customer of these tests, USERNAME."""
    window.press("Add New Customer")
    window.fill("Username", USERNAME)
    window.fill("First name", "Anna")
    window.fill("Last name", "de Vries")
    window.fill("Company", "Delft Bikes")
    window.press("OK")
    window.find(BUTTON, f"Edit {USERNAME}")
