"""What a page of a preview is told of the newest reading: findings beside blocks and in the panel, and what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bulletin.document.anchors import anchor
from bulletin.document.serial import Json
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.report import LEVELS, level_of
from bulletin.pipeline.messages import Texts, message, said
from bulletin.pipeline.preview.beside import Places
from bulletin.pipeline.preview.session import State

MOST = 200
"""Findings told; the rest is counted."""
WORDS = (
    "title", "ready", "reading", "behind", "gone", "standing", "none", "here", "elsewhere", "changed", "changed_here", "rule",
)  # fmt: skip
"""Texts `preview_…` that the page shows."""


@dataclass(frozen=True)
class View:
    """Of a state, in the language of messages."""

    state: State
    texts: Texts
    _places: dict[str, Places] = field(default_factory=dict)

    def of(self, path: str) -> dict[str, Json]:
        """For the page with this path."""
        language, name = self._language(path), path.rpartition("/")[2]
        told = self._told
        page = self.state.pages.file(path) if self.state.pages else None
        findings: list[Json] = [self._finding(f, language, name) for f in told[:MOST]]
        changed = [anchor(b) for b in self.state.changed.get(language, ()) if self._page_of(b, language) == name]
        return {
            "number": self.state.number,
            "newest": self.state.newest,
            "page": hashlib.sha256(page).hexdigest() if page is not None else "",
            "words": {key: self.texts.get(f"preview_{key}", key) for key in WORDS},
            "counts": self._counts(),
            "findings": findings,
            "more": said(self.texts, "preview_more", count=len(told) - MOST) if len(told) > MOST else "",
            "changed": [*changed],
            "elsewhere": [*self._elsewhere(language, name)],
        }

    @cached_property
    def _told(self) -> tuple[Finding, ...]:
        """What is to be mended first; notes only where they are about words, as others come with every edition; none that was
        accepted."""
        order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
        found = [f for f in self.state.findings if not f.waived and (f.severity is not Severity.INFO or f.rule in NOTED)]
        return tuple(sorted(found, key=lambda f: (order[f.severity], f.place.file, str(f.place), f.rule)))

    def _counts(self) -> Json:
        found = [level_of(f.severity, f.waived) for f in self._told]
        return [
            {"level": level, "count": found.count(level), "text": said(self.texts, f"preview_{level}s", count=found.count(level))}
            for level in LEVELS
            if level in found
        ]

    def _finding(self, finding: Finding, language: str, page: str) -> dict[str, Json]:
        block, where = self._block(finding, language)
        bare = Finding(finding.rule, finding.severity, Place(), finding.key, finding.parameters)
        name = self._page_of(block, where) if block else ""
        here = bool(block) and (where, name) == (language, page)
        level = level_of(finding.severity, finding.waived)
        return {
            "level": level,
            "severity": self.texts.get(f"severity_{level}", level),
            "place": str(finding.place),
            "text": message(bare, self.texts),
            "rule": finding.rule,
            "anchor": anchor(block) if here else "",
            "href": f"/{where}/{name}#{anchor(block)}" if block else "",
        }

    def _block(self, finding: Finding, language: str) -> tuple[str, str]:
        """Id and language of the block beside which a finding stands: in the language of the page, else in another."""
        for other in dict.fromkeys((language, *(self.state.pages.webs if self.state.pages else ()))):
            places = self._in(other)
            block = places.of(finding) if places else ""
            if block:
                return block, other
        return "", ""

    def _in(self, language: str) -> Places | None:
        pages = self.state.pages
        if pages is None or language not in pages.webs:
            return None
        if language not in self._places:
            templates = pages.prepared.project.narrative.get(language, {})
            self._places[language] = Places(pages.webs[language], templates, pages.around(language).known)
        return self._places[language]

    def _page_of(self, block: str, language: str) -> str:
        places = self._in(language)
        return places.known.get(block, "") if places else ""

    def _language(self, path: str) -> str:
        webs: Mapping[str, object] = self.state.pages.webs if self.state.pages else {}
        folder = path.partition("/")[0]
        return folder if folder in webs else next(iter(webs), "")

    def _elsewhere(self, language: str, name: str) -> Iterator[Json]:
        """Other pages of the language with something new, and where on them."""
        pages = self.state.pages
        if pages is None or language not in pages.webs:
            return
        first: dict[str, str] = {}
        for block in self.state.changed.get(language, ()):
            first.setdefault(self._page_of(block, language), block)
        for page in pages.around(language).pages:
            if page.name in first and page.name != name:
                yield {"title": page.title, "href": f"/{language}/{page.name}#{anchor(first[page.name])}"}


NOTED = frozenset({"rounding-visible"})
"""Notes on words."""
