"""What every part of compose works with: the project, the values, the register of facts, and one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from bulletin.compose.claims.statement import Evidence
from bulletin.compose.facts import FactBook
from bulletin.compose.lookup import Lookup
from bulletin.document.blocks import Figure
from bulletin.document.inline import Inline, Inlines, Literal, Text
from bulletin.model.dataset import Observation
from bulletin.model.locale import Locale
from bulletin.model.outline import ChartSpec
from bulletin.model.project import Project
from bulletin.model.quality import Availability, Measure, Revision, RuleOutcome
from bulletin.model.sealed import Sealed
from bulletin.model.text import LocalText

_DIGITS = re.compile(r"(?<!\w)[0-9][0-9  .,/\-–\u2060]*[0-9]|[0-9]+")


@dataclass(frozen=True)
class Context:
    project: Project
    lookup: Lookup
    facts: FactBook
    locale: Locale
    waived: Mapping[str, LocalText] = field(default_factory=dict)
    """Key of an observation to the reason why a finding about it was waived."""
    outcomes: tuple[RuleOutcome, ...] = ()
    availability: tuple[Availability, ...] = ()
    revisions: tuple[Revision, ...] = ()
    """Since `former`."""
    former: Sealed | None = None
    """The newest edition published before."""
    corrected: Sealed | None = None
    """The edition that this one puts right."""
    corrections: tuple[Revision, ...] = ()
    """Since the corrected one."""
    measures: tuple[Measure, ...] = ()
    """Figures about the edition itself."""
    charts: dict[str, tuple[ChartSpec, Figure | None, tuple[Observation, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Charts composed so far, by id, and what they show: all but the title of a chart is known before any sentence."""

    @property
    def evidence(self) -> Evidence:
        """What claims are decided from; a new one keeps what one decision looks at."""
        return Evidence(self.lookup, self.facts, self.project.narration.thresholds)

    @property
    def language(self) -> str:
        return self.locale.language

    def said(self, text: LocalText | None) -> str:
        """The text in this language; a visible mark where it is missing (load has reported it and stops a final edition).
        `{subdivision}` and `{subdivisions}` stand for what the country's places are called: *província*, *districts*; `{currency}` for its currency in unit lines."""
        if not text:
            return ""
        said = text.get(self.language) or self.locale.words["missing_text"].format(id=next(iter(text.values()), ""))
        if "{subdivision" in said:
            one, many = self.lookup.country.subdivision_kind[self.language]
            said = said.replace("{subdivisions}", many).replace("{subdivision}", one)
        if "{currency}" in said:
            said = said.replace("{currency}", self.lookup.country.currency.noun[self.language])
        return said

    def word(self, key: str) -> str:
        return self.locale.words[key]

    def headed(self, head: str, words: str) -> str:
        """`words` after their heading and the colon of the language."""
        return self.locale.phrasing.fitted(f"{head}{self.word('colon')}{words}")


def with_literals(text: str, kind: OneOf["label", "code"] = "label") -> Inlines:
    """Words with their digits marked as literals: for labels, titles, notes and sources, which hold years, laws and ages; `code`: for
    names, in which no language spells digits its own way."""
    found: list[Inline] = []
    end = 0
    for match in _DIGITS.finditer(text):
        if match.start() > end:
            found.append(Text(text[end : match.start()]))
        found.append(Literal(match[0], kind))
        end = match.end()
    if end < len(text):
        found.append(Text(text[end:]))
    return tuple(found)
