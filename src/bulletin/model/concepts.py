"""One concept, one colour: which place among the theme's series colours a concept has in every chart of the bulletin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST = 4
"""Colours, markers and textures that charts tell apart."""


@dataclass(frozen=True)
class ConceptColours:
    colours: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Dimension (or `indicator`) to code to place, counted from 1."""

    def of(self, dimension: str, codes: Iterable[str]) -> Mapping[str, int]:
        """Places, counted from 0, of the concepts of one chart: their own; the first that is free for a concept without one, or with
        one that another concept of the chart has already."""
        places = self.colours.get(dimension, {})
        codes = tuple(dict.fromkeys(codes))
        found: dict[str, int] = {}
        for code in codes:
            if code in places and places[code] - 1 not in found.values():
                found[code] = places[code] - 1
        for at, code in enumerate(codes):
            if code not in found:
                found[code] = next((n for n in range(MOST) if n not in found.values()), at)
        return found
