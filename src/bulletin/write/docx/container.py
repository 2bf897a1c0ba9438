"""The container of a Word file: its parts, their content types, how they relate to each other, and the zip around them all."""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.write.docx.markup import DECLARATION, escape

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KNOWN = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
"""Content types by the ending of a name, where a part has no other."""
_DECLARED = DECLARATION.replace('"', "'")
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


@dataclass
class Container:
    """Names begin with `/`; what a package itself relates to has the empty name."""

    contents: dict[str, Content] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By name of a part: id, type and target of each, in their order."""

    def part(self, name: str, kind: str, content: Content) -> str:
        """Takes it in and returns its name."""
        self.contents[name], self.kinds[name] = content, kind
        return name

    def relate(self, source: str, kind: str, target: str, identity: str) -> None:
        self.relations.setdefault(source, []).append((identity, kind, target))

    def packed(self) -> bytes:
        parts: dict[str, Content] = {"[Content_Types].xml": self._types()}
        for source, found in self.relations.items():
            folder, name = posixpath.split(source or "/")
            lines = "".join(
                f'<Relationship Id="{i}" Type="{kind}" Target="{posixpath.relpath(target, folder)}"/>'
                for i, kind, target in found
            )
            rels = f'{_DECLARED}<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'
            parts[posixpath.join(folder, "_rels", f"{name}.rels")[1:]] = rels.encode()
        return zipped(parts | {name[1:]: content for name, content in self.contents.items()})

    def _types(self) -> bytes:
        defaults, others = {"rels", "xml"}, []
        for name, kind in self.kinds.items():
            ending = name.rpartition(".")[2]
            if _KNOWN.get(ending) == kind:
                defaults.add(ending)
            else:
                others.append(f'<Override PartName="{escape(name)}" ContentType="{kind}"/>')
        known = "".join(f'<Default Extension="{e}" ContentType="{_KNOWN[e]}"/>' for e in sorted(defaults))
        return f'{_DECLARED}<Types xmlns="{_TYPES}">{known}{"".join(sorted(others))}</Types>'.encode()


def zipped(parts: Mapping[str, Content]) -> bytes:
    """Sorted entries (the content types first, as readers expect) without a time of writing; pictures, packed already, as they are."""
    entries, index, at = [], [], 0
    for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
        method, crc, size, data = _entry(name, parts[name])
        path = name.encode()
        common = struct.pack(
            "<5H3L2H", 20, 0 if name.isascii() else 1 << 11, method, 0, _DATE, crc, len(data), size, len(path), 0
        )
        entries += [b"PK\x03\x04", common, path, data]
        index += [b"PK\x01\x02\x14\x00", common, struct.pack("<3H2L", 0, 0, 0, 0, at), path]
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
