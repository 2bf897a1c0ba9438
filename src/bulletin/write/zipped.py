"""A zip whose bytes depend on its contents alone: sorted entries without a time of writing or a system of origin."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_STORED, _DEFLATED = 0, 8
_DATE = 1 << 5 | 1
"""1 January 1980."""


@dataclass(frozen=True)
class Deflated:
    """Bytes that were deflated before, as gzip: once for every file that takes them."""

    gzip: bytes


Content = bytes | Deflated


def deflated(data: bytes, level: int = 6) -> Deflated:
    return Deflated(zlib.compress(data, level, 31))


def zipped(parts: Mapping[str, Content], *, private: bool = False) -> bytes:
    """Sorted entries (the content types first, as readers expect) without a time of writing; pictures, packed already, as they are.
    `private`: who unpacks them on Unix is the only one to read them. At most 65,535 entries and 4 GB."""
    entries, index, at = [], [], 0
    made, rights = (b"\x14\x03", 0o600 << 16) if private else (b"\x14\x00", 0)
    for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
        method, crc, size, data = _entry(name, parts[name])
        path = name.encode()
        common = struct.pack(
            "<5H3L2H", 20, 0 if name.isascii() else 1 << 11, method, 0, _DATE, crc, len(data), size, len(path), 0
        )
        entries += [b"PK\x03\x04", common, path, data]
        index += [b"PK\x01\x02", made, common, struct.pack("<3H2L", 0, 0, 0, rights, at), path]
        at += 4 + len(common) + len(path) + len(data)
    listed = b"".join(index)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join((*entries, listed, end))


def _entry(name: str, content: Content) -> tuple[int, int, int, bytes]:
    """Method, checksum and size of the content, and its bytes as they lie in the zip."""
    if isinstance(content, bytes) and name.endswith((".png", ".jpg")):
        return _STORED, zlib.crc32(content), len(content), content
    packed = (content if isinstance(content, Deflated) else deflated(content)).gzip
    crc, size = struct.unpack("<2L", packed[-8:])
    return _DEFLATED, crc, size, packed[10:-8]
