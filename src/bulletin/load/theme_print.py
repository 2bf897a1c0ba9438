"""Whether a theme can be set: its faces are shipped and have every letter of the edition's languages, its sizes fit the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.theme import Print, Theme

CUTS: Mapping[str, tuple[str, ...]] = {
    "text": ("Regular", "Semibold", "Bold", "It"),
    "display": ("Regular", "Light"),
    "heading": ("Regular", "Semibold"),
    "figures": ("Regular",),
}
"""Weights in which a face is set."""

SIZES: Mapping[str, tuple[float, float]] = {
    "cover": (30, 44),
    "chapter": (28, 40),
    "chapter_number": (40, 72),
    "title": (20, 30),
    "section": (13, 18),
    "subsection": (11, 13.5),
    "lede": (11.5, 14),
    "key_figure": (22, 30),
    "exhibit": (10.5, 13),
    "subtitle": (8.5, 10),
    "note": (7.5, 9),
    "body": (9.5, 11),
    "chart": (8.5, 9.5),
}
"""Points. Smaller cannot be read in print (nothing may be below 7 points, and sparklines are smaller than their chart); larger no
longer fits the columns."""

LEADING = (0.26, 0.55)
"""Millimetres from line to line for each point of size: closer, letters touch; wider, lines fall apart."""

SPACES: Mapping[str, tuple[float, float]] = {"paragraph": (1.5, 5), "exhibit": (5, 12), "section": (7, 16)}
"""Millimetres."""

_INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")


def print_findings(theme: Theme, tree: Map, fonts: Path, languages: Mapping[str, Tree]) -> Iterator[Finding]:
    """`languages`: packs of fixed words by language; `fonts`: the folder of the shipped faces."""
    yield from _faces(theme, tree, fonts, languages)
    yield from _sizes(theme, tree)


def _faces(theme: Theme, tree: Map, fonts: Path, languages: Mapping[str, Tree]) -> Iterator[Finding]:
    letters = {language: frozenset(_letters(pack)) for language, pack in languages.items()}
    shipped = sorted({p.stem.partition("-")[0] for p in fonts.glob("*.ttf")})
    for role, cuts in CUTS.items():
        family = getattr(theme.font, role)
        where = place(_line(tree, "font", role), f"font.{role}")
        files = [fonts / f"{family.replace(' ', '')}-{cut}.ttf" for cut in cuts]
        absent = [file.name for file in files if not file.is_file()]
        if absent:
            told = {"theme": theme.id, "role": role, "face": family, "files": ", ".join(absent), "known": ", ".join(shipped)}
            yield Finding("theme-face-missing", Severity.ERROR, where, f"theme.{theme.id}.font.{role}", told)
            continue
        for file in files:
            for language, needed in letters.items():
                # A sign that a title lacks is taken from the face of the text; its letters are not.
                lacking = [c for c in sorted(needed - glyphs(file)) if role == "text" or unicodedata.category(c)[0] in "LN"]
                if lacking:
                    told = {"theme": theme.id, "face": file.stem, "language": language, "letters": " ".join(lacking[:20])}
                    yield Finding("theme-letters-missing", Severity.ERROR, where, f"theme.{theme.id}.font.{role}", told)


@cache
def glyphs(font: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(chr(code) for code in opened.getBestCmap())


def _letters(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Map):
        for value in tree.values():
            yield from _letters(value)
    elif isinstance(tree, Seq):
        for value in tree:
            yield from _letters(value)
    elif isinstance(tree, str):
        yield from (c for c in tree if unicodedata.category(c) not in _INVISIBLE)


def _sizes(theme: Theme, tree: Map) -> Iterator[Finding]:
    found: list[tuple[str, str, float, tuple[float, float]]] = []
    for field in fields(theme.type):
        role = getattr(theme.type, field.name)
        size = role.size if isinstance(role, Print) else role
        found.append(("type", field.name, size, SIZES[field.name]))
        if isinstance(role, Print):
            low, high = (round(share * size, 2) for share in LEADING)
            found.append(("type", f"{field.name}.line", role.line, (low, high)))
    found += [("spacing", name, getattr(theme.spacing, name), bounds) for name, bounds in SPACES.items()]
    for part, name, value, (low, high) in found:
        if not low <= value <= high:
            where = place(_line(tree, part, name.partition(".")[0]), f"{part}.{name}")
            told: dict[str, Parameter] = {"theme": theme.id, "token": f"{part}.{name}", "found": value, "low": low, "high": high}
            yield Finding("theme-size", Severity.ERROR, where, f"theme.{theme.id}.{part}.{name}", told)


def _line(tree: Map, part: str, name: str) -> Line:
    node = tree.get(part)
    return node.at.get(name, node.own) if isinstance(node, Map) else tree.own
