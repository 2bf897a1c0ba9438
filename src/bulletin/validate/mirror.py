"""Mirrors: the same figure in two tables, from two institutions, in the edition before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import has_status
from bulletin.model.codes import DIMENSIONS, TOTAL, ObsStatus
from bulletin.model.finding import Finding, Severity
from bulletin.model.parts import total_code
from bulletin.validate.accounting import allowed
from bulletin.validate.evidence import Verdict, each, gravity, names, number, plain, verdict

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def two_tables(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """Where the coordinates are those in `at`, the value is that of the indicator `of` at the coordinates in `where`, times
    `factor`; dimensions that are not named are shared. A figure the other table does not hold is not evaluated.
    """
    import numpy as np

    block, of = evidence.block(indicator.id), str(spec.parameters["of"])
    here = ~np.isnan(block.value) & _standing(evidence, block.key, spec)
    keys = block.key
    other = evidence.project.catalogue.get(of)
    fixed = coordinates(spec, "where")
    for dimension in DIMENSIONS:
        if dimension in fixed:
            keys = evidence.cells.coding.at(keys, dimension, total_code(evidence.project, dimension, fixed[dimension]))
        elif dimension != "ref_area" and (other is None or dimension not in other.dimensions):
            keys = evidence.cells.coding.at(keys, dimension, TOTAL)
    mirrored = evidence.block(of).values(keys) * number(spec.parameters, "factor")
    known = here & ~np.isnan(mirrored)
    findings = (
        evidence.at(
            "mirror-differs", gravity(spec), indicator.id, block, n,
            value=plain(block.value[n]), of=of, other=plain(mirrored[n]), difference=plain(block.value[n] - mirrored[n]),
        )
        for n in each(known & (np.abs(block.value - mirrored) > allowed(spec, mirrored)))
    )  # fmt: skip
    return verdict(findings, known, here & ~known)


def coordinates(spec: RuleSpec, name: str) -> dict[str, str]:
    """`[scheme=INSS, sex=_T]` as a mapping."""
    return {d: code for d, _, code in (part.partition("=") for part in names(spec.parameters, name)) if code}


def _standing(evidence: Evidence, keys: Integers, spec: RuleSpec) -> Booleans:
    import numpy as np

    found = np.ones(len(keys), dtype=bool)
    for dimension, code in coordinates(spec, "at").items():
        found &= evidence.cells.coding.holds(keys, dimension, total_code(evidence.project, dimension, code))
    return found


def two_sources(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """The source that was chosen beside the others: every difference is listed, one of about a power of ten is a warning."""
    import numpy as np

    other, block = evidence.other(indicator.id), evidence.block(indicator.id)
    if not len(other.key):
        return None
    place = block.find(other.key)
    chosen = np.where(place >= 0, block.value[place] if len(block.key) else np.nan, np.nan)
    both = ~np.isnan(chosen) & ~np.isnan(other.value)
    apart = both & (np.abs(chosen - other.value) > allowed(spec, chosen))
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.abs(np.log10(np.abs(chosen / other.value)))
        slip = apart & np.isfinite(size) & (np.abs(size - np.rint(size)) < number(spec.parameters, "slack")) & (size > 0.5)
    findings = []
    for n in each(apart):
        severity = gravity(spec) if slip[n] else Severity.INFO
        row, sources = int(block.row[place[n]]), (evidence.frame["source"], evidence.other_frame["source"])
        said = {
            "indicator": indicator.id, "value": plain(chosen[n]), "source": str(sources[0].iloc[row]),
            "other_value": plain(other.value[n]), "other": str(sources[1].iloc[int(other.row[n])]),
        }  # fmt: skip
        rule = "sources-apart" if slip[n] else "sources-differ"
        findings.append(Finding(rule, severity, evidence.place(row), evidence.key(indicator.id, int(other.key[n])), said))
    return verdict(findings, both)


def edition_before(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """A figure already published that changes by more than `max_percent` (rates: `max_points`) asks for its reason. Without an
    edition before there is nothing to compare; a break or a provisional figure explains the change.
    """
    import numpy as np

    if evidence.former is None or indicator.id not in evidence.former:
        return None
    block, former = evidence.block(indicator.id), evidence.former[indicator.id]
    place = former.find(block.key)
    old = np.where(place >= 0, former.value[place], np.nan)
    both = ~np.isnan(old) & ~np.isnan(block.value)
    open_ended = has_status(former.status, ObsStatus.PROVISIONAL)[place] | has_status(block.status, ObsStatus.BREAK)
    change = np.abs(block.value - old)
    if indicator.unit == "PT":
        large = change > number(spec.parameters, "max_points")
    else:
        large = change > np.abs(old) * number(spec.parameters, "max_percent") / 100
    findings = (
        evidence.at(
            "revision-large", gravity(spec), indicator.id, block, n, value=plain(block.value[n]), before=plain(old[n]),
            difference=plain(block.value[n] - old[n]),
        )
        for n in each(both & large & ~open_ended)
    )  # fmt: skip
    return verdict(findings, both)
