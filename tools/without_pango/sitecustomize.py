"""On PYTHONPATH this hides Pango from every interpreter, as on a machine that never had it; for the check that nothing else needs it."""

from __future__ import annotations

import ctypes
import re
from contextlib import suppress
from importlib import import_module
from typing import Any

HIDDEN = re.compile(r"pango|harfbuzz|gobject-2|fontconfig", re.IGNORECASE)


def shown(name: Any) -> None:
    if HIDDEN.search(str(name)):
        raise OSError(f"cannot load library '{name}': hidden")


class Library(ctypes.CDLL):
    def __init__(self, name: Any, *given: Any, **named: Any) -> None:
        shown(name)
        super().__init__(name, *given, **named)


ctypes.CDLL = Library  # type: ignore[misc]
with suppress(ImportError):
    FFI: Any = import_module("cffi.api").FFI
    _dlopen = FFI.dlopen

    def dlopen(self: Any, name: Any, *given: Any) -> Any:
        shown(name)
        return _dlopen(self, name, *given)

    FFI.dlopen = dlopen
