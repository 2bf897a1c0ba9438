"""A reviewed Word file as values: paragraphs in both views, tables, comments, charts, and what the file says of itself."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bulletin.model.reviewed import Mark, ReadFile
from bulletin.review.charts import read_charts
from bulletin.review.comments import read_comments
from bulletin.review.package import Package, main_part, open_package
from bulletin.review.paragraphs import grouped, read_paragraphs, settled
from bulletin.review.ranges import commented, marks, ranges
from bulletin.review.styles import read_styles
from bulletin.review.tables import read_tables
from bulletin.review.walk import Walk
from bulletin.review.wordml import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MANIFEST = "urn:bulletin:manifest:1"
"""Namespace of the part that holds the build's manifest; programs rename the part."""
BUILD = "bulletin.build"
"""Name of the property with the id of the build."""

_DC = "{http://purl.org/dc/terms/}"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_NOTES = (("footnotes", f"{W}footnote"), ("endnotes", f"{W}endnote"))


def read_docx(data: bytes, file: str = "") -> ReadFile:
    """Raises ReviewError with a finding when the file cannot be taken in; `file` is its name in messages, it is not opened."""
    package = open_package(data, file)
    main = main_part(package)
    walk = Walk(read_styles(package.one(main, "styles")))
    root = package.xml(main)
    assert root is not None
    for body in root.iterfind(f"{W}body"):
        walk.body(body)
    drawings = tuple(walk.charts)
    for kind, tag in _NOTES:
        for note in _notes(package.one(main, kind), tag):
            name = f"{kind} {note.get(f'{W}id', '')}"
            if name in walk.called:
                walk.aside(note, walk.called[name], name)
    for kind in ("header", "footer"):
        for name in package.related(main, kind):
            aside = package.xml(name)
            if aside is not None:
                walk.aside(aside)
    raws = walk.paragraphs
    groups = grouped(raws)
    places = settled(groups, raws)
    texts = ["".join(raws[m].accepted for m in group.members) for group in groups]
    found = list(ranges(raws, "bookmark"))
    marked = marks(found, raws, places, texts)
    by_raw: dict[int, tuple[Mark, ...]] = defaultdict(tuple)
    for index, group in enumerate(groups):
        for member in group.members:
            by_raw[member] = marked.get(index, ())
    return ReadFile(
        paragraphs=read_paragraphs(raws, groups, marked),
        tables=read_tables(walk.tables, raws, by_raw, found),
        comments=read_comments(
            package.one(main, "comments"), package.one(main, "commentsExtended"), commented(raws), raws, places
        ),
        charts=read_charts(package, main, drawings),
        manifest=_manifest(package, main),
        build=_property(package),
        application=_said(package.one("", "extended-properties"), f"{_PROPERTIES}Application"),
        saved=_said(package.one("", "core-properties"), f"{_DC}modified"),
        digest=hashlib.sha256(data).hexdigest(),
        languages=tuple(tongue for tongue, _ in walk.tongues.most_common()) or (walk.styles.language,),
    )


def _notes(root: Element | None, tag: str) -> Iterable[Element]:
    """Without the lines that part notes from the text. What nothing calls is not printed: Word itself drops such notes."""
    return () if root is None else [e for e in root.iterfind(tag) if e.get(f"{W}type", "normal") == "normal"]


def _manifest(package: Package, main: str) -> bytes:
    for name in package.related(main, "customXml"):
        root = package.xml(name)
        if root is not None and str(root.tag).startswith(f"{{{MANIFEST}}}"):
            return "".join(str(text) for text in root.itertext()).encode()
    return b""


def _property(package: Package) -> str:
    root = package.one("", "custom-properties")
    for entry in root.iterfind(f"{_CUSTOM}property") if root is not None else ():
        if entry.get("name") == BUILD:
            return "".join(str(text) for text in entry.itertext()).strip()
    return ""


def _said(root: Element | None, name: str) -> str:
    return "" if root is None else (root.findtext(name) or "").strip()
