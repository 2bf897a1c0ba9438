"""Findings as they may be published: no figure that concerns an indicator with hidden cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.codes import ObsStatus
from bulletin.model.finding import Finding

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations

SIGN = "c"
COUNTS = frozenset({"count", "held", "needed"})
"""Parameters that count observations and give away no value."""


def public_findings(findings: Iterable[Finding], protected: Observations) -> tuple[Finding, ...]:
    """Numbers replaced by `c` in every finding about an indicator of which any cell is hidden, or that names one: its total, the
    sum of its parts and the difference would reveal the cell together.
    """
    status = protected.frame["obs_status"].astype("str")
    hidden = {str(i) for i in protected.frame.loc[status == ObsStatus.SUPPRESSED.value, "indicator"].unique()}
    return tuple(_masked(f) if hidden & _concerned(f) else f for f in findings)


def _concerned(finding: Finding) -> set[str]:
    words = {w for v in finding.parameters.values() if isinstance(v, str) for w in v.replace(",", " ").split()}
    return {finding.key.partition(".")[0], *words}


def _masked(finding: Finding) -> Finding:
    said = {n: v if isinstance(v, str) or n in COUNTS else SIGN for n, v in finding.parameters.items()}
    return replace(finding, parameters=said)
