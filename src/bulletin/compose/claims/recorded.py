"""A decided statement as it is kept beside the edition: with all that an independent reader needs to decide it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.compose.claims.statement import About, Evidence, Figure, Statement
from bulletin.model.codes import TOTAL
from bulletin.model.fact import Claim, ClaimFigure, Fact


def claim_of(
    name: str, statement: Statement, evidence: Evidence, limits: tuple[str, ...], facts: tuple[str, ...], sentence: str
) -> Claim:
    """`facts`: those the sentence prints; what was looked at and not printed stands in the basis."""
    figures = [_figure(role, f) for role, f in statement.figures.items()]
    figures += [_figure(f"{role}:{i.code}", i.figure) for role, items in statement.items.items() for i in items if i.figure]
    return Claim(
        name,
        statement.kind,
        statement.outcome,
        parameters_of(statement),
        facts,
        tuple(figures),
        tuple((key, obs.value) for key, obs in sorted(evidence.consulted.items()) if obs.value is not None),
        {limit: getattr(evidence.thresholds, limit) for limit in limits},
        sentence,
    )


def figures_given(name: str, facts: Sequence[Fact], sentence: str) -> Claim:
    """A sentence that a person wrote around figures: it says no more of them than what they are."""
    first = facts[0]
    named = {k: v for k, v in first.coordinates.items() if v != TOTAL}
    return Claim(
        name, "value", "given", {"indicator": first.indicator, **named, "when": first.period}, tuple(f.id for f in facts),
        basis=tuple((f.id, f.value) for f in facts if f.value is not None), sentence=sentence,
    )  # fmt: skip


def parameters_of(statement: Statement) -> Mapping[str, str]:
    """Indicator, coordinates other than totals, periods, codes in the order in which they are named, further choices; another
    thing spoken of under its role: `whole`, `whole.sex`."""
    found = {
        **_named(statement.about),
        **statement.periods,
        **{k: ",".join(i.code for i in items) for k, items in statement.items.items() if items},
        **{k: v for k, v in statement.choices.items() if v},
    }
    for role, other in statement.others.items():
        named = _named(other)
        found[role] = named.pop("indicator")
        found |= {f"{role}.{k}": v for k, v in named.items()}
    if statement.note:
        found["note"] = statement.note
    return found


def _named(about: About) -> dict[str, str]:
    return {"indicator": about.indicator, **{k: v for k, v in about.where.items() if v != TOTAL}}


def _figure(role: str, figure: Figure) -> ClaimFigure:
    return ClaimFigure(role, figure.fact.id, figure.form, figure.scale, figure.decimals)
