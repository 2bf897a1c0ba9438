"""Typst in a process of its own, whose memory is free again when it ends: Typst keeps what it has worked out of a document, about 400 MB
of a whole bulletin, for documents like it. Run as a program, it imports nothing of this one."""

from __future__ import annotations

import ctypes
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

Made = tuple[bytes | list[bytes], list[str]]
"""A file, or one for each page, and what Typst warns of."""


FRUGAL = {"MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536"}
"""Settings with which glibc gives memory back at once."""


class RefusedError(Exception):
    """In Typst's words."""


def run(files: Mapping[str, bytes], options: Mapping[str, object]) -> Made:
    """In this process. Raises RefusedError."""
    import typst

    compile_: Any = typst.compile_with_warnings  # its types do not know of files in memory
    try:
        made, warnings = compile_(dict(files), **options)
    except typst.TypstError as error:
        raise RefusedError(str(error)) from None
    return made, [str(warning.message) for warning in warnings]


def run_apart(files: Mapping[str, bytes], options: Mapping[str, object]) -> Made:
    """The same in another one."""
    give_back()
    done = subprocess.run(
        [sys.executable, "-P", __file__],
        env={**os.environ, **FRUGAL},
        input=pickle.dumps((dict(files), dict(options))),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if done.returncode:
        raise RefusedError(f"Typst: {done.returncode}")
    made, told = pickle.loads(done.stdout)
    if made is None:
        raise RefusedError(told)
    return made, told


def give_back() -> None:
    """Memory that is free, to the system, which glibc does not do by itself."""
    if os.name == "posix":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _answer() -> None:
    files, options = pickle.load(sys.stdin.buffer)
    said: Made | tuple[None, str]
    try:
        said = run(files, options)
    except RefusedError as error:
        said = None, str(error)
    sys.stdout.buffer.write(pickle.dumps(said))


if __name__ == "__main__":
    _answer()
