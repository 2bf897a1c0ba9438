"""The documentation that comes with the program, as guide pages of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from bulletin.document.guide import Guide, GuidePage
from bulletin.model.text import MESSAGES
from bulletin.shipped import shipped

FIRST = "index.md"
"""The page that leads through the others, in each language in which there is documentation."""

_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_STEP = re.compile(r"^## (?:\d+\. )?(.+)$", re.MULTILINE)


def guides() -> tuple[Guide, ...]:
    """One for each language of the documentation, the program's own first: its file names are the addresses of pages in all, so that
    a change of language keeps the place."""
    languages = sorted((p.parent.name for p in shipped("docs").glob(f"*/{FIRST}")), key=lambda n: (n != MESSAGES, n))
    names = [Path(source).stem for source, _ in _ordered(MESSAGES)]
    return tuple(_guide(language, names) for language in languages)


def _guide(language: str, names: Sequence[str]) -> Guide:
    pages = []
    pictures: dict[str, bytes] = {}
    for name, (source, step) in zip(names, _ordered(language), strict=True):
        text = _read(language, source)
        title, _, rest = text.partition("\n")
        pages.append(GuidePage(name, source, title.removeprefix("# ").replace("`", ""), rest, step))
        for picture in (unquote(target) for sign, target in _LINK.findall(text) if sign and "://" not in target):
            pictures[picture] = shipped("docs", language, picture).read_bytes()
    return Guide(language, tuple(pages), pictures)


def _ordered(language: str) -> Iterator[tuple[str, str]]:
    """Pages and the step under which each is first named, beginning with the page that names them."""
    yield FIRST, ""
    met = {FIRST}
    parts = _STEP.split(_read(language, FIRST))
    for step, text in zip(parts[1::2], parts[2::2], strict=True):
        for sign, target in _LINK.findall(text):
            source = unquote(target)
            if not sign and source.endswith(".md") and source not in met:
                met.add(source)
                yield source, step


def _read(language: str, source: str) -> str:
    return shipped("docs", language, source).read_text(encoding="utf-8")
