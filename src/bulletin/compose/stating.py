"""A claim that a person has put into words, decided, recorded, and told with its figures where it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bulletin.compose.claims.stated import STATED, Asked
from bulletin.compose.claims.statement import Evidence, exact, figure_of
from bulletin.compose.figures_text import figure_text
from bulletin.compose.words import FaultError, MissingError, WordsContext
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import Observation
from bulletin.model.fact import Claim
from bulletin.model.locale import NO_BREAK

_TOLD = 4
"""So many figures are named in a message, the newest."""


@dataclass(frozen=True)
class Decision:
    claim: Claim
    holds: bool
    now: str
    before: str
    """Empty: nothing is known of a build or edition before, or nothing has changed."""


def stated(context: WordsContext, name: str, indicator: str, asked: Asked, claim_id: str) -> Decision:
    """Raises FaultError for a claim that there is not, MissingError where a figure it needs is not known."""
    if name not in STATED:
        raise FaultError("claim-unknown", claim=name, known=", ".join(STATED))
    kind = STATED[name]
    evidence = Evidence(context.lookup, context.facts, context.narration.thresholds)
    holds = kind.decide(evidence, indicator, asked)
    if holds is None:
        raise MissingError(indicator)
    looked = [evidence.consulted[key] for key in sorted(evidence.consulted)]
    claim = Claim(
        claim_id, name, "true" if holds else "false", _parameters(indicator, asked), (),
        basis=tuple((o.key, o.value) for o in looked if o.value is not None),
        thresholds={limit: getattr(evidence.thresholds, limit) for limit in kind.limits},
    )  # fmt: skip
    return Decision(claim, holds, _told(context, evidence, looked, {}), _before(context, evidence, looked, claim_id))


def _parameters(indicator: str, asked: Asked) -> Mapping[str, str]:
    found = {"indicator": indicator, **{k: v for k, v in asked.where.items() if v != TOTAL}}
    found |= {k: v for k, v in (("at", asked.at), ("since", asked.since), ("by", asked.by), ("other", asked.other)) if v}
    found |= {f"{role}.{k}": v for role, group in (("a", asked.a), ("b", asked.b)) for k, v in group.items()}
    if asked.n:
        found["n"] = str(asked.n)
    if asked.than is not None:
        found["than"] = str(asked.than)
    return found


def _before(context: WordsContext, evidence: Evidence, looked: list[Observation], claim_id: str) -> str:
    """What the last build, else the edition before, had for the same figures."""
    last = dict(context.previous.get(claim_id, ()))
    for obs in looked:
        former = context.lookup.former(obs)
        if former is not None and former.value is not None:
            last.setdefault(obs.key, former.value)
    if all(last.get(o.key, o.value) == o.value for o in looked):
        return ""
    return _told(context, evidence, looked, last)


def _told(context: WordsContext, evidence: Evidence, looked: list[Observation], other: Mapping[str, float]) -> str:
    """`OBSERVATION: figure`, as the language prints it; `other` has figures in place of those of today."""
    lines = []
    for obs in looked[-_TOLD:]:
        figure = figure_of(evidence, obs)
        value: Decimal = exact(other[obs.key]) if obs.key in other else figure.value
        text = figure_text(context.locale, replace(figure, value=value)).replace(NO_BREAK, " ")
        lines.append(f"{obs.key}: {text}")
    return "; ".join(lines)
