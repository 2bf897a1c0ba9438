"""The country's own letterhead, `config/letterhead.docx`: read as any file from elsewhere, and laid over the Word files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bulletin.errors import ConfigError, ReviewError
from bulletin.isolated import LostError, Reader
from bulletin.limits import DOCX_FILE
from bulletin.load.files import read_path
from bulletin.load.lost import stopped
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.produce import Product
from bulletin.review.package import Package, main_part, open_package
from bulletin.write.docx.letterhead import KINDS, Letterhead, Strip, dressed
from bulletin.write.docx.page_numbers import listed

FILE = "config/letterhead.docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def letterhead(root: Path) -> tuple[Letterhead, str] | None:
    """With its digest; None where the country has none. Raises ConfigError where it cannot be read."""
    path = root / FILE
    if not path.exists():
        return None
    if path.is_symlink() or not path.is_file():
        raise ConfigError([_unreadable("link")])
    try:
        data = read_path(path, FILE, DOCX_FILE)
        with Reader() as reader:
            found = reader.call(f"{__name__}:{read_letterhead.__name__}", data)
    except ReviewError as fault:
        raise ConfigError([_unreadable(fault.findings[0].rule.removeprefix("review-file-"))]) from fault
    except LostError as lost:
        raise ConfigError([stopped(lost, FILE)]) from lost
    assert isinstance(found, Letterhead)
    return found, hashlib.sha256(data).hexdigest()


def _unreadable(reason: str) -> Finding:
    return Finding("letterhead-unreadable", Severity.ERROR, Place(FILE), parameters={"reason": reason})


def read_letterhead(data: bytes) -> Letterhead:
    """To be called in a process with limits."""
    package = open_package(data, FILE)
    main = main_part(package)
    body = package.xml(main)
    styles = package.related(main, "styles")
    if body is None or not styles or package.xml(styles[0]) is None:
        raise ConfigError([_unreadable("styles")])
    sections = list(body.iter(f"{_W}sectPr"))
    last = sections[-1] if sections else None
    margins = last.find(f"{_W}pgMar") if last is not None else None
    found = {}
    for side in ("top", "bottom", "header", "footer"):
        said = str(margins.get(f"{_W}{side}", "")) if margins is not None else ""
        if said.lstrip("-").isdigit():
            found[side] = abs(int(said))
    head, foot = (_strip(package, main, last, kind) for kind in ("header", "footer"))
    return Letterhead(package.data(styles[0]) or b"", _faces(package, main), head, foot, found)


def _strip(package: Package, main: str, section: object, kind: str) -> Strip | None:
    """The head or foot of ordinary pages; where there is none, that of the first page."""
    references: dict[str, str] = {}
    for reference in section.iter(f"{_W}{kind}Reference") if section is not None else ():  # type: ignore[attr-defined]
        references[str(reference.get(f"{_W}type"))] = str(reference.get(f"{_R}id"))
    identity = references.get("default") or references.get("first")
    part = next((r.part for r in package.relationships(main) if r.id == identity and r.part), None)
    if part is None or package.xml(part) is None:
        return None
    pictures = {}
    for relation in package.relationships(part):
        ending = relation.part.rpartition(".")[2].lower()
        content = package.data(relation.part) if relation.kind == "image" and relation.part and ending in KINDS else None
        if content:
            pictures[relation.id] = (ending, content)
    return Strip(package.data(part) or b"", pictures)


def _faces(package: Package, main: str) -> dict[str, str]:
    theme = package.one(main, "theme")
    if theme is None:
        return {}
    found = {}
    for kind in ("major", "minor"):
        face = theme.find(f".//{_A}{kind}Font/{_A}latin")
        if face is not None and face.get("typeface"):
            found[kind] = str(face.get("typeface"))
    return found


def on_letterhead(products: Iterable[Product], found: Letterhead, paper: str) -> tuple[tuple[Product, ...], tuple[Finding, ...]]:
    """The Word files of the bulletin on it; a leaflet has no heads. What was not taken over is told."""
    done, dropped = [], {}
    for product in products:
        if product.format == "docx" and listed(product.data):
            made = dressed(product.data, found, paper)
            dropped.update(dict.fromkeys(made.dropped))
            done.append(replace(product, data=made.data))
        else:
            done.append(product)
    place = Place(FILE)
    told = tuple(Finding("letterhead-dropped", Severity.WARNING, place, key=what, parameters={"what": what}) for what in dropped)
    return tuple(done), told
