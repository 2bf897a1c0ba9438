"""The look: colours, faces and variants that feed style sheet, charts and Word styles alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Faces:
    text: str
    display: str
    heading: str
    figures: str


@dataclass(frozen=True)
class Colours:
    ink: str
    ink_2: str
    rule: str
    hair: str
    tint: str
    paper: str
    brand: str
    brand_deep: str
    on_brand: str
    on_brand_2: str
    accent: str
    accent_fill: str
    context: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]
    missing: tuple[str, str]
    """Fill and hatch."""


@dataclass(frozen=True)
class Theme:
    id: str
    label: Mapping[str, str]
    font: Faces
    colour: Colours
    table_head: Literal["open", "filled"] = "open"
    exhibit_label: Literal["plain", "chip"] = "plain"
    page_strip: bool = False
