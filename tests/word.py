"""Reads a finished Word file as assistive technology does, and tells what a reader with a screen reader would stumble over.

Shares no code with the writers. The points are those of Word's own checker and of WCAG 2.1 as far as a document has them.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
DC = "{http://purl.org/dc/elements/1.1/}"

_LONGEST = 300
_CLOSING = ("FieldEnd", "BlockEnd", "LeafletSpace")
"""Paragraphs that must be there: a section, a cell and a field that runs over paragraphs need one to end in."""


@dataclass
class File:
    path: Path

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as package:
            return {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @cached_property
    def body(self) -> etree._Element:
        return self.xml("word/document.xml")

    @cached_property
    def stories(self) -> dict[str, etree._Element]:
        """Body, heads, feet and notes."""
        names = [n for n in self.parts if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", n)]
        return {name: self.xml(name) for name in names}

    @cached_property
    def styles(self) -> dict[str, etree._Element]:
        return {str(s.get(f"{W}styleId")): s for s in self.xml("word/styles.xml").iter(f"{W}style")}

    @cached_property
    def titles(self) -> list[etree._Element]:
        return [p for p in self.body.iter(f"{W}p") if "Title" in self.ancestry(style(p))]

    def ancestry(self, style: str) -> Iterator[str]:
        """The style and those it is based on."""
        while style:
            yield style
            style = value(self.styles[style].find(f"{W}basedOn")) if style in self.styles else ""

    @cached_property
    def tongues(self) -> int:
        """Languages that the title is in."""
        runs = [r for p in self.titles for r in p.iter(f"{W}r")]
        return max(1, len({value(r.find(f"{W}rPr/{W}lang")) for r in runs}))

    def inherited(self, style: str, path: str) -> etree._Element | None:
        """The property of a style, or of those it is based on."""
        found = (self.styles[name].find(path) for name in self.ancestry(style) if name in self.styles)
        return next((element for element in found if element is not None), None)


def value(element: etree._Element | None, name: str = "val") -> str:
    return "" if element is None else str(element.get(f"{W}{name}") or "")


def text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))


def style(paragraph: etree._Element) -> str:
    return value(paragraph.find(f"{W}pPr/{W}pStyle"))


def faults(path: Path) -> list[str]:
    """What stands in the way, one line each; empty for a file that everybody can read."""
    file = File(path)
    return [f"{path.name}: {name}: {fault}" for name, check in CHECKS.items() for fault in check(file)]


def _about(file: File) -> Iterator[str]:
    core = file.xml("docProps/core.xml")
    for tag in ("title", "subject", "creator", "language"):
        if not (core.findtext(f"{DC}{tag}") or "").strip():
            yield f"no {tag}"
    titles = file.titles
    if len(titles) != file.tongues:
        yield f"{len(titles)} titles"
    if b"updateFields" in file.parts["word/settings.xml"]:
        yield "asks to renew fields when opened"


def _languages(file: File) -> Iterator[str]:
    default = file.xml("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", value(default)):
        yield "no language of the text"
    for name, story in file.stories.items():
        for lang in story.iter(f"{W}lang"):
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", value(lang) or value(lang, "eastAsia")):
                yield f"{name}: language {value(lang)!r}"


def _headings(file: File) -> Iterator[str]:
    level = 0
    for paragraph in file.body.iter(f"{W}p"):
        outline = file.inherited(style(paragraph), f"{W}pPr/{W}outlineLvl")
        if outline is None:
            continue
        found = int(value(outline)) + 1
        if found > level + 1:
            yield f"level {found} after {level}: {text(paragraph)[:50]}"
        if not text(paragraph).strip():
            yield "an empty heading"
        level = found
    if not level:
        yield "no heading"


def _pictures(file: File) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name, story in file.stories.items():
        for drawing in story.iter(f"{W}drawing"):
            for place in drawing.iter(f"{WP}inline", f"{WP}anchor"):
                about = place.find(f"{WP}docPr")
                assert about is not None
                seen[str(about.get("id"))] += 1
                decorative = any(str(e.tag).endswith("}decorative") and e.get("val") == "1" for e in about.iter())
                said = str(about.get("descr") or "")
                if not said and not decorative:
                    yield f"{name}: a picture without a text"
                if len(said) > _LONGEST * file.tongues:
                    yield f"{name}: {len(said)} characters: {said[:40]}"
                if (
                    place.tag == f"{WP}anchor"
                    and name == "word/document.xml"
                    and not decorative
                    and place.get("behindDoc") != "1"
                ):
                    yield f"{name}: a floating picture: {said[:40]}"
        yield from (f"{name}: a text box" for _ in story.iter(f"{W}txbxContent"))
        yield from (f"{name}: a shape without a text" for s in story.iter(f"{V}shape") if not s.get("alt"))
    yield from (f"drawing {n} {count} times" for n, count in seen.items() if count > 1)


def _tables(file: File) -> Iterator[str]:
    for table in file.body.iter(f"{W}tbl"):
        about = table.find(f"{W}tblPr")
        assert about is not None
        said = value(about.find(f"{W}tblDescription"))
        name = text(table)[:40]
        if not said.strip() or not value(about.find(f"{W}tblCaption")).strip():
            yield f"no description: {name}"
        rows = table.findall(f"{W}tr")
        if value(about.find(f"{W}tblLook"), "firstRow") != "1":
            continue
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        count = sum(heads)
        if not count or heads != [True] * count + [False] * (len(rows) - count):
            yield f"no heads at the top: {name}"
        for row in rows[:count]:
            for cell in row.findall(f"{W}tc"):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if not text(cell).strip() and value(merge) != "continue":
                    yield f"an empty head: {name}"
        if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows):
            yield f"a row that may be divided: {name}"
        if any(not text(cell).strip() for row in rows[count:] for cell in row.findall(f"{W}tc")):
            yield f"an empty cell: {name}"
        # Above the table, or above the one that places it beside another: its title, kept with it.
        above = next(table.iterancestors(f"{W}tbl"), table).getprevious()
        if above is None or above.tag != f"{W}p" or file.inherited(style(above), f"{W}pPr/{W}keepNext") is None:
            yield f"its title may stand on another page: {name}"


def _spaces(file: File) -> Iterator[str]:
    paragraphs = next(file.body.iter(f"{W}body")).findall(f"{W}p")
    for paragraph in paragraphs:
        empty = not text(paragraph).strip() and not any(True for _ in paragraph.iter(f"{W}drawing", f"{W}fldChar"))
        if empty and style(paragraph) not in _CLOSING:
            yield f"an empty paragraph ({style(paragraph)})"
    for paragraph, following in pairwise(paragraphs):
        both = {style(paragraph), style(following)} <= set(_CLOSING) and paragraph.getnext() is following
        if (
            both
            and not text(paragraph)
            and paragraph.find(f"{W}r/{W}fldChar") is None
            and not text(following)
            and paragraph.find(f"{W}pPr/{W}sectPr") is None
        ):
            yield "two empty paragraphs"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _contrast(file: File) -> Iterator[str]:
    """Of every run on what lies behind it: shading of the run, the paragraph or the cell."""
    seen: dict[tuple[str, str], str] = {}
    for paragraph in file.body.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        grounds = [
            paragraph.find(f"{W}pPr/{W}shd"),
            file.inherited(style(paragraph), f"{W}pPr/{W}shd"),
            cell.find(f"{W}tcPr/{W}shd") if cell is not None else None,
        ]
        behind = next((value(g, "fill") for g in grounds if g is not None), "FFFFFF")
        for run in paragraph.iter(f"{W}r"):
            if not text(run).strip():
                continue
            kind = value(run.find(f"{W}rPr/{W}rStyle"))
            shade = file.inherited(kind, f"{W}rPr/{W}shd")
            if shade is None:
                shade = file.inherited(style(paragraph), f"{W}rPr/{W}shd")
            own = [run.find(f"{W}rPr/{W}color"), file.inherited(kind, f"{W}rPr/{W}color")]
            own += [file.inherited(style(paragraph), f"{W}rPr/{W}color")]
            colour = next((value(c) for c in own if c is not None), "000000")
            seen.setdefault((colour, value(shade, "fill") or behind), text(run)[:30])
    for (colour, ground), words in seen.items():
        if re.fullmatch(r"[0-9A-F]{6}", colour) and contrast(colour, ground) < 4.5:
            yield f"{colour} on {ground} is {contrast(colour, ground):.1f}: {words}"


def _links(file: File) -> Iterator[str]:
    names = Counter(str(m.get(f"{W}name")) for s in file.stories.values() for m in s.iter(f"{W}bookmarkStart"))
    yield from (f"bookmark {name} {count} times" for name, count in names.items() if count > 1)
    used = set()
    for link in file.body.iter(f"{W}hyperlink"):
        target = value(link, "anchor")
        used.add(target)
        if not text(link).strip():
            yield f"a link without words to {target}"
        if target not in names:
            yield f"a link to nowhere: {target}"
    for code in file.body.iter(f"{W}instrText"):
        for target in re.findall(r"(?:PAGE)?REF (\S+)", code.text or ""):
            used.add(target)
            if target not in names:
                yield f"a reference to nowhere: {target}"
    ends = Counter(value(m, "id") for m in file.body.iter(f"{W}bookmarkEnd"))
    if ends != Counter(value(m, "id") for m in file.body.iter(f"{W}bookmarkStart")):
        yield "a bookmark without an end"


def _lists(file: File) -> Iterator[str]:
    for paragraph in file.body.iter(f"{W}p"):
        words = text(paragraph).lstrip()
        numbered = (
            paragraph.find(f"{W}pPr/{W}numPr") is not None or file.inherited(style(paragraph), f"{W}pPr/{W}numPr") is not None
        )
        if words[:1] in "•▪–*" and words[1:2] in "\t \u00a0" and words[1:2] and not numbered:
            yield f"a bullet that is typed: {words[:30]}"


def _relations(file: File) -> Iterator[str]:
    """Every relationship leads to a part, is used where it is declared, and none leads out of the file."""
    for name, data in file.parts.items():
        if not name.endswith(".rels"):
            continue
        folder, _, own = name.rpartition("_rels/")
        source = file.parts.get(folder + own.removesuffix(".rels"), b"")
        for relation in etree.fromstring(data):
            target = str(relation.get("Target"))
            if relation.get("TargetMode") == "External":
                yield f"{name}: leads out of the file: {target}"
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(folder + target)
            if path not in file.parts:
                yield f"{name}: leads to nothing: {target}"
            kind = str(relation.get("Type")).rpartition("/")[2]
            if (
                source
                and kind in ("image", "chart", "header", "footer", "font")
                and f'"{relation.get("Id")}"'.encode() not in source
            ):
                yield f"{name}: not used: {target}"


CHECKS: dict[str, Callable[[File], Iterator[str]]] = {
    "about": _about,
    "languages": _languages,
    "headings": _headings,
    "pictures": _pictures,
    "tables": _tables,
    "spaces": _spaces,
    "contrast": _contrast,
    "links": _links,
    "lists": _lists,
    "relations": _relations,
}


_HEADINGS = ("ListHeading", "FrontHeading", "SheetHead", "ExhibitLabel", "ExhibitSubtitle", "BoxTitle")


def left_alone(path: Path, pages: Iterable[list[str]]) -> list[str]:
    """Headings and titles at the foot of a page, of a layout of the file; `pages`: the lines of each, without its foot."""
    file = File(path)
    paragraphs = list(file.body.iter(f"{W}p"))
    heads = [p for p in paragraphs if re.match("Heading", style(p)) or style(p) in _HEADINGS]
    said = Counter(_bare(text(p)) for p in paragraphs)
    # What another paragraph says too, as a table of contents does, is not told from it.
    names = {name for p in heads if len(name := _bare(text(p))) > 3 and said[name] == 1}
    found = []
    for number, lines in enumerate(pages, 1):
        foot = _bare(" ".join(lines[-3:]))
        found += [f"{path.name}: page {number} ends in {name!r}" for name in names if lines and foot.endswith(name)]
    return found


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


def validator() -> str | None:
    """The one made of Microsoft's Open XML SDK, where it is installed."""
    local = Path(__file__).parent / "tools" / "node_modules" / ".bin" / "ooxml-validator"
    return os.environ.get("OOXML_VALIDATOR") or (str(local) if local.exists() else shutil.which("ooxml-validator"))


def invalid(path: Path) -> list[str]:
    """What two validators of the format find."""
    from openxml_audit import OpenXmlValidator

    return [*(f"{path.name}: {e.part_uri}: {e.description}" for e in OpenXmlValidator().validate(path).errors), *refused(path)]


def refused(path: Path) -> list[str]:
    """What the second of them finds; the first is the one that `bulletin verify` asks."""
    if not (program := validator()):
        return []
    said = subprocess.run([program, str(path)], capture_output=True, text=True, check=False).stdout
    return [f"{path.name}: {e}" for e in json.loads(said)["errors"]]
