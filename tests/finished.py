"""Reads finished files as a reader would: words and numbers of a PDF and of a DOCX, sharing no code with the writers."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://www.w3.org/1999/xhtml}"
_ATOM = re.compile(r"\d[\d.,]*\d|\d")
_NUMBER = re.compile(r"\d[\d\u00a0\u202f.,]*\d|\d")
_SPACES = re.compile(r"[\u00a0\u202f]")

Node = dict[str, Any]
"""Of a tree as `document.<language>.json` has it."""
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True)
class Word:
    """A word of a PDF and its box, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """A page of a PDF: its lines of words."""

    number: int
    width: float
    height: float
    lines: tuple[tuple[Word, ...], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for line in self.lines for w in line)

    def in_foot(self, word: Word) -> bool:
        """Whether a word stands below the text block: running line and folio."""
        return word.top > self.height - (56 if self.width > self.height else 76)


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    return _sheets(path.read_bytes())


@lru_cache(8)
def _sheets(data: bytes) -> tuple[Sheet, ...]:
    """Of one file, whoever asks for it."""
    raw = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=data, check=True, capture_output=True).stdout
    root = etree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", raw))
    return tuple(_sheet(n, page) for n, page in enumerate(root.iter(f"{X}page"), start=1))


def _sheet(number: int, page: etree._Element) -> Sheet:
    lines = [
        tuple(
            Word(w.text or "", float(w.get("xMin", 0)), float(w.get("yMin", 0)), float(w.get("xMax", 0)), float(w.get("yMax", 0)))
            for w in line.iter(f"{X}word")
        )
        for line in page.iter(f"{X}line")
    ]
    return Sheet(number, float(page.get("width", 0)), float(page.get("height", 0)), tuple(lines))


def pdf_numbers(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Where, and a run of number atoms that stand side by side; folios and page numbers of the contents are left out.

    The file gives no-break spaces as plain ones, so `124 488` arrives as two atoms of one run: `unknown` puts them together.
    """
    sheets = read_sheets(path)
    first = next((s.number for s in sheets if s.number > 1 and _opens_chapter_one(s)), 1)
    for sheet in sheets:
        for line in sheet.lines:
            words = [w for w in line if not (sheet.in_foot(w) and re.fullmatch(r"\d{1,3}", w.text))]
            if sheet.number < first and words and words[-1].text.isdigit() and int(words[-1].text) <= len(sheets):
                words.pop()
            yield from ((f"{path.name}, p. {sheet.number}", run) for run in _runs(words))


def _opens_chapter_one(sheet: Sheet) -> bool:
    return any(w.text == "1" and w.bottom - w.top > 24 for w in sheet.words)


def _runs(words: list[Word]) -> Iterator[list[str]]:
    run: list[str] = []
    former: Word | None = None
    for word in words:
        atoms = _ATOM.findall(word.text)
        joins = former is not None and word.left - former.right < 0.5 * (word.bottom - word.top)
        starts = word.text[:1].isdigit() and former is not None and former.text[-1:].isdigit()
        if run and not (joins and starts):
            yield run
            run = []
        for i, atom in enumerate(atoms):
            if i:
                yield run
                run = []
            run.append(atom)
        former = word
    if run:
        yield run


def docx_numbers(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Where, and the atoms of every number in the visible text; superscript note marks are left out."""
    for place, text in docx_paragraphs(path):
        for number in _NUMBER.findall(text):
            yield f"{path.name}, {place}: {text[:60]}", _SPACES.sub(" ", number.strip(".,\u00a0\u202f")).split(" ")


def docx_paragraphs(path: Path) -> Iterator[tuple[str, str]]:
    """Part and visible text of each paragraph of body, notes, headers and footers."""
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name):
                for paragraph in etree.fromstring(package.read(name)).iter(f"{W}p"):
                    yield name, "".join(_visible(paragraph))


def _visible(paragraph: etree._Element) -> Iterator[str]:
    """Text without note marks, without page numbers that Word counts itself, and without what text boxes hold."""
    field, counted = 0, False
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not paragraph:
            continue
        style = run.find(f"{W}rPr/{W}rStyle")
        for node in run:
            if node.tag == f"{W}fldChar":
                field += {"begin": 1, "end": -1}.get(node.get(f"{W}fldCharType", ""), 0)
                counted = counted and field > 0
            elif node.tag == f"{W}instrText":
                counted = counted or bool(re.match(r"\s*(PAGE|NUMPAGES|PAGEREF)\b", node.text or ""))
            elif node.tag == f"{W}t" and not counted and not (style is not None and style.get(f"{W}val") == "NoteMark"):
                yield node.text or ""
            elif node.tag in (f"{W}tab", f"{W}br"):
                yield " "


class Known:
    """Number tokens that an edition may print in a language: texts of facts and listed literals."""

    def __init__(self, out: Path, language: str) -> None:
        facts = json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]
        tree = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))
        texts = [t for f in facts for t in f["texts"].get(language, [])]
        self.tokens = {t for text in (*texts, *tree["literals"]) for t in tokens(text)}
        self.marked = {token + gap + mark for text, mark in _marked(tree) for token in tokens(text)[-1:] for gap in ("", " ")}
        """A figure with the superscript mark of its note, which a PDF reader sees as one word or as two."""

    def covers(self, atoms: list[str], *, marks: bool) -> bool:
        """Whether a run of atoms can be read as known tokens side by side."""
        reached = {0}
        for end in range(1, len(atoms) + 1):
            for start in sorted(reached):
                token = " ".join(atoms[start:end])
                if token in self.tokens or (marks and token in self.marked):
                    reached.add(end)
        return len(atoms) in reached


def tokens(text: str) -> list[str]:
    return [_SPACES.sub(" ", t.strip(".,\u00a0\u202f")) for t in _NUMBER.findall(text)]


def _marked(node: Json) -> Iterator[tuple[str, str]]:
    """Text and marks of cells, and of words that a mark follows."""
    if isinstance(node, dict):
        if node.get("type") == "Cell" and node["marks"]:
            yield str(node["text"]), str(node["marks"])
        if node.get("type") == "Row" and node["marks"]:
            yield _words(node["label"]), str(node["marks"])
        for value in node.values():
            yield from _marked(value)
    elif isinstance(node, list):
        for piece, following in zip(node, (*node[1:], None)[: len(node)], strict=True):
            if isinstance(following, dict) and following.get("type") in ("NoteMark", "Footnote"):
                yield _words(piece), str(following.get("mark") or following["number"])
            yield from _marked(piece)


def nodes(node: object, kind: str = "") -> Iterator[Node]:
    """Every node of a tree, or those of one type, in order."""
    if isinstance(node, dict):
        if "type" in node and kind in ("", node["type"]):
            yield node
        for value in node.values():
            yield from nodes(value, kind)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value, kind)


def _words(node: Json) -> str:
    """Text of inline content."""
    if isinstance(node, list):
        return "".join(_words(n) for n in node)
    if isinstance(node, dict):
        return _words(node["content"]) if "content" in node else str(node.get("text", ""))
    return ""


def unknown(found: Iterable[tuple[str, list[str]]], known: Known, *, marks: bool) -> list[str]:
    """Numbers that are neither a fact's printed text nor a listed literal, and where they stand."""
    return [f"{' '.join(atoms)} ({where})" for where, atoms in found if not known.covers(atoms, marks=marks)]


def pdf_text(path: Path) -> str:
    """All words in reading order, on one line."""
    return " ".join(w.text for s in read_sheets(path) for w in s.words)


def docx_text(path: Path) -> str:
    return "\n".join(text for _, text in docx_paragraphs(path))


def pdf_alternatives(path: Path) -> list[str]:
    """Alternative texts of the figures of a tagged PDF."""
    with pikepdf.open(path) as pdf:
        return [str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]


def docx_alternatives(path: Path) -> list[str]:
    """Alternative texts of pictures and tables."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = [str(e.get("descr")) for e in root.iter("{*}docPr") if e.get("descr")]
    return [*found, *(str(e.get(f"{W}val")) for e in root.iter(f"{W}tblDescription"))]
