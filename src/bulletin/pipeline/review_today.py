"""The edition as the program says it now, without reviewers' wording: what a review is set against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.pipeline.edit import Composed, compose_words
from bulletin.pipeline.issue import issued
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.printed import printed
from bulletin.pipeline.progress import Progress
from bulletin.review.standing import Trends, standing
from bulletin.review.trends import contradicted

if TYPE_CHECKING:
    from bulletin.load.review import ReviewFolder
    from bulletin.model.fact import Claim
    from bulletin.model.issued import Issued
    from bulletin.model.round import Standing


_UP = frozenset({"up", "points_up", "ratio_up", "doubled", "tripled", "multiplied"})
_DOWN = frozenset({"down", "points_down", "ratio_down"})
_STABLE = frozenset({"stable", "unchanged"})
_CHANGES = frozenset({"change", "span", "streak"})
"""Kinds of claim that say which way a figure went."""


@dataclass(frozen=True)
class Today:
    prepared: Prepared
    said: Mapping[str, Issued]
    """By language."""
    trends: Trends


def today(root: Path, progress: Progress) -> Today:
    return today_in(prepare(root, progress), progress)


def today_in(prepared: Prepared, progress: Progress) -> Today:
    progress("compose", "")
    return today_of(prepared, None)


def today_of(prepared: Prepared, composed: Composed | None) -> Today:
    """`composed`: as it is printed; it serves where no reviewer's wording is printed in it."""
    if composed is None or prepared.project.overrides:
        composed = compose_words(replace(prepared, project=replace(prepared.project, overrides=())))
    said = issued(prepared, composed, tuple(printed(composed.documents, prepared.project).values()), "")
    return Today(prepared, said, trends_in(prepared, composed))


def trends_in(prepared: Prepared, composed: Composed) -> Trends:
    """The words of rise and fall in a text, of a language, that today's figures contradict."""
    signs = signs_of(c for _, c in composed.facts.claims())
    lexicon = prepared.project.narration.lexicon

    def contradicting(language: str, text: str, placeholders: Mapping[str, str]) -> tuple[str, ...]:
        return contradicted(text, placeholders, signs, lexicon[language]) if language in lexicon else ()

    return contradicting


def signs_of(claims: Iterable[Claim]) -> dict[str, int]:
    """Fact to the way it went, by what the edition claims of it; one that went both ways, from different years, says nothing."""
    found: dict[str, set[int]] = {}
    for claim in claims:
        sign = 1 if claim.outcome in _UP else -1 if claim.outcome in _DOWN else 0
        if claim.kind in _CHANGES and (sign or claim.outcome in _STABLE):
            for fact in claim.facts:
                found.setdefault(fact, set()).add(sign)
    return {fact: next(iter(seen)) for fact, seen in found.items() if len(seen) == 1}


def stands_now(folder: ReviewFolder, now: Today) -> Standing:
    return standing(folder.rounds, folder.decisions, now.said, folder.overrides, trends=now.trends)
