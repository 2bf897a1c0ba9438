"""Styles of the file by their names: programs give them new ids when they save."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.review.wordml import W, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NUMBER = "bulletinnumber"
"""Name of the character style of data numbers, case and spaces left out."""

_CONTENTS = re.compile(r"(toc|contents|tableoffigures|tableofcontents|illustrationindex|figureindex|tableindex)(heading|\d*)$")


@dataclass(frozen=True)
class Styles:
    names: Mapping[str, str] = field(default_factory=dict)
    """Id to name; an id without a definition is its own name."""
    numbers: frozenset[str] = frozenset()
    """Ids of the character style of data numbers, and of styles made from it."""
    contents: frozenset[str] = frozenset()
    """Ids of the paragraph styles of contents lists."""
    default: str = ""
    """Name of the style of paragraphs that name none."""
    language: str = ""


def read_styles(root: Element | None) -> Styles:
    if root is None:
        return Styles(numbers=frozenset({"BulletinNumber"}))
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    default = ""
    for style in root.iterfind(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        names[identity] = value(style.find(f"{W}name")) or identity
        bases[identity] = value(style.find(f"{W}basedOn"))
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") in {"1", "true", "on"}:
            default = names[identity]
    kinds = {identity: _plain(name) for identity, name in names.items()}
    numbers = {identity for identity, kind in kinds.items() if kind == NUMBER} or {"BulletinNumber"}
    numbers |= {identity for identity, base in bases.items() if base in numbers}
    contents = {identity for identity, kind in kinds.items() if _CONTENTS.fullmatch(kind)}
    language = value(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"))
    return Styles(names, frozenset(numbers), frozenset(contents), default, language)


def is_formatted(properties: Element) -> bool:
    """Bold, italic or underlined by hand."""
    return any(is_on(properties.find(f"{W}{name}")) for name in ("b", "i", "u"))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()
