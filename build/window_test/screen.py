"""Reads what is on the display, by way of libX11."""

import ctypes
import ctypes.util
import zlib

ALL_PLANES, Z_PIXMAP = ctypes.c_ulong(-1), 2


class Image(ctypes.Structure):
    """The beginning of an XImage."""

    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    ]


class Screen:
    """A part of the display that DISPLAY names: left, top, width and height in pixels."""

    def __init__(self, left, top, width, height):
        self.part = (left, top, width, height)
        self.x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_int] * 2, *[ctypes.c_uint] * 2, ctypes.c_ulong, ctypes.c_int]
        self.x11.XGetImage.restype = ctypes.POINTER(Image)
        self.x11.XDestroyImage.argtypes = [ctypes.POINTER(Image)]
        self.display = self.x11.XOpenDisplay(None)
        if not self.display:
            raise OSError("the display can't be opened")
        self.root = self.x11.XDefaultRootWindow(self.display)

    def look(self):
        """A number that is another one when something else is to be seen there."""
        image = self.x11.XGetImage(self.display, self.root, *self.part, ALL_PLANES, Z_PIXMAP)
        if not image:
            raise OSError("the display can't be read")
        try:
            shape = image.contents
            return zlib.crc32(ctypes.string_at(shape.data, shape.bytes_per_line * shape.height))
        finally:
            self.x11.XDestroyImage(image)
