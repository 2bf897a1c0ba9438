"""Beside which block of a page a finding stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bulletin.document.blocks import Block, Figure, Table
from bulletin.document.serial import facts_used
from bulletin.document.tree import Section, walk
from bulletin.document.web import Web
from bulletin.model.finding import Finding
from bulletin.model.project import ParagraphTemplate

NAMED = ("block", "table", "chart", "name")
"""Parameters of findings that may hold the id of a block."""

_KEY = re.compile(r"(?:(?P<file>[^/@#]+)/)?(?P<block>[^@#]+?)(?:\.alt)?(?:#[^@]*)?(?:@(?P<language>[a-z]{2,3}))?")
"""`pt`-independent forms of keys: `coverage/women@pt`, `finance.balance#1`, `chart.alt#2`, `table@en`."""


@dataclass(frozen=True)
class Places:
    """What stands where in the pages of one language."""

    web: Web
    templates: Mapping[str, tuple[ParagraphTemplate, ...]]
    """By chapter."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Id of a block to the name of its page."""

    def of(self, finding: Finding) -> str:
        """The id of a block; empty where the finding concerns none in particular."""
        return next((block for block in self._candidates(finding) if block in self.known), "")

    def _candidates(self, finding: Finding) -> Iterator[str]:
        yield from self._paragraph(finding)
        key = _KEY.fullmatch(finding.key)
        if key and key["language"] in (None, self.web.language):
            yield key["block"]
        if key is None or key["language"] is None:
            yield from (str(finding.parameters[name]) for name in NAMED if name in finding.parameters)
            yield self._shown.get(finding.key, "")

    def _paragraph(self, finding: Finding) -> Iterator[str]:
        """Of a line of narrative: the paragraph, the chart of which it is the title, or the opening of the chapter."""
        place = finding.place
        lines = self._lines.get(place.file)
        if lines is None or not place.cell.isdigit():
            return
        at = bisect_right([line for line, _ in lines], int(place.cell)) - 1
        if at >= 0:
            yield lines[at][1]

    @cached_property
    def _lines(self) -> Mapping[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for chapter, templates in self.templates.items():
            for t in templates:
                if t.place.cell.isdigit():
                    name = f"{chapter}.lede" if t.id == "lede" else t.id.removeprefix("chart.")
                    found.setdefault(t.place.file, []).append((int(t.place.cell), name))
        return {file: sorted(lines) for file, lines in found.items()}

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        """Key of an observation, and id of an indicator, to the table that shows it first, else the chart, else what mentions it."""
        found: dict[str, str] = {}
        for blocks in _by_rank(walk(self.web.document.sections)), _ledes(self.web.document.sections):
            for block in blocks:
                for fact, _ in facts_used(block):
                    found.setdefault(fact, block.id)
                    found.setdefault(fact.partition(".")[0], block.id)
        return found


def _by_rank(blocks: Iterable[Block]) -> list[Block]:
    return sorted(blocks, key=lambda b: 0 if isinstance(b, Table) else 1 if isinstance(b, Figure) else 2)


def _ledes(sections: Iterable[Section]) -> Iterator[Block]:
    return (s.opening.lede for s in sections if s.opening and s.opening.lede)
