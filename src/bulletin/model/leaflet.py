"""A leaflet: which figures, messages, charts and table of an edition its two pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bulletin.model.text import LocalText


@dataclass(frozen=True)
class ChartPlace:
    """Room for one chart."""

    any: tuple[str, ...]
    """Ids of charts, best first: the first one that the edition has stands here, one without illustrative figures before one with."""
    width: Literal["full", "half"] = "half"
    """Of the text; two halves stand side by side, one alone takes the whole width."""
    height: float = 0
    """Millimetres of the picture; 0 = by kind."""


@dataclass(frozen=True)
class LeafletSpec:
    """Everything in it is a block of the edition, with its id, figures and words; what the edition has no value for is left out."""

    leaflet: str
    """Id; the name of its folder and a part of the names of its files."""
    title: LocalText
    about: LocalText
    """Where the rest is to be found; `{publication}` stands for the bulletin's title."""
    messages_title: LocalText
    of: str = "standard"
    """Outline from which an edition that consists of the leaflet alone is composed."""
    figures: tuple[str, ...] = ()
    """Ids of key figures, best first; the others of the edition follow, those without illustrative figures first."""
    most_figures: int = 6
    messages: str = ""
    """Id of the list whose items are the messages."""
    most_messages: int = 6
    charts: tuple[ChartPlace, ...] = ()
    table: str = ""
    """Id of a table whose blocks of rows stand side by side; rows without a value are left out."""
