"""One hostile or damaged input: what is laid into the small project, and what the program must make of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Content = bytes | Callable[[Path], None] | None
"""Bytes of a file; what makes a file of another kind; None: the file is taken away."""

Command = Literal["check", "build", "import", "form", "decide"]

SAME = ""
"""Instead of a rule: it is read, and every number is that of the good file."""
ANY = "*"
"""It is read or refused, whichever is right for the figures in it; never a number that the good file does not have."""


@dataclass(frozen=True)
class Variant:
    name: str
    files: Mapping[str, Content]
    """By path in the project."""
    expected: tuple[str, ...] = (SAME,)
    """Rules, one of which must be told; SAME and ANY as above."""
    command: Command = "check"
    sent: bytes = field(default=b"", repr=False)
    """Of `import`, `form` and `decide`: the file that came back."""
    sent_as: str = ""
    heavy: bool = False
    """Takes seconds or makes files of hundreds of megabytes: not in the check of every change."""
    cell: bool = False
    """The message names a cell or a line."""


def laid(variant: Variant, root: Path) -> None:
    for name, content in variant.files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            if path.exists() or path.is_symlink():
                path.unlink()
            content(path)
        else:
            path.write_bytes(content)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def sparse(megabytes: int) -> Callable[[Path], None]:
    """A file that says it is so large and takes no room."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(megabytes * 1_000_000)

    return make
