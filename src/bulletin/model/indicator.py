"""Indicators and the catalogue: what is measured, in which unit, by which formula, and how it is named in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bulletin.model.text import LocalText

ParameterValue = str | int | float | bool


class Kind(StrEnum):
    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"
    """Percentages: changes are said in percentage points."""
    RATIO = "ratio"
    INDEX = "index"


class TimeBasis(StrEnum):
    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    AVERAGE = "average"


@dataclass(frozen=True)
class Subject:
    """The head noun phrase of a sentence about the indicator; verbs and participles agree with it."""

    text: str
    """With its article: `o número de pensionistas`, `the number of pensioners`."""
    gender: Literal["m", "f", "n"] = "n"
    number: Literal["s", "p"] = "s"
    of: str = ""
    """Contracted with *de*: `do número de pensionistas`; `of the number of pensioners`."""


@dataclass(frozen=True)
class Formula:
    """How a derived indicator is computed: one name of FORMULAS, its inputs by role, and parameters."""

    name: str
    inputs: Mapping[str, str]
    """Role to indicator id, e.g. `numerator: INSURED_ACTIVE`."""
    where: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Role to fixed coordinates of that input; coordinates not named are shared with the result."""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleSpec:
    """One rule declared with an indicator: a name of RULES with its parameters."""

    rule: str
    severity: Literal["error", "warning", "info"] | None = None
    """None: that of the rule in `config/rules.yaml`."""
    parameters: Mapping[str, ParameterValue | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    id: str
    label: LocalText
    subject: Mapping[str, Subject]
    """By language."""
    definition: LocalText
    kind: Kind
    unit: str
    """A code of the list UNIT: PERS, HH, ENT, CASES, PT (per cent), XDC (national currency), USD, RATIO, YEARS, …"""
    decimals: int = 0
    """Digits after the mark in tables, at the table's scale; for amounts after scaling."""
    scale: int = 0
    """Power of ten in which tables print it (6: millions)."""
    time_basis: TimeBasis = TimeBasis.STOCK
    unit_counted: Literal["persons", "households", "benefits", "payments", "enterprises", "complaints", "money", "none"] = "none"
    dimensions: tuple[str, ...] = ()
    """The dimensions it may be broken down by beside `ref_area`."""
    age_band: LocalText | None = None
    numerator: LocalText | None = None
    denominator: LocalText | None = None
    reference: LocalText | None = None
    """What the period stands for, where the time basis does not say it: `mid-year`, `census date`."""
    source: LocalText | None = None
    """Who usually produces it, and from which record; a derived indicator has none, it has its formula."""
    limits: LocalText | None = None
    series: Literal["", "national", "international"] = ""
    """Whose series it is, where a country's own figures and those an international organisation publishes for it exist side by
    side. One is never put into the other."""
    formula: Formula | None = None
    rules: tuple[RuleSpec, ...] = ()
    direction: Literal["more", "less", "none"] = "none"
    """Whether a higher value is what policy aims at; used for marks beside key figures, never for words."""
    disclosure: Literal["auto", "control", "free"] = "auto"
    """Whether small counts are hidden; `auto`: counts of persons, households, benefits and payments are under control."""
    rests_on: tuple[str, ...] = ()
    """Indicators whose hidden cells hide the cell of this one at the same coordinates: money paid to those whom they count, or a
    rate that is received and not computed."""
    sdg: str = ""
    ilo: str = ""
    """Code in the ILO Social Security Inquiry or World Social Protection Database."""
    esspros: str = ""
    """Functions of ESSPROS, by commas: `sickness`, `disability`, `old_age`, `survivors`, `family`, `unemployment`, `housing`,
    `exclusion`; `all`."""
    cofog: str = ""
    """Division or group of COFOG; it classifies expenditure, nothing else."""


Catalogue = Mapping[str, Indicator]
"""All indicators by id."""
