"""Reviewed files as parts: untrusted bytes, unpacked within limits and parsed without entities; nothing outside them is fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.errors import ReviewError
from bulletin.limits import DOCX_FILE, DOCX_PART, DOCX_PARTS, DOCX_RATIO, DOCX_READ, DOCX_UNPACKED
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.review.mend import without_controls

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STRICT = b"http://purl.oclc.org/ooxml/"
_ALIASES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", b"http://schemas.openxmlformats.org/drawingml/2006/chart"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
)
"""The strict form of the format has other names for the same things."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Relationship:
    id: str
    kind: str
    """Last part of its type: `comments`, `chart`."""
    part: str
    """Name of the part; empty where it lies outside the file."""


@dataclass
class Package:
    """An opened file; `read` counts what has been unpacked."""

    archive: zipfile.ZipFile
    file: str
    members: Mapping[str, zipfile.ZipInfo]
    """By name, in lower case as readers compare them."""
    read: int = 0
    parsed: dict[str, Element | None] = field(default_factory=dict)
    mended: list[str] = field(default_factory=list)
    """Parts whose controls were nested wrongly and left out."""

    def data(self, part: str) -> bytes | None:
        """None where there is no such part."""
        member = self.members.get(part.lower())
        if member is None:
            return None
        if member.flag_bits & 1:
            raise refused("review-file-encrypted", self.file)
        if member.file_size > DOCX_PART.most or member.file_size > DOCX_RATIO.most * max(member.compress_size, 1000):
            raise refused("review-file-too-large", self.file, what=part, found=member.file_size, limit=DOCX_PART.most)
        chunks = []
        size = 0
        try:
            with self.archive.open(member) as stream:
                while chunk := stream.read(1 << 20):
                    size += len(chunk)
                    self.read += len(chunk)
                    if size > DOCX_PART.most or self.read > DOCX_READ.most:
                        raise refused("review-file-too-large", self.file, what=part, found=self.read, limit=DOCX_READ.most)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
            raise refused("review-file-broken", self.file, part=part) from error
        return b"".join(chunks)

    def xml(self, part: str) -> Element | None:
        """Root of a part, None where there is none; parsed once."""
        if part not in self.parsed:
            data = self.data(part)
            self.parsed[part] = None if data is None else self._tree(data, part)
        return self.parsed[part]

    def _tree(self, data: bytes, part: str) -> Element:
        root = parsed(data)
        if root is None:
            # Controls carry no words: left out, nothing is lost, provided that all else is well formed.
            simple = without_controls(data)
            root = parsed(simple) if simple is not None else None
            if root is None:
                raise refused("review-file-malformed", self.file, part=part)
            self.mended.append(part)
        return root

    def relationships(self, part: str) -> Iterator[Relationship]:
        """Of a part, or of the whole file (`part` empty); what lies outside the file has no part."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return
        for element in root.iter(_RELATIONSHIP):
            target = element.get("Target", "")
            inside = element.get("TargetMode", "Internal") != "External"
            kind = element.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
            yield Relationship(element.get("Id", ""), kind, _resolved(folder, target) if inside else "")

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that a part is related to in one way, those that exist."""
        return [r.part for r in self.relationships(part) if r.kind == kind and r.part.lower() in self.members]

    def one(self, part: str, kind: str) -> Element | None:
        names = self.related(part, kind)
        return self.xml(names[0]) if names else None


def open_package(data: bytes, file: str = "") -> Package:
    """Of a Word document; everything else is refused by what it is. `file`: its name in messages."""
    if len(data) > DOCX_FILE.most:
        raise refused("review-file-too-large", file, what=file or "file", found=len(data), limit=DOCX_FILE.most)
    if data.startswith(_COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise refused("review-file-encrypted" if locked else "review-file-old-word", file)
    if data.startswith(b"{\\rtf"):
        raise refused("review-file-old-word", file)
    package = unpacked(data, file)
    kind = package.data("mimetype") or b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise refused("review-file-odt" if b"text" in kind else "review-file-not-docx", file)
    types = package.xml("[Content_Types].xml")
    if types is None or main_part(package) not in package.members:
        raise refused("review-file-not-docx", file)
    content = {e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in types.iter(_OVERRIDE)}
    if "macroenabled" in content.get(main_part(package), "").lower() or any(
        n.endswith("vbaproject.bin") for n in package.members
    ):
        raise refused("review-file-macros", file)
    root = package.xml(main_part(package))
    if root is None or not str(root.tag).endswith("/wordprocessingml/2006/main}document"):
        raise refused("review-file-not-docx", file)
    return package


def unpacked(data: bytes, file: str) -> Package:
    """Any zip within the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        rule = "review-file-broken" if data.startswith(b"PK") else "review-file-not-docx"
        raise refused(rule, file, part="zip") from error
    if len(members) > DOCX_PARTS.most:
        raise refused("review-file-too-large", file, what="zip", found=len(members), limit=DOCX_PARTS.most)
    if sum(m.file_size for m in members) > DOCX_UNPACKED.most:
        raise refused(
            "review-file-too-large", file, what="zip", found=sum(m.file_size for m in members), limit=DOCX_UNPACKED.most
        )
    by_name: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = member.filename.lstrip("/").lower()
        if name in by_name:
            # Which of the two another program shows cannot be known.
            raise refused("review-file-broken", file, part=member.filename[:60])
        by_name[name] = member
    return Package(archive, file, by_name)


def main_part(package: Package) -> str:
    """Name of the part that holds the text, in lower case."""
    return next((r.part.lower() for r in package.relationships("") if r.kind == "officeDocument"), "")


def parsed(data: bytes) -> Element | None:
    """None where it is not well formed, or brings declarations of its own (no program writes them into such files)."""
    from lxml import etree

    if _STRICT in data:
        for strict, usual in _ALIASES:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None or root.getroottree().docinfo.internalDTD is not None else root


def refused(rule: str, file: str, **parameters: Parameter) -> ReviewError:
    return ReviewError([Finding(rule, Severity.ERROR, Place(file), key=file, parameters=parameters)])


def _resolved(folder: str, target: str) -> str:
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
