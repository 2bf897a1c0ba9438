"""A manuscript in one language: cover and front matter, then the chapters of the outline with everything in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal as OneOf

from bulletin.compose.acronyms import ACRONYMS, acronyms, words_of
from bulletin.compose.chart_values import CHART_VALUES, chart_values
from bulletin.compose.charts import compose_chart
from bulletin.compose.context import Context, with_literals
from bulletin.compose.erratum import erratum
from bulletin.compose.front import contents_section, cover, imprint, metadata
from bulletin.compose.keyfigures import compose_key_figure
from bulletin.compose.lists import LISTS, compose_list
from bulletin.compose.planner import key_results
from bulletin.compose.tables import compose_table, compose_text_table
from bulletin.document.blocks import Block, Box, BulletList, Figure, KeyFigure, KeyFigures, Notice, Paragraph, Table
from bulletin.document.footnotes import identified
from bulletin.document.inline import Inlines, Text, plain
from bulletin.document.serial import facts_used
from bulletin.document.tree import Manuscript, Opening, Section
from bulletin.model.dataset import Observation
from bulletin.model.outline import (
    BoxSpec,
    ChapterSpec,
    ChartSpec,
    FigureSpec,
    FiguresSpec,
    Item,
    ListSpec,
    SectionSpec,
    TableSpec,
    TextSpec,
    TextTableSpec,
)

Numbering = OneOf["number", "letter", "none"]
_LIST = "list:"
"""Begins the id of what holds the place of a list until everything else is there."""
Narrative = Mapping[str, tuple[Block, ...]]
"""Paragraph id to its blocks, as the words part of compose rendered them, in print order."""


@dataclass
class _Used:
    """Observations printed so far: what the lists at the end explain."""

    observations: list[Observation]


@dataclass(frozen=True)
class Chapters:
    """As generated, open to reviewers' wording; what explains the words (notices, lists, acronyms) is not there yet."""

    sections: tuple[Section, ...]
    used: tuple[Observation, ...]
    """Shown by tables, charts and key figures."""
    illustrated: frozenset[str]
    """Ids of the chapters of which some are illustrative."""


def compose_chapters(context: Context, narratives: Mapping[str, Narrative]) -> Chapters:
    """`narratives` by chapter id. Chapters without any value print one sentence; their tables stay, so that a working group
    sees what is wanted."""
    used = _Used([])
    illustrated: set[str] = set()
    sections = []
    for spec in printed_chapters(context):
        before = len(used.observations)
        sections.append(_chapter(context, spec, narratives.get(spec.chapter, {}), used))
        if any(o.illustrative for o in used.observations[before:]):
            illustrated.add(spec.chapter)
    return Chapters(tuple(identified(section) for section in sections), tuple(used.observations), frozenset(illustrated))


def compose_manuscript(context: Context, composed: Chapters) -> Manuscript:
    """What is explained follows from the words as they are now."""
    used = _Used([*composed.used])
    values = partial(chart_values, context, composed.sections)
    filled = (_filled(chapter, {CHART_VALUES: values}) for chapter in composed.sections)
    there = [c for c in filled if c.sections or c.blocks or c.opening is None]
    chapters = [_noticed(context, chapter, used, chapter.id in composed.illustrated) for chapter in there]
    chapters = [_fill_lists(context, chapter, used) for chapter in chapters]
    illustrative = any(o.illustrative for o in used.observations)
    imprinted, errata = imprint(context, illustrative), erratum(context, chapters)
    printed = words_of((imprinted, *errata, *chapters))
    chapters = [_filled(chapter, {ACRONYMS: lambda: acronyms(context, printed)}) for chapter in chapters]
    front = [c for c in chapters if c.front]
    body = [c for c in chapters if not c.front]
    sections = (imprinted, *errata, *front, contents_section(context), *body)
    return Manuscript(metadata(context), cover(context, illustrative), sections, dict(context.locale.words))


def printed_chapters(context: Context) -> tuple[ChapterSpec, ...]:
    """Chapters of the outline; those and their sections that are optional and have no value are left out."""
    kept = [c for c in context.project.outline.chapters if not c.optional or _has_value(context, c.sections)]
    return tuple(replace(c, sections=tuple(s for s in c.sections if not s.optional or _has_value(context, (s,)))) for c in kept)


def _has_value(context: Context, sections: Sequence[SectionSpec]) -> bool:
    tables = (i for s in sections for i in s.items if isinstance(i, TableSpec))
    return any(o.value is not None for table in tables for o in compose_table(context, table)[1])


def exhibits(context: Context) -> frozenset[str]:
    """Ids of the tables and charts the edition will have, so that no sentence refers to a chart left out for want of data."""
    found: set[str] = set()
    for chapter in printed_chapters(context):
        for section in chapter.sections:
            for item in section.items:
                match item:
                    case TableSpec(table):
                        found.add(table)
                    case TextTableSpec(table):
                        found.add(table)
                    case ChartSpec(chart):
                        if _chart(context, item, ())[0] is not None:
                            found.add(chart)
                    case _:
                        pass
    return frozenset(found)


def _chapter(context: Context, spec: ChapterSpec, narrative: Narrative, used: _Used) -> Section:
    before = len(used.observations)
    figures = _key_figures(context, spec.figures, used)
    composed = [_section(context, s, narrative, used) for s in spec.sections]
    found = used.observations[before:]
    items = [i for s in spec.sections for i in s.items]
    stands_on_data = any(isinstance(i, (TableSpec, ChartSpec, FiguresSpec)) for i in items) and not any(
        isinstance(i, (TextTableSpec, ListSpec)) for i in items
    )
    empty = stands_on_data and not any(o.value is not None for o in found)
    if empty:
        own = _own(context, spec, narrative)
        composed = [_section(context, s, own, _Used([])) for s in spec.sections]
    sections = tuple(s for s in composed if s is not None)
    lede = next((b for b in narrative.get("lede", ()) if isinstance(b, Paragraph)), None)
    lede = replace(lede, id=f"{spec.chapter}.lede", role="lede") if lede else None
    opening = None
    if spec.numbered and not spec.front:
        opening = Opening(lede, figures if not empty else (), None, context.word("key_figures"), context.word("in_this_chapter"))
    blocks: list[Block] = []
    if opening is None:
        blocks += [lede] if lede else []
        if figures:
            blocks.append(KeyFigures(f"{spec.chapter}.figures", figures))
    if empty:
        blocks.append(Paragraph(f"{spec.chapter}.empty", (Text(context.word("missing_chapter")),)))
    numbering: Numbering = "letter" if spec.annex else "number" if spec.numbered else "none"
    return Section(
        spec.chapter, 1, with_literals(context.said(spec.title)), tuple(blocks), sections, opening, numbering, spec.front
    )


def _noticed(context: Context, chapter: Section, used: _Used, illustrated: bool) -> Section:
    """With the notice of a chapter of which a figure is illustrative, be it in words only."""
    opening = chapter.opening
    words = tuple(b for b in chapter.blocks if isinstance(b, (Paragraph, BulletList)))
    said = tuple(dict.fromkeys(fact for fact, _ in facts_used((chapter.sections, words, opening and opening.lede))))
    used.observations += context.facts.behind(said)
    if not illustrated and not any(context.facts.get(fact).illustrative for fact in said):
        return chapter
    notice = Notice(f"{chapter.id}.notice", (Text(context.word("illustrative_chapter")),))
    if opening is not None:
        return replace(chapter, opening=replace(opening, notice=notice))
    at = next((n for n, b in enumerate(chapter.blocks, 1) if isinstance(b, Paragraph) and b.role == "lede"), 0)
    return replace(chapter, blocks=(*chapter.blocks[:at], notice, *chapter.blocks[at:]))


def _own(context: Context, spec: ChapterSpec, narrative: Narrative) -> Narrative:
    """What the country itself has written for a chapter; shipped explanations of figures that do not exist are left out."""
    templates = context.project.narrative[context.language].get(spec.chapter, ())
    return {t.id: narrative[t.id] for t in templates if t.own and t.id in narrative}


def _section(context: Context, spec: SectionSpec, narrative: Narrative, used: _Used) -> Section | None:
    blocks: list[Block] = []
    for item in spec.items:
        blocks += _item(context, spec, item, narrative, used)
    if not blocks and not any(isinstance(i, ListSpec) for i in spec.items):
        return None
    if any(isinstance(i, TableSpec) for i in spec.items) and not any(isinstance(b, (Table, Figure)) for b in blocks):
        # What its tables would show exists in other countries only.
        own = {t.id for templates in context.project.narrative[context.language].values() for t in templates if t.own}
        if not any(b.id in own for b in blocks):
            return None
    return Section(spec.id, 2, with_literals(context.said(spec.title)), tuple(blocks))


def _item(context: Context, section: SectionSpec, item: Item, narrative: Narrative, used: _Used) -> tuple[Block, ...]:
    match item:
        case TextSpec(prefix):
            return key_results(context, item, narrative) if item.choose else _text(narrative, prefix)
        case TableSpec():
            table, observations = compose_table(context, item)
            if not table.rows or not table.columns:
                return ()
            used.observations += observations
            return (table,)
        case TextTableSpec():
            return (compose_text_table(context, item),)
        case ChartSpec():
            figure, observations = _chart(context, item, _title(narrative, item.chart))
            used.observations += observations
            return (figure,) if figure else ()
        case FiguresSpec(block, items):
            figures = _key_figures(context, items, used)
            return (KeyFigures(block, tuple(_headed(f) for f in figures)),) if figures else ()
        case BoxSpec(box, title):
            inner = tuple(b for b in _text(narrative, box) if isinstance(b, (Paragraph, BulletList)))
            return (Box(box, with_literals(context.said(title)), inner),) if inner else ()
        case ListSpec(name):
            return (Paragraph(f"{_LIST}{name}", (), "gap"),)


def _chart(context: Context, spec: ChartSpec, title: Inlines) -> tuple[Figure | None, tuple[Observation, ...]]:
    """Composed once: whether there is anything to draw is asked before any title is written."""
    known = context.charts.get(spec.chart)
    if known is None or known[0] is not spec:
        known = context.charts[spec.chart] = (spec, *compose_chart(context, spec, ()))
    _, figure, observations = known
    return replace(figure, title=title) if figure and title else figure, observations


def _text(narrative: Narrative, prefix: str) -> tuple[Block, ...]:
    return tuple(block for key, blocks in narrative.items() if key == prefix or key.startswith(prefix + ".") for block in blocks)


def _title(narrative: Narrative, chart: str) -> Inlines:
    for block in narrative.get(f"chart.{chart}", ()):
        if isinstance(block, Paragraph) and plain(block.content).strip():
            return _without_stop(block.content)
    return ()


def _without_stop(content: Inlines) -> Inlines:
    last = content[-1]
    if isinstance(last, Text) and last.text.rstrip().endswith("."):
        text = last.text.rstrip()[:-1]
        return (*content[:-1], Text(text)) if text else content[:-1]
    return content


def _key_figures(context: Context, specs: Sequence[FigureSpec], used: _Used) -> tuple[KeyFigure, ...]:
    """Without those of which nothing is known; a hidden one stays, with its sign."""
    figures = []
    for spec in specs:
        if made := compose_key_figure(context, spec):
            figure, observations = made
            used.observations += observations
            figures.append(figure)
    return tuple(figures)


def _headed(figure: KeyFigure) -> KeyFigure:
    """In a strip the label stands above the figure, as a heading; at a chapter's opening it goes on from it."""
    return replace(figure, label=figure.label[:1].upper() + figure.label[1:])


def _fill_lists(context: Context, chapter: Section, used: _Used) -> Section:
    """Lists come last because they explain what the whole edition printed; acronyms after the others, which print some too."""
    return _filled(chapter, {name: partial(compose_list, context, name, used.observations) for name in LISTS})


def _filled(chapter: Section, lists: Mapping[str, Callable[[], tuple[Block, ...]]]) -> Section:
    def fill(block: Block) -> tuple[Block, ...]:
        held = isinstance(block, Paragraph) and block.id.startswith(_LIST)
        make = lists.get(block.id.removeprefix(_LIST)) if held else None
        return make() if make else (block,)

    sections = tuple(replace(s, blocks=tuple(b for found in s.blocks for b in fill(found))) for s in chapter.sections)
    return replace(chapter, sections=tuple(s for s in sections if s.blocks))
