"""A published number: its identity, exact value, printed forms and lineage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
