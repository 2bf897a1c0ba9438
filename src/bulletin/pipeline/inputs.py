"""The files of a project that a build may read, by content: everything in its folder but what builds themselves make."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.model.project import InputFile

MADE = ("out", "work", "review/out")
"""What builds write. What they keep for later (translations, what was sent out) is read by the next one and counts."""

PASSING = re.compile(r"\.git|\..+\.(lock|waiting|staging-.*|part)")
"""What stands beside a folder for as long as it is written."""


MOST_FILES, MOST_BYTES = 20_000, 2_000_000_000
"""Of a folder that holds more, nothing is known beforehand: to read it all would take longer than a build."""


def digests(root: Path, *made: Path) -> Mapping[str, str] | None:
    """Path relative to the project, with forward slashes, to SHA-256; what cannot be read, or is no file, goes by the name of the fault. `made`:
    further folders that builds write. None where the folder is no project, is too large, or is continued elsewhere by a link."""
    if not (root / "bulletin.yaml").is_file():
        return None
    found: dict[str, str] = {}
    size = 0
    passed = {root.joinpath(*name.split("/")).absolute() for name in MADE} | {m.absolute() for m in made}
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = [n for n in folders if (here / n).absolute() not in passed and not PASSING.fullmatch(n)]
        if any((here / n).is_symlink() for n in folders):
            return None
        for name in (n for n in names if not PASSING.fullmatch(n)):
            path = here / name
            try:
                there = path.stat()
                if not stat.S_ISREG(there.st_mode):  # a pipe or a device may never end
                    found[path.relative_to(root).as_posix()] = "no file"
                    continue
                size += there.st_size
                if size > MOST_BYTES or len(found) >= MOST_FILES:
                    return None
                with path.open("rb") as content:
                    found[path.relative_to(root).as_posix()] = hashlib.file_digest(content, "sha256").hexdigest()
            except OSError as fault:
                found[path.relative_to(root).as_posix()] = f"unread {fault.errno}"
    return found


def as_read(inputs: Iterable[InputFile], known: Mapping[str, str]) -> bool:
    """Whether what was read of the project had those digests."""
    return all(known.get(i.path) == i.sha256 for i in inputs if i.sha256 and not i.path.startswith("shipped:"))
