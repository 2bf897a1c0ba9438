"""The files of a project that a build may read, by content: everything in its folder but what builds themselves make."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

MADE = ("out", "work", "review/out")
"""What builds write. What they keep for later (translations, what was sent out) is read by the next one and counts."""

_PASSING = re.compile(r"\.git|\..+\.(lock|waiting|staging-.*|part)")
"""What stands beside a folder for as long as it is written."""


def digests(root: Path, *made: Path) -> Mapping[str, str]:
    """Path relative to the project, with forward slashes, to SHA-256; of a link to a folder, and of what cannot be read, a name for
    that, so that the set never looks the same by accident. `made`: further folders that a build writes, absolute."""
    found: dict[str, str] = {}
    passed = {root.joinpath(*name.split("/")).absolute() for name in MADE} | {m.absolute() for m in made}
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        for name in [*folders]:
            path = here / name
            if path.absolute() in passed or _PASSING.fullmatch(name):
                folders.remove(name)
            elif path.is_symlink():
                found[path.relative_to(root).as_posix()] = LINK
        for name in (n for n in names if not _PASSING.fullmatch(n)):
            path = here / name
            found[path.relative_to(root).as_posix()] = _digest(path)
    return found


LINK = "link"
"""In place of a digest: a folder that lies elsewhere."""


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        return f"unread {fault.errno}"
