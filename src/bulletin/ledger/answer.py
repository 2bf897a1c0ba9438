"""What an edition answers when it is asked where something comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bulletin.model.finding import Place
from bulletin.model.text import LocalText


class Kind(StrEnum):
    CELL = "cell"
    MARK = "mark"
    """A bar, point or line of a chart."""
    SENTENCE = "sentence"
    TITLE = "title"
    NOTE = "note"
    ALTERNATIVE = "alternative"
    """The words that stand for a chart where it is not seen."""
    KEY_FIGURE = "key_figure"
    BLOCK = "block"
    """Somewhere in it: a sealed edition keeps no more."""


@dataclass(frozen=True)
class Appearance:
    """One place of one language at which something is printed."""

    language: str
    kind: Kind
    block: str
    sections: tuple[str, ...] = ()
    """Numbers and titles, outermost first."""
    exhibit: str = ""
    """Label and title of the table or chart."""
    row: str = ""
    column: str = ""
    text: str = ""
    """The figure as printed; empty where a picture shows it without."""
    sentence: str = ""
    order: int = 0
    """Grows in the order of reading."""


@dataclass(frozen=True)
class ClaimSeen:
    id: str
    language: str
    kind: str
    outcome: str
    parameters: Mapping[str, str]
    facts: tuple[str, ...]
    sentence: str = ""


@dataclass(frozen=True)
class Leaf:
    """A received figure that something rests on."""

    key: str
    place: Place
    source: str
    texts: Mapping[str, tuple[str, ...]]
    """By language, where the edition prints the figure itself."""


@dataclass(frozen=True)
class Calculation:
    """How a figure was worked out: a name of the formulas or operations, with what goes in."""

    name: str
    inputs: Mapping[str, str]
    """Role to indicator."""
    parameters: Mapping[str, str]
    arguments: tuple[str, ...] = ()
    """Keys of the observations an operation was applied to, in order."""
    texts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Argument to how the edition prints it, by language; empty where it does not."""


@dataclass(frozen=True)
class Change:
    """How a published figure differs from an edition before."""

    since: str
    kind: str
    old: float | None
    new: float | None
    cause: str
    reason: LocalText


@dataclass(frozen=True)
class Trace:
    """Everything an edition says of one figure."""

    id: str
    indicator: str
    coordinates: Mapping[str, str]
    period: str
    value: float | None
    unit: str
    statuses: tuple[str, ...]
    illustrative: bool
    texts: Mapping[str, tuple[str, ...]]
    calculation: Calculation | None
    appearances: tuple[Appearance, ...]
    claims: tuple[ClaimSeen, ...]
    leaves: tuple[Leaf, ...]
    changes: tuple[Change, ...] = ()


class Outcome(StrEnum):
    FIGURES = "figures"
    """The figures asked for."""
    WORDS = "words"
    """Sentences, titles or notes, and the figures in them."""
    RESTING = "resting"
    """Not printed itself; the figures rest on it."""
    CONFIDENTIAL = "confidential"
    WITHOUT_FIGURE = "without_figure"
    """The edition prints a sign in its place."""
    LITERAL = "literal"
    """A number that is no statistic: year, law, age, block number."""
    NO_PLACE = "no_place"
    """The table or chart is there, without such a row or column."""
    NO_FILE = "no_file"
    """The edition was made from no such data file."""
    UNUSED = "unused"
    """A cell of a data file on which nothing printed rests; what became of it, the edition itself does not know."""
    NO_CELL = "no_cell"
    """No figure is read from that cell of the file."""
    LEFT_OUT = "left_out"
    """The cell was read and left aside."""
    UNPRINTED = "unprinted"
    """The cell gives a figure, and nothing printed rests on it."""
    NOTHING = "nothing"


UNFOUND = frozenset({Outcome.NO_PLACE, Outcome.NO_FILE, Outcome.UNUSED, Outcome.NO_CELL, Outcome.NOTHING})


@dataclass(frozen=True)
class Answer:
    question: str
    edition: str
    outcome: Outcome
    traces: tuple[Trace, ...] = ()
    count: int = 0
    """Of all that were found; `traces` may be the first of them."""
    appearances: tuple[Appearance, ...] = ()
    """Sentences, titles or notes asked for."""
    claims: tuple[ClaimSeen, ...] = ()
    """Those of the sentences."""
    statuses: tuple[str, ...] = ()
    """Why there is no figure."""
    signs: tuple[str, ...] = ()
    """Printed in its place."""
    place: Place = field(default_factory=Place)
    """Of the cell of a data file asked for."""
    key: str = ""
    """Of the observation that the cell gives."""
    reason: str = ""
    """Rule or reason for which a cell was left out; what a table or chart does not say."""
    near: tuple[str, ...] = ()
    """What the edition has that is most like the question."""
    labels: Mapping[str, LocalText] = field(default_factory=dict)
    """Names of indicators."""
    sources: Mapping[str, LocalText] = field(default_factory=dict)
