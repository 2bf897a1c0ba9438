"""What of a project reviewers can reword: paragraphs, items of lists, titles, headings and notes, by the id that they are printed under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bulletin.document.anchors import heading_of
from bulletin.model.outline import BoxSpec, ChartSpec, FiguresSpec, ListSpec, TableSpec, TextSpec, TextTableSpec
from bulletin.model.override import Kind

if TYPE_CHECKING:
    from bulletin.model.outline import Item, Outline
    from bulletin.model.project import ParagraphTemplate
    from bulletin.model.text import LocalText

LEDE, TITLE = "lede", "chart."
NOTE = re.compile(r"(?P<exhibit>.+)\.note\.[1-9]\d*")
"""Notes below a table or chart, and those of a text, are counted there; the legend of the signs and the source are not reworded."""


@dataclass(frozen=True)
class Rewordable:
    chapter: str
    template: str
    """Id of the paragraph, or of the list, in the chapter's narrative; the block's own where there is none."""
    kind: Kind
    required: bool = False
    texts: LocalText = field(default_factory=dict)
    """What configuration says, of titles and headings without a paragraph in the narrative."""


@dataclass(frozen=True)
class Blocks:
    """Of one language."""

    rewordable: Mapping[str, Rewordable]
    others: Mapping[str, str]
    """Further ids, after which a block can stand, and their chapters."""

    def get(self, block: str) -> Rewordable | None:
        """Notes are known by the table, chart or text that they belong to."""
        note = NOTE.fullmatch(block)
        exhibit = self.rewordable.get(note["exhibit"]) if note else None
        if exhibit is not None and exhibit.kind in ("title", "text", "item"):
            return Rewordable(exhibit.chapter, block, "note")
        return self.rewordable.get(block)

    def chapter_of(self, block: str) -> str | None:
        """None for what is not known."""
        found = self.get(block)
        return found.chapter if found else self.others.get(block)


def blocks_of(chapters: Mapping[str, tuple[ParagraphTemplate, ...]], outline: Outline | None) -> Blocks:
    found: dict[str, Rewordable] = {}
    others: dict[str, str] = {}
    titles: dict[str, Rewordable] = {}
    for chapter in outline.chapters if outline else ():
        found |= _heading(chapter.chapter, chapter.chapter, chapter.title)
        others[chapter.chapter] = chapter.chapter
        for section in chapter.sections:
            found |= _heading(chapter.chapter, section.id, section.title) if section.title else {}
            others[section.id] = chapter.chapter
            for item in section.items:
                _item(item, chapter.chapter, found, others)
    for name, templates in chapters.items():
        for template in templates:
            written = Rewordable(name, template.id, "text", template.required)
            if template.id.startswith(TITLE):
                titles[template.id.removeprefix(TITLE)] = replace(written, kind="title")
            elif template.text.lstrip().startswith("- "):
                lines = [line.strip() for line in template.text.split("\n") if line.strip()]
                others[template.id] = name
                point = replace(written, kind="item")
                found.update({f"{template.id}.{n}": point for n, line in enumerate(lines, 1) if line.startswith("- ")})
            else:
                found[f"{name}.{LEDE}" if template.id == LEDE else template.id] = written
    found.update({block: replace(title, texts=found[block].texts) for block, title in titles.items() if block in found})
    return Blocks(found, others)


def _heading(chapter: str, section: str, title: LocalText) -> dict[str, Rewordable]:
    name = heading_of(section)
    return {name: Rewordable(chapter, name, "heading", texts=title)}


def _item(item: Item, chapter: str, found: dict[str, Rewordable], others: dict[str, str]) -> None:
    match item:
        case TableSpec(name, title):
            found[name] = Rewordable(chapter, name, "title", texts=title)
        case TextTableSpec(name, title):
            found[name] = Rewordable(chapter, name, "title", texts=title)
        case ChartSpec():
            found[item.chart] = Rewordable(chapter, item.chart, "title", texts=item.title)
        case BoxSpec(name, title):
            found[name] = Rewordable(chapter, name, "heading", texts=title)
        case FiguresSpec(name, _):
            others[name] = chapter
        case TextSpec(name, choose):
            if choose:
                others[name] = chapter
        case ListSpec():
            pass
