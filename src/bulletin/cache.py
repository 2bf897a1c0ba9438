"""What was made once and may be used again: entries by the digest of all that went into them, trusted on this machine only."""

from __future__ import annotations

import ctypes
import hashlib
import hmac
import os
import platform
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from bulletin.running import is_running
from bulletin.shipped import shipped

LIMIT = 1_000_000_000
"""Bytes that a cache may hold unless told otherwise."""
HOME = "BULLETIN_HOME"
"""Environment variable: where the program keeps what belongs to a user and no project; the cache's key only."""
_PART = ".part"
_SIGNATURE = b"bulletin-cache/1\n"
_NAME = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z0-9-]{0,40}")
_MAC = hashlib.sha256().digest_size


def digest(*parts: bytes | str) -> str:
    """SHA-256 in hex of the parts in their order; each counts with its length, so that none can run over into the next."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


class Cache:
    """A folder of entries, each under its kind and key. It may vanish, be full, read-only or damaged at any time: then less is
    found, and nothing else happens.

    A project folder comes by e-mail, and what it brings in its cache may be anybody's: an entry counts only where its code is that
    of a key which this user alone can read and which no project holds.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT, *, fresh: bool = False) -> None:
        """`folder` None: nothing is kept. `fresh`: nothing is found, yet what is made anew is kept."""
        key = user_key() if folder and not (folder.is_symlink() or folder.parent.is_symlink()) else b""
        self.folder = folder if key else None
        self.limit = limit
        self.fresh = fresh
        self.damaged = 0
        """Entries that were not as they had been written, or that another machine wrote; they are gone."""
        self.unwritten = 0
        """Entries that could not be kept: disk full, read-only."""
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        """By kind."""
        self._key = key
        self._held: int | None = None
        self._parts = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under this kind and key, if it is whole; an entry that is not is removed."""
        path = self._path(kind, key)
        if path is None or self.fresh:
            self.missed[kind] += 1
            return None
        try:
            written = path.read_bytes()
        except OSError:
            self.missed[kind] += 1
            return None
        start = len(_SIGNATURE) + _MAC
        data = written[start:]
        if written[: len(_SIGNATURE)] != _SIGNATURE or not hmac.compare_digest(
            written[len(_SIGNATURE) : start], self._code(kind, key, data)
        ):
            self.damaged += 1
            self.missed[kind] += 1
            with suppress(OSError):
                path.unlink()
            return None
        self.found[kind] += 1
        with suppress(OSError):
            os.utime(path)
        return data

    def holds(self, kind: str) -> bool:
        """Whether there are entries of this kind, whatever their keys."""
        return bool(self.folder and not self.fresh and _listed(self.folder / kind))

    def put(self, kind: str, key: str, data: bytes) -> None:
        path = self._path(kind, key)
        if path is None:
            return
        self._parts += 1
        part = path.with_name(f".{key}.{os.getpid()}-{self._parts}{_PART}")
        written = _SIGNATURE + self._code(kind, key, data) + data
        if len(written) > self.limit:
            return
        try:
            self._make(path.parent)
            with part.open("wb") as stream:
                stream.write(written)
            part.replace(path)
        except OSError:
            self.unwritten += 1
            with suppress(OSError):
                part.unlink()
            return
        self._held = self.size() if self._held is None else self._held + len(written)
        if self._held > self.limit:
            self.trim()

    def size(self) -> int:
        """Bytes held."""
        return sum(size for _, size, _ in self._entries())

    def trim(self) -> None:
        """Over the limit: removes what was used longest ago until a tenth of the limit is free."""
        entries = sorted(self._swept())
        held = sum(size for _, size, _ in entries)
        allowed = self.limit if held <= self.limit else self.limit * 9 // 10
        for _, size, path in entries:
            if held > allowed:
                with suppress(OSError):
                    path.unlink()
                    held -= size
        self._held = held

    def sweep(self) -> int:
        """Removes what processes that were killed had begun to write; the bytes that are held."""
        return sum(size for _, size, _ in self._swept())

    def _swept(self) -> Iterator[tuple[int, int, Path]]:
        for used, size, path in self._entries():
            if path.suffix == _PART and not is_running(path.stem.rpartition(".")[2].partition("-")[0]):
                with suppress(OSError):
                    path.unlink()
                    continue
            yield used, size, path

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """When last used, size, path. Only what bears the name of an entry counts, and no link is followed."""
        for folder in _listed(self.folder):
            if not folder.is_dir(follow_symlinks=False) or not _KIND.fullmatch(folder.name):
                continue
            for entry in _listed(Path(folder.path)):
                name = entry.name.removeprefix(".")[:64]
                if not _NAME.fullmatch(name) or not entry.is_file(follow_symlinks=False):
                    continue
                with suppress(OSError):
                    told = entry.stat(follow_symlinks=False)
                    yield told.st_mtime_ns, told.st_size, Path(entry.path)

    def _path(self, kind: str, key: str) -> Path | None:
        if self.folder is None:
            return None
        if not _KIND.fullmatch(kind) or not _NAME.fullmatch(key):
            raise ValueError(f"{kind}/{key}")
        return self.folder / kind / key

    def _code(self, kind: str, key: str, data: bytes) -> bytes:
        return hmac.digest(self._key, b"%s/%s\n" % (kind.encode(), key.encode()) + data, "sha256")

    def _make(self, folder: Path) -> None:
        """For the owner only: what is kept may hold figures that are not published. Raises OSError for a link."""
        if folder.is_symlink():
            raise NotADirectoryError(str(folder))
        if not folder.is_dir() and self.folder:
            folder.mkdir(parents=True, exist_ok=True)
            if os.name == "posix":
                self.folder.chmod(0o700)


def _listed(folder: Path | None) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder)) if folder else []
    except OSError:
        return []


def user_home() -> Path:
    """Folder of this user for what belongs to no project."""
    if given := os.environ.get(HOME):
        return Path(given)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "bulletin"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "bulletin"


def user_key() -> bytes:
    """The key of this user's entries, made when there is none; empty where none can be kept, and then nothing is trusted."""
    try:
        path = user_home() / "cache.key"
        return _read_key(path) or _make_key(path)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return b""


def _read_key(path: Path) -> bytes:
    """Empty where it is lacking, cut, or has been open to others."""
    try:
        told = path.stat()
        key = path.read_bytes()
    except FileNotFoundError:
        return b""
    open_to_others = os.name == "posix" and (told.st_mode & 0o077 or told.st_uid != os.geteuid())
    return key if len(key) == _MAC and not open_to_others else b""


def _make_key(path: Path) -> bytes:
    """Of two processes that make one at once, both use that of the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(os.urandom(_MAC))
    if path.exists():  # cut or open to others
        path.unlink()
    try:
        os.link(part, path)
        part.unlink()
    except FileExistsError:
        part.unlink()
    except OSError:  # a file system without links
        part.replace(path)
    return _read_key(path)


@cache
def versions() -> str:
    """Digest of everything of the program that shapes what it makes: its own source, the shipped configuration, templates and fonts,
    and the versions of Python and of every library installed, Pango, HarfBuzz and zlib included."""
    package = Path(__file__).resolve().parent
    folders = (package, shipped("config"), shipped("bulletin_templates"))
    named = [
        f"{n}/{path.relative_to(folder).as_posix()} {_hashed(path)}"
        for n, folder in enumerate(folders)
        for path in _files(folder)
    ]
    system = (
        sys.version,
        platform.system(),
        platform.machine(),
        zlib.ZLIB_RUNTIME_VERSION,
        *text_engine().values(),
        *_installed(),
    )
    return digest(*named, *system)


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f not in ("__pycache__", "_shipped")]
        found += [Path(path, name) for name in names if not name.endswith(".pyc")]
    return sorted(found)


def _hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed() -> list[str]:
    """`numpy-2.3.5.dist-info` of everything that can be imported: read from the names of folders, because asking for each
    distribution in turn takes as long as a small build."""
    return sorted(
        {e.name for folder in sys.path if folder for e in _listed(Path(folder)) if e.name.endswith((".dist-info", ".egg-info"))}
    )


def text_engine() -> dict[str, str]:
    """Versions of the libraries that set the type of a PDF: `absent` where they are not on this machine."""
    return {
        "pango": _asked("pango_version_string", "libpango-1.0-0", "libpango-1.0.so.0", "pango-1.0", "libpango-1.0.dylib"),
        "harfbuzz": _asked("hb_version_string", "libharfbuzz-0", "libharfbuzz.so.0", "harfbuzz", "libharfbuzz.0.dylib"),
        "harfbuzz-subset": _asked(
            "hb_version_string",
            "libharfbuzz-subset-0",
            "libharfbuzz-subset.so.0",
            "harfbuzz-subset",
            "libharfbuzz-subset.0.dylib",
        ),
        "fontconfig": _asked(
            "FcGetVersion", "libfontconfig-1", "libfontconfig.so.1", "fontconfig", "libfontconfig.1.dylib", text=False
        ),
    }


def has_text_engine() -> bool:
    """Whether all libraries that set the type of a PDF are on this machine, those that tell no version too."""
    silent = (
        _asked("pango_ft2_font_map_get_type", "libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", text=False),
        _asked("g_closure_get_type", "libgobject-2.0-0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", text=False),
    )
    return "absent" not in (*silent, *text_engine().values())


def _asked(function: str, *libraries: str, text: bool = True) -> str:
    for name in libraries:
        try:
            asked = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        asked.restype = ctypes.c_char_p if text else ctypes.c_int
        found = asked()
        return found.decode("ascii", "replace") if isinstance(found, bytes) else str(found)
    return "absent"
