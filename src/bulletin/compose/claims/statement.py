"""What a claim decides, free of language: its outcome and the figures, periods and places that the sentence names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from bulletin.model.codes import ObsStatus
from bulletin.model.indicator import Indicator, Kind
from bulletin.model.narration import Thresholds

if TYPE_CHECKING:
    from bulletin.compose.facts import FactBook
    from bulletin.compose.lookup import Lookup
    from bulletin.model.dataset import Observation
    from bulletin.model.fact import Fact

Form = Literal["plain", "percent", "points", "money", "years", "months", "days", "times", "count", "ordinal"]
"""`count`: a small whole number that may stand in words; `ordinal`: fourth; `points`: percentage points."""

_NOTES = {
    ObsStatus.FORECAST: "forecast",
    ObsStatus.IMPUTED: "imputed",
    ObsStatus.ESTIMATED: "estimated",
    ObsStatus.PROVISIONAL: "provisional",
    ObsStatus.DEFINITION_DIFFERS: "differs",
    ObsStatus.LOW_RELIABILITY: "unreliable",
    ObsStatus.UNVALIDATED: "unvalidated",
    ObsStatus.EXPERIMENTAL: "experimental",
}
"""What a sentence says of a figure, the weightiest first where there are several."""


@dataclass(frozen=True)
class Figure:
    """A number to be printed in a sentence: exact value, and the scale and decimals at which readers of all languages see it."""

    fact: Fact
    value: Decimal
    form: Form = "plain"
    scale: int = 0
    decimals: int = 0
    unit: str = ""
    note: str = ""
    """`provisional`, `estimated`, … (values of _NOTES) or empty."""

    @property
    def displayed(self) -> Decimal:
        return displayed(self.value, self.scale, self.decimals)


@dataclass(frozen=True)
class About:
    """What a sentence is about."""

    indicator: str
    where: Mapping[str, str]
    """Every dimension."""


@dataclass(frozen=True)
class Item:
    """A place or code that a sentence names, with its figure where it has one."""

    dimension: str
    code: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Statement:
    """Decided; each language words it by the macro named `kind`."""

    kind: str
    outcome: str
    about: About
    figures: Mapping[str, Figure] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    others: Mapping[str, About] = field(default_factory=dict)
    """Further things the sentence is about: the whole of a share, the expenditure of a balance."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Further decisions the wording depends on: a hedge, a fraction, a direction."""
    note: str = ""
    """Status shared by figures that carry none of their own."""


@dataclass(frozen=True)
class Evidence:
    """What claims are decided from."""

    lookup: Lookup
    facts: FactBook
    thresholds: Thresholds = field(default_factory=Thresholds)
    consulted: dict[str, Observation] = field(default_factory=dict, compare=False)
    """Every observation with a value that was looked at, by key: what the decision rests on."""

    def indicator(self, name: str) -> Indicator:
        return self.lookup.catalogue[name]


def exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def displayed(value: Decimal, scale: int, decimals: int) -> Decimal:
    """As a reader sees it: for comparing printed figures, never for printing."""
    return value.scaleb(-scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def note_of(observations: Sequence[Observation]) -> str:
    found = {_NOTES[s] for o in observations for s in o.statuses if s in _NOTES}
    return next((n for n in _NOTES.values() if n in found), "")


def form_of(indicator: Indicator) -> Form:
    match indicator.unit:
        case "PT":
            return "percent"
        case "XDC" | "USD":
            return "money"
        case "YEARS":
            return "years"
        case "MONTHS":
            return "months"
        case "DAYS":
            return "days"
        case _:
            return "percent" if indicator.kind is Kind.RATE else "plain"


def shape(indicator: Indicator, value: Decimal, extra: int = 0) -> tuple[int, int]:
    """Scale and decimals in running text: rates as the catalogue says; counts in full below a million, then three significant
    digits; money from a million on to two or three. `extra` adds decimals, to keep two figures apart."""
    form = form_of(indicator)
    size = abs(value)
    if form == "money":
        if size < 1000:
            return 0, (0 if indicator.scale else indicator.decimals) + extra
        if displayed(size, 0, 0) < 10**6:
            return 0, extra
        scale = 6 if displayed(size, 6, 0) < 1000 else 9
        decimals = 1 if displayed(size, scale, 1) < 100 else 0
        if displayed(size, scale, 1) == 1 and not extra:
            decimals = 0
        return scale, decimals + extra
    if form != "plain" or indicator.kind in (Kind.RATIO, Kind.INDEX):
        return 0, indicator.decimals + extra
    if displayed(size, 0, 0) < 10**6:
        return 0, indicator.decimals if indicator.scale == 0 else 0
    scale = 6 if displayed(size, 6, 0) < 1000 else 9
    decimals = 2 if displayed(size, scale, 2) < 10 else 1 if displayed(size, scale, 1) < 100 else 0
    decimals += extra
    while decimals and displayed(size, scale, decimals) == displayed(size, scale, decimals - 1):
        decimals -= 1
    return scale, decimals


def figure_of(evidence: Evidence, obs: Observation, extra: int = 0) -> Figure:
    """The observation itself."""
    assert obs.value is not None
    indicator = evidence.indicator(obs.indicator)
    value = exact(obs.value)
    scale, decimals = shape(indicator, value, extra)
    fact = evidence.facts.observation(obs)
    return Figure(fact, value, form_of(indicator), scale, decimals, indicator.unit, note_of([obs]))


def rounding(one: Figure, other: Figure, difference: Figure) -> str:
    """`visible` where the printed figures do not differ by the printed difference, which is worked out from unrounded ones."""
    shown = one.displayed.scaleb(one.scale) - other.displayed.scaleb(other.scale)
    return "" if abs(shown) == abs(difference.displayed.scaleb(difference.scale)) else "visible"


def computed(
    evidence: Evidence,
    operation: str,
    inputs: Sequence[Observation],
    value: Decimal,
    form: Form,
    *,
    unit: str,
    decimals: int,
    scale: int = 0,
    magnitude: bool = False,
) -> Figure:
    """A number worked out for the sentence; `magnitude`: printed without its sign, because the words give the direction."""
    fact = evidence.facts.computed(operation, inputs, float(value), unit)
    return Figure(fact, abs(value) if magnitude else value, form, scale, decimals, unit)


def about(obs: Observation) -> About:
    return About(obs.indicator, obs.coordinates)
