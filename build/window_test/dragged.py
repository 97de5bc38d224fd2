"""A window from which a file can be dragged; it ends when the file was dropped."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402  (the versions come first)

window = Gtk.Window(title="Dragged", default_width=120, default_height=120)
window.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, None, Gdk.DragAction.COPY)
window.drag_source_add_uri_targets()
window.connect("drag-data-get", lambda _window, _drag, data, _info, _time: data.set_uris([sys.argv[1]]))
window.connect("drag-end", lambda *_: Gtk.main_quit())
window.add_events(Gdk.EventMask.BUTTON_PRESS_MASK | Gdk.EventMask.BUTTON1_MOTION_MASK)
window.show_all()
Gtk.main()
