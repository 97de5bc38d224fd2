"""The native menus: they carry the page's actions, by choosing and by their shortcuts."""

from belonging import place, xdotool
from steps import BUTTON

FIELD = ("entry", "text")
ITEM = ("menu item",)


def menus(window, check):
    """Adds a customer up to the form by the menu and by its key, and asks for what can't be done."""
    window.find(ITEM, "Add New Customer").get_action_iface().do_action(0)
    window.find(FIELD, "Username")
    check("a native menu opens the form for a new customer")
    window.press("Cancel")
    window.gone(FIELD, "Username")

    xdotool("windowactivate", "--sync", place()[0])
    xdotool("key", "ctrl+n")
    window.find(FIELD, "Username")
    check("so does the shortcut that it shows")
    window.press("Cancel")
    window.gone(FIELD, "Username")

    window.find(ITEM, "Members…").get_action_iface().do_action(0)
    window.find(BUTTON, "Dismiss")
    check("what can't be used in this workspace says so")
    window.press("Dismiss")
    window.gone(BUTTON, "Dismiss")
