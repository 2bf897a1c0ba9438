"""Findings as they may be published: no figure that concerns an indicator with hidden cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.codes import ObsStatus
from bulletin.model.finding import Finding, Parameter

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations

SIGN = "c"
COUNTS = frozenset({"count", "held", "needed"})
"""Parameters that count observations and give away no value."""
TIMES = frozenset({"period", "since", "first", "last", "cells", "edition", "year"})
"""Parameters that look like figures and are none."""
TELLING = frozenset({"inputs"})
"""Parameters of words that hold figures."""
_FIGURE = re.compile(r"[-+\u2212]?\d[\d\s.,\u00a0\u202f]*%?")


def public_findings(findings: Iterable[Finding], protected: Observations) -> tuple[Finding, ...]:
    """Numbers replaced by `c` in every finding about an indicator of which any cell is hidden, or that names one: its total, the
    sum of its parts and the difference would reveal the cell together.
    """
    status = protected.frame["obs_status"].astype("str")
    hidden = {str(i) for i in protected.frame.loc[status == ObsStatus.SUPPRESSED.value, "indicator"].unique()}
    rows = protected.frame.loc[status == ObsStatus.SUPPRESSED.value, ["file", "sheet", "cell"]].astype("str")
    cells = {(f, s, c) for f, s, c in rows.itertuples(index=False) if f}
    return tuple(_masked(f) if hidden & _concerned(f) or _cell(f) in cells else f for f in findings)


def _cell(finding: Finding) -> tuple[str, str, str]:
    return finding.place.file, finding.place.sheet, finding.place.cell


def _concerned(finding: Finding) -> set[str]:
    words = {w for v in finding.parameters.values() if isinstance(v, str) for w in v.replace(",", " ").split()}
    return {finding.key.partition(".")[0], *words}


def _masked(finding: Finding) -> Finding:
    return replace(finding, parameters={n: v if _harmless(n, v) else SIGN for n, v in finding.parameters.items()})


def _harmless(name: str, value: Parameter) -> bool:
    if isinstance(value, str):
        if name.partition("@")[0] in TELLING:
            return False
        return name in TIMES or not _FIGURE.fullmatch(value.strip())
    return name in COUNTS
