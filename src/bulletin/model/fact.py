"""A published number: its identity, exact value, printed forms and lineage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.finding import Place


@dataclass(frozen=True)
class Input:
    """One observation a fact rests on."""

    key: str
    source: str
    origin: Place


@dataclass(frozen=True)
class Fact:
    id: str
    """Key of the observation, or `operation(key, …)` for what compose computes: `growth(KEY, KEY)`."""
    indicator: str
    coordinates: Mapping[str, str]
    period: str
    value: float | None
    """Unrounded, in units of 1; percentages and points as such."""
    unit: str
    statuses: tuple[ObsStatus, ...]
    conf: ConfStatus
    illustrative: bool
    operation: str
    """Empty: the observation itself; else the name of the computation."""
    inputs: tuple[Input, ...]
    """Leaves of the lineage: observations as received."""


@dataclass(frozen=True)
class ClaimFigure:
    """A number that a claim has words or figures for, and how it is printed."""

    role: str
    """`old`, `delta`, `top:MZ-A`, …"""
    fact: str
    form: str
    """`percent`, `points`, `money`, `count`, …"""
    scale: int
    decimals: int


ALTERNATIVE = ".alt"
"""Ends the id under which the alternative text of a chart makes its claims: `<chart>.alt#2`."""


@dataclass(frozen=True)
class Claim:
    """A statement about facts, decided by the program and worded by a pattern of each language."""

    id: str
    """`<block id>#<n>`, n counting the claims of a block."""
    kind: str
    """Name of the pattern: `change`, `ranking`, …"""
    outcome: str
    """What was decided: `up`, `down`, `stable`, …"""
    parameters: Mapping[str, str]
    facts: tuple[str, ...]
    """Those that the sentence prints."""
    figures: tuple[ClaimFigure, ...] = ()
    basis: tuple[tuple[str, float], ...] = ()
    """Key and value of every observation that the decision rests on, printed or not."""
    thresholds: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    """Limits that the outcome depends on."""
    sentence: str = ""
    """As printed in one language."""


@dataclass(frozen=True)
class Choice:
    """Why a candidate is a key result, or is not."""

    result: str
    """Id of the paragraph."""
    chosen: bool
    score: float
    reasons: Mapping[str, float]
