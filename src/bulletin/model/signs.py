"""Printed signs: what each SDMX status is printed as, and the presets of signs an edition may choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.text import LocalText

STANDS_FOR: Mapping[ObsStatus, str] = {
    ObsStatus.MISSING: "missing",
    ObsStatus.CANNOT_EXIST: "not_applicable",
    ObsStatus.NOT_COLLECTED: "missing",
    ObsStatus.HOLIDAY: "missing",
    ObsStatus.SUPPRESSED: "confidential",
}
"""Statuses that say why there is no value, and the meaning whose sign is printed in its place."""

FOLLOWS: Mapping[ObsStatus, str] = {
    ObsStatus.BREAK: "break",
    ObsStatus.HOLIDAY: "holiday",
    ObsStatus.DEROGATION: "derogation",
    ObsStatus.SPECIAL: "special",
    ObsStatus.DEFINITION_DIFFERS: "definition_differs",
    ObsStatus.IN_ANOTHER: "included_elsewhere",
    ObsStatus.INCLUDES_ANOTHER: "includes_other",
    ObsStatus.IMPUTED: "estimated",
    ObsStatus.FORECAST: "forecast",
    ObsStatus.ESTIMATED: "estimated",
    ObsStatus.PROVISIONAL: "provisional",
    ObsStatus.NOT_SIGNIFICANT: "not_significant",
    ObsStatus.LOW_RELIABILITY: "low_reliability",
    ObsStatus.UNVALIDATED: "unvalidated",
    ObsStatus.EXPERIMENTAL: "experimental",
}
"""Statuses whose sign follows the figure, in the order in which several are printed: precedence of SDMX guideline 2.0 (2019)."""

_ALSO_WITHOUT_VALUE = {ObsStatus.HOLIDAY, ObsStatus.DEROGATION, ObsStatus.SPECIAL, ObsStatus.IN_ANOTHER}
"""Statuses that explain a gap too: their sign follows the sign that stands for the value."""

REVISED = "revised"
"""Not an SDMX status: found by comparison with the edition before; printed last."""

INSTEAD = ("missing", "not_applicable", "zero", "below_half", "confidential")
"""Meanings whose sign is printed instead of a figure: they must differ from each other in every preset."""

MEANINGS = (*INSTEAD, *dict.fromkeys(FOLLOWS.values()), REVISED)
"""Everything a sign can mean, in the order of legends."""

_AMBIGUOUS = ("…", "...", "n.a.", "n. a.", "n/a", "na", "n.d.")


@dataclass(frozen=True)
class SignPreset:
    """A set of printed signs."""

    id: str
    label: LocalText
    signs: Mapping[str, str]
    """Meaning to sign; meanings not named are printed as in `default`."""
    note: LocalText | None = None
    """Where it departs from the practice it is named after, for the documentation."""


def sign_of_gap(statuses: tuple[ObsStatus, ...], conf: ConfStatus) -> str:
    """Meaning of the sign that stands for a missing value: the first of its statuses in precedence, confidentiality before all."""
    if conf is not ConfStatus.FREE or ObsStatus.SUPPRESSED in statuses:
        return "confidential"
    return next((STANDS_FOR[s] for s in ObsStatus if s in statuses and s in STANDS_FOR), "missing")


def signs_after(statuses: tuple[ObsStatus, ...], *, missing: bool = False) -> tuple[str, ...]:
    """Meanings of the signs that follow a figure, or the sign that stands for one, each once, in their fixed order."""
    told = (m for s, m in FOLLOWS.items() if s in statuses and (not missing or s in _ALSO_WITHOUT_VALUE))
    return tuple(dict.fromkeys(told))


def faults_of(signs: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Rule, sign and meaning of what a full set of signs may not hold."""
    for meaning, sign in signs.items():
        if meaning not in MEANINGS:
            yield "sign-unknown", sign, meaning
        elif not sign.strip() or sign.strip().casefold() in _AMBIGUOUS:
            yield "sign-ambiguous", sign, meaning
    seen: dict[str, str] = {}
    for meaning in INSTEAD:
        sign = signs.get(meaning, "")
        if sign in seen:
            yield "sign-repeated", sign, f"{seen[sign]}, {meaning}"
        seen.setdefault(sign, meaning)
    for meaning, sign in signs.items():
        if meaning in MEANINGS and meaning not in INSTEAD and sign in seen:
            yield "sign-repeated", sign, f"{seen[sign]}, {meaning}"
