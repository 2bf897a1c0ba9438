"""Which of the candidates of the outline become key results: by declared and computed importance, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bulletin.compose.claims.change import HUNDRED
from bulletin.compose.claims.series import newest, run, since_break
from bulletin.compose.claims.statement import Evidence, exact
from bulletin.compose.context import Context
from bulletin.document.blocks import Block, BulletList, Paragraph
from bulletin.model.codes import DIMENSIONS
from bulletin.model.fact import Claim
from bulletin.model.indicator import Kind
from bulletin.model.narration import Planner
from bulletin.model.outline import Candidate, FiguresSpec, TextSpec


@dataclass(frozen=True)
class Scored:
    candidate: Candidate
    order: int
    indicator: str
    reasons: Mapping[str, float]
    """What each reason counts for, its weight applied."""
    illustrative: bool

    @property
    def score(self) -> float:
        return round(sum(self.reasons.values()), 6)


def key_results(context: Context, spec: TextSpec, narrative: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """The chosen paragraphs as one list, the most important first; records why."""
    claims = {c.id: c for language, c in context.facts.claims() if language == context.language}
    found = [
        _scored(context, candidate, order, claims[f"{candidate.result}#1"])
        for order, candidate in enumerate(spec.choose)
        if candidate.result in narrative and f"{candidate.result}#1" in claims
    ]
    chosen = choose(found, context.project.narration.planner)
    for each in found:
        context.facts.chosen(each.candidate.result, each in chosen, each.score, each.reasons)
    items = tuple(b for each in chosen for b in narrative[each.candidate.result] if isinstance(b, Paragraph))
    return (BulletList(spec.text, items),) if items else ()


def choose(candidates: Sequence[Scored], planner: Planner) -> tuple[Scored, ...]:
    """At most so many, one of each indicator, one of each required domain where there is one; illustrative figures only where
    nothing else is left. Ties go to the one that stands first in the outline."""
    ranked = sorted(candidates, key=lambda c: (c.illustrative, -c.score, c.order))
    chosen: list[Scored] = []

    def take(wanted: Sequence[Scored], most: int) -> None:
        for each in wanted:
            if len(chosen) < most and each not in chosen and all(c.indicator != each.indicator for c in chosen):
                chosen.append(each)

    for domain in planner.required:
        take([c for c in ranked if c.candidate.domain == domain], min(planner.most, len(chosen) + 1))
    take(ranked, planner.most)
    return tuple(sorted(chosen, key=lambda c: (c.illustrative, -c.score, c.order)))


def _scored(context: Context, candidate: Candidate, order: int, claim: Claim) -> Scored:
    weights, planner = context.project.narration.planner.weights, context.project.narration.planner
    indicator = claim.parameters["indicator"]
    where = {d: claim.parameters[d] for d in DIMENSIONS if d in claim.parameters}
    area = where.get("ref_area", context.lookup.country.code)
    reasons = {
        "declared": weights.declared * candidate.importance,
        "headline": weights.headline * (indicator in _headlines(context)),
        "novelty": weights.novelty * _new(context, claim),
        "national": weights.national * (area == context.lookup.country.code),
        "change": weights.change * min(unusual(context.evidence, indicator, where, planner.history), weights.change_most),
    }
    illustrative = any(context.facts.get(fact).illustrative for fact in claim.facts)
    return Scored(candidate, order, indicator, {k: round(v, 6) for k, v in reasons.items()}, illustrative)


def _headlines(context: Context) -> frozenset[str]:
    items = (i for chapter in context.project.outline.chapters for section in chapter.sections for i in section.items)
    return frozenset(figure.indicator for i in items if isinstance(i, FiguresSpec) for figure in i.items)


def _new(context: Context, claim: Claim) -> bool:
    """Whether the edition before lacked a figure that the claim rests on, or had another; without an edition before, nothing is."""
    if context.former is None:
        return False
    known = context.former.figures
    return any(key not in known or known[key].value != value for key, value in claim.basis)


def unusual(evidence: Evidence, indicator: str, where: Mapping[str, str], history: int) -> float:
    """How far the last change lies from those before, in their standard deviations; 0 with too few of them, or all alike."""
    last = newest(evidence, indicator, evidence.lookup.complete(where))
    values = [exact(o.value or 0) for o in since_break(evidence, run(evidence, last))] if last else []
    rate = evidence.indicator(indicator).kind is Kind.RATE
    if not rate and any(v <= 0 for v in values):
        return 0.0
    steps = [new - old if rate else HUNDRED * (new / old - 1) for old, new in pairwise(values)]
    if len(steps) < history + 1:
        return 0.0
    *before, newest_step = steps
    mean = sum(before, Decimal(0)) / len(before)
    spread = (sum(((s - mean) ** 2 for s in before), Decimal(0)) / len(before)).sqrt()
    return float(abs(newest_step - mean) / spread) if spread else 0.0
