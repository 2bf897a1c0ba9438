"""Code lists and the SDMX statuses of an observation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bulletin.model.text import LocalText

TOTAL = "_T"
"""The total of a dimension (SDMX)."""

DIMENSIONS = ("ref_area", "sex", "age", "scheme", "function", "programme")
"""What an indicator can be broken down by, in the order in which coordinates are written. `ref_area` has no `_T`: the
country itself is the total."""


class ObsStatus(StrEnum):
    """SDMX CL_OBS_STATUS; declared in the order of precedence when only one sign can be printed (guideline 2.0, 2019)."""

    BREAK = "B"
    MISSING = "O"
    CANNOT_EXIST = "M"
    NOT_COLLECTED = "L"
    HOLIDAY = "H"
    SUPPRESSED = "Q"
    DEROGATION = "J"
    SPECIAL = "S"
    DEFINITION_DIFFERS = "D"
    IN_ANOTHER = "K"
    INCLUDES_ANOTHER = "W"
    IMPUTED = "I"
    FORECAST = "F"
    ESTIMATED = "E"
    PROVISIONAL = "P"
    NOT_SIGNIFICANT = "N"
    LOW_RELIABILITY = "U"
    UNVALIDATED = "V"
    EXPERIMENTAL = "G"
    NORMAL = "A"


class ConfStatus(StrEnum):
    """SDMX CL_CONF_STATUS."""

    FREE = "F"
    NOT_FOR_PUBLICATION = "N"
    CONFIDENTIAL = "C"
    SECONDARY_BY_SENDER = "D"
    SECONDARY_BY_RECEIVER = "S"


@dataclass(frozen=True)
class Code:
    id: str
    label: LocalText
    short: LocalText | None = None
    """Where room is short, in a chart or a spanner; the label otherwise."""
    acronym: str | None = None
    parent: str | None = None
    article: LocalText = field(default_factory=dict)
    """Language to the class of noun of the name as it stands inside a sentence: *da velhice* is `pt: f`; not named: no article."""
    countries: tuple[str, ...] = ()
    """Where it exists; the standard outline leaves it out elsewhere. Empty: everywhere."""


@dataclass(frozen=True)
class CodeList:
    id: str
    label: LocalText
    codes: tuple[Code, ...]
    """In the order in which tables print them."""

    def get(self, code: str) -> Code | None:
        return next((c for c in self.codes if c.id == code), None)
