"""The container of a Word file: its parts, their content types, how they relate to each other, and the zip around them all."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from bulletin.write.docx.markup import DECLARATION, escape
from bulletin.write.zipped import Content, zipped

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
