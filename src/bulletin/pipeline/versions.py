"""Versions of the program and of every library that shapes what it makes, those that Python knows nothing of included."""

from __future__ import annotations

import importlib.metadata
import platform
import zlib
from collections.abc import Mapping
from functools import cache

from bulletin import __version__
from bulletin.cache import text_engine

LIBRARIES = (
    "weasyprint", "pydyf", "pyphen", "tinycss2", "cssselect2", "tinyhtml5", "fonttools", "brotli", "zopfli", "pillow", "pikepdf",
    "lxml", "matplotlib", "contourpy", "xlsxwriter", "openpyxl", "python-calamine", "pandas", "numpy", "scipy",
    "pydantic", "ruamel.yaml", "jinja2", "markupsafe", "typst",
)  # fmt: skip
OPTIONAL = frozenset({"brotli", "zopfli"})
"""What works without."""


@cache
def versions() -> Mapping[str, str]:
    """`absent`: not on this machine."""
    found = {"bulletin": __version__, "python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}}
    return {**found, "zlib": zlib.ZLIB_RUNTIME_VERSION, "qpdf": _qpdf(), **text_engine()}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _qpdf() -> str:
    try:
        import pikepdf
    except ImportError:
        return "absent"
    return str(pikepdf.__libqpdf_version__)
