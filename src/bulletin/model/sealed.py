"""An edition as it was sealed: the figures it published, how they were worded, and what it declared about revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.model.dataset import Observation
from bulletin.model.edition import RevisionReason


def edition_of(figure: Observation) -> str:
    """Id of the sealed edition that a figure was read from: the folder of its table."""
    return figure.origin.file.rpartition("/")[0].rpartition("/")[2]


@dataclass(frozen=True)
class MapBounds:
    """Inner bounds of the classes of a map."""

    given: tuple[float, ...]
    """As the outline had them."""
    used: tuple[float, ...]
    """As printed."""


@dataclass(frozen=True)
class Sealed:
    id: str
    country: str
    year: int
    release_date: str
    status: str
    figures: Mapping[str, Observation]
    """Key to every observation that the edition printed; None as value where it printed a sign. Origin: the line of the table."""
    first: int = 0
    """First year of its tables."""
    last: int = 0
    corrects: str = ""
    """Id of the edition that this one puts right; empty: no erratum."""
    reasons: tuple[RevisionReason, ...] = ()
    put_right: tuple[RevisionReason, ...] = ()
    """Figures that this erratum, and those before it, correct, each with its reason."""
    waived: frozenset[tuple[str, str]] = frozenset()
    """Rule and key of the findings that were accepted."""
    classes: Mapping[str, MapBounds] = field(default_factory=dict)
    """Of its maps, by id of the chart."""
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language, block id, text; empty where only the figures were asked for."""

    @property
    def base(self) -> str:
        """Id without the number of the erratum."""
        return self.id.rpartition("-r")[0] if self.corrects else self.id
