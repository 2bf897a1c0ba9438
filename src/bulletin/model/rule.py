"""Kinds of rule: what each one checks, with which parameters and thresholds, and how grave a breach is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.indicator import ParameterValue
from bulletin.model.text import LocalText


@dataclass(frozen=True)
class RuleParameter:
    text: LocalText
    default: ParameterValue | tuple[str, ...] | None = None
    """None: nothing is assumed."""


@dataclass(frozen=True)
class RuleKind:
    """One entry of `config/rules.yaml`: thresholds stand there and nowhere else."""

    id: str
    """Name of RULES."""
    label: LocalText
    text: LocalText
    """What is checked, for the documentation."""
    severity: Literal["error", "warning", "info"] = "error"
    applies: Literal["declared", "everywhere"] = "declared"
    """`everywhere`: to each received indicator it suits, unless that indicator declares the rule with other parameters."""
    parameters: Mapping[str, RuleParameter] = field(default_factory=dict)
    title: LocalText = field(default_factory=dict)
    """What passing it means, in plain words: for the quality annex."""
    findings: tuple[str, ...] = ()
    """Names of the findings it can make: what messages, waivers and reports show."""

    @property
    def defaults(self) -> dict[str, ParameterValue | tuple[str, ...]]:
        return {name: p.default for name, p in self.parameters.items() if p.default is not None}
