"""Reading files once, with the hash and the project-relative path of each."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.limits import OTHER_FILE, Limit
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.project import InputFile
from bulletin.shipped import shipped

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def is_safe_name(name: str) -> bool:
    """Whether `name` may become part of a file name on every system."""
    return bool(_NAME.fullmatch(name)) and not _RESERVED.fullmatch(name) and not name.endswith(".")


def read_path(path: Path, label: str, limit: Limit = OTHER_FILE) -> bytes:
    """Content of a file; one that is open elsewhere, cannot be read, is none (a pipe would never end), or is too large, is a
    ConfigError."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not path.is_dir():
            raise OSError(path)
        if found.st_size > limit.most:
            raise ConfigError([_too_large(label, found.st_size, limit)])
        return path.read_bytes()
    except OSError as error:
        raise ConfigError([Finding(_unread(path, error), Severity.ERROR, Place(label))]) from error


def read_inside(path: Path, root: Path, label: str, limit: Limit = OTHER_FILE) -> bytes:
    """The same of a file that must lie in the folder, whatever links lead to it."""
    if not is_inside(path, root):
        raise ConfigError([Finding("link-outside", Severity.ERROR, Place(label))])
    return read_path(path, label, limit)


def is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _too_large(label: str, size: int, limit: Limit) -> Finding:
    parameters: dict[str, Parameter] = {
        "found": round(size / 1e6),
        "most": round(limit.most / 1e6),
        "what": "file",
        "limit": limit.most,
        "file": label,
    }
    return Finding(limit.rule, Severity.ERROR, Place(label), parameters=parameters)


def _unread(path: Path, error: OSError) -> str:
    """Windows says of a folder, too, that permission is denied."""
    if path.is_dir():
        return "file-is-folder"
    named = {PermissionError: "file-locked", FileNotFoundError: "file-missing", NotADirectoryError: "file-missing"}
    return named.get(type(error), "file-unreadable")


class FileReader:
    """Reads below the project and below the shipped folders and remembers what it read."""

    def __init__(self, root: Path, program: Path | None = None) -> None:
        self.root = root
        self.program = program or shipped()
        self._seen: dict[str, InputFile] = {}

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        return tuple(self._seen[p] for p in sorted(self._seen))

    def label(self, path: Path) -> str:
        """Name of a file in findings: relative to the project, or `shipped:` and its place in the program."""
        for root, prefix in ((self.root, ""), (self.program, "shipped:")):
            if path.is_relative_to(root):
                return prefix + path.relative_to(root).as_posix()
        return path.name

    def read(self, path: Path, limit: Limit = OTHER_FILE) -> bytes:
        label = self.label(path)
        if not is_inside(path, self.root):
            content = read_inside(path, self.program, label, limit)
        else:
            content = read_path(path, label, limit)
        self._seen[label] = InputFile(label, hashlib.sha256(content).hexdigest())
        return content
