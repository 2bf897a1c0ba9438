"""An edition in two languages side by side as Typst source: left column and upper line the first, right column and lower line the
second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definitions,
    Figure,
    KeyFigures,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.inline import Inlines, plain
from bulletin.write.html import ends_with_sheet, flow, is_landscape, is_short, listed_in
from bulletin.write.parallel import joined, same
from bulletin.write.typst.pages import Sheet, art
from bulletin.write.typst.parallel_blocks import Tongue, definitions, facing, figure, key_figures, opening_fact, table
from bulletin.write.typst.parallel_blocks import contents as listed_contents
from bulletin.write.typst.source import array, blocks, content, goal, inline, literal, mm, prose, said, statement

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.parallel import Parallel
    from bulletin.document.tree import Cover, Section

SHORT = 520
"""Letters of a paragraph that no page cuts."""


@dataclass
class Pair:
    """What is remembered on the way through both trees."""

    parallel: Parallel
    sheet: Sheet
    tongue: Tongue = field(init=False)

    def __post_init__(self) -> None:
        self.tongue = Tongue(self.parallel.second.metadata.tag)


def parallel_body(parallel: Parallel, images: Mapping[str, Image], cut: frozenset[str], targets: frozenset[str]) -> str:
    pair = Pair(parallel, Sheet(parallel.first, images, cut, targets))
    parts = [cover(parallel.first.cover, parallel.second.cover, pair)]
    for number, (section, twin) in enumerate(zip(parallel.first.sections, parallel.second.sections, strict=True)):
        parts += chapter(section, twin, pair)
        if number == 0 and parallel.numbers:
            one, two = (f"col-short({said(words)})" for words in (parallel.numbers, parallel.second_numbers))
            parts.append(facing(pair.tongue, one, two, below="2mm", breakable="false"))
    return "".join(parts)


def cover(page: Cover, other: Cover, pair: Pair) -> str:
    tongue, sheet = pair.tongue, pair.sheet
    foot, tag = mm(page.foot), literal(tongue.tag)
    parts = ["#set page(..bare)\n", art(page, sheet, double=True)]
    if page.banner:
        banners = [array((literal(c.banner), literal(c.banner_text))) for c in (page, other)]
        second = banners[1] if other.banner != page.banner else "none"
        parts.append(statement("banner-double", foot, tag, banners[0], second))

    def by(c: Cover) -> str:
        return array((content(c.publisher), content(c.partners) if c.partners else "none"))

    alike = same(page.publisher, other.publisher) and same(page.partners, other.partners)
    logos = [array((literal(sheet.path(m.id)), mm(sheet.images[m.id].height), literal(m.alt))) for m in page.logos]
    parts.append(
        statement(
            "cover-double",
            foot,
            tag,
            tongue.in_row(page.country, other.country),
            literal(page.edition),
            literal(page.year),
            literal(page.title),
            literal(other.title),
            by(page),
            subs=array((said(page.subtitle), said(other.subtitle))) if page.subtitle else "none",
            others="none" if alike else by(other),
            long="true" if len(page.title) > 50 else "false",
            logos=array(logos),
        )
    )
    return "".join(parts)


# ---------------------------------------------------------------- sections


def chapter(section: Section, twin: Section, pair: Pair) -> Iterator[str]:
    sheet, tongue = pair.sheet, pair.tongue
    if section.running:
        sheet.running = joined(section.running, twin.title)
    sheet.lying = False
    yield f"#set page(..upright({said(sheet.running)}))\n"
    target = sheet.target(section.id)
    if section.opening:
        yield from opening(section, twin, pair, target)
    else:
        if flow(section):
            yield sheet.lie()
        number = said(section.number) if section.number else "none"
        second = "" if same(section.title, twin.title) else _as(tongue, "heading", "17pt", "8mm", "theme.ink_2", twin.title)
        yield statement("title-double", number, f"[{target}{inline(section.title)}{second}]")
    yield from inside(section, twin, pair)


def _as(tongue: Tongue, face: str, size: str, line: str, fill: str, words: Inlines) -> str:
    return f"#below-as({literal(tongue.tag)}, {literal(face)}, {size}, {line}, fill: {fill}, {content(words)})"


def opening(section: Section, twin: Section, pair: Pair, target: str) -> Iterator[str]:
    page, other, tongue = section.opening, twin.opening, pair.tongue
    assert page is not None
    assert other is not None
    second = "" if same(section.title, twin.title) else _as(tongue, "heading", "18pt", "8.5mm", "theme.on_brand_2", twin.title)
    lede = "none"
    if page.lede and other.lede:
        lede = array((f"[{pair.sheet.target(page.lede.id)}{inline(page.lede.content)}]", content(other.lede.content)))
    words = f"[{target}{inline(section.title)}{second}]"
    yield statement("band-double", literal(tongue.tag), literal(section.number), words, lede=lede)
    if page.notice and other.notice:
        yield facing(
            tongue, f"col-notice({content(page.notice.content)})", f"col-notice({content(other.notice.content)})", below="4mm"
        )
    if page.figures:
        facts = [opening_fact(f, g, tongue) for f, g in zip(page.figures, other.figures, strict=True)]
        yield statement("facts", tongue.both(page.figures_title, other.figures_title), *facts)
    listed = listed_in(section)
    if listed:
        lines = [
            array((goal(p.id, times=2), said(p.number), said(plain(p.title)), said(plain(q.title))))
            for p, q in zip(listed, listed_in(twin), strict=True)
        ]
        yield statement("in-chapter-double", literal(tongue.tag), said(page.sections_title), said(other.sections_title), *lines)


def inside(section: Section, twin: Section, pair: Pair) -> Iterator[str]:
    sheet, tongue = pair.sheet, pair.tongue
    yield from listed_blocks(section.blocks, twin.blocks, pair, joined_sheet=not section.opening)
    former: Section | None = None
    for part, other in zip(section.sections, twin.sections, strict=True):
        if part.running:
            sheet.running = joined(part.running, other.title)
        lies = flow(part)
        if lies:
            yield sheet.lie()
        elif not (part.blocks and is_landscape(part.blocks[0])):
            yield sheet.upright()
        if plain(part.title):
            named = {"above": "0mm"} if lies or (former is not None and ends_with_sheet(former)) else {}
            if part.blocks and isinstance(part.blocks[0], Table | Figure) and not lies and part.level == 2:
                named["below"] = "6.25mm"
            words = f"[{sheet.target(part.id)}{inline(part.title)}]"
            tag = literal(tongue.tag)
            yield statement("hang-double", tag, str(part.level), literal(part.number), words, content(other.title), **named)
        yield from inside(part, other, pair)
        former = part


def listed_blocks(mine: Sequence[Block], yours: Sequence[Block], pair: Pair, *, joined_sheet: bool) -> Iterator[str]:
    sheet = pair.sheet
    for at, (block, twin) in enumerate(zip(mine, yours, strict=True)):
        after = mine[at + 1] if at + 1 < len(mine) else None
        if is_landscape(block):
            assert isinstance(block, Table)
            assert isinstance(twin, Table)
            first = joined_sheet and at == 0
            source, follows = table(block, twin, pair.parallel, pair.tongue, block.id in sheet.cut, joined_sheet=first)
            if not (sheet.lying and (first or follows)):
                yield sheet.lie()
            yield f"{sheet.target(block.id)}#{source}\n"
        else:
            yield sheet.upright()
            yield from spelled(block, twin, after, pair)


def spelled(block: Block, twin: Block, after: Block | None, pair: Pair) -> Iterator[str]:
    sheet, tongue = pair.sheet, pair.tongue
    target = sheet.target(block.id)
    match block, twin:
        case (Paragraph(), Paragraph()) | (BulletList(), BulletList()) | (Notice(), Notice()):
            yield from text(block, twin, after, pair, target)
        case KeyFigures(), KeyFigures():
            yield f"{target}{key_figures(block, twin, sheet.path, tongue)}"
        case Table(), Table():
            yield f"{target}#{table(block, twin, pair.parallel, tongue, block.id in sheet.cut)[0]}\n"
        case Figure(), Figure():
            width = sheet.images[block.chart.id].width if block.chart.id in sheet.images else block.chart.width
            yield f"{target}#{figure(block, twin, sheet.path, width, tongue)}\n"
        case Box(), Box():
            inner = [part for x, y in zip(block.blocks, twin.blocks, strict=True) for part in text(x, y, None, pair, "")]
            kept = "true" if is_short(block) else "false"
            names = (content(block.title), content(twin.title))
            yield target + statement("framed-double", literal(tongue.tag), *names, blocks(inner), kept=kept)
        case Definitions(), Definitions():
            yield target + definitions(block, twin, tongue)
        case Contents(), Contents():
            yield listed_contents(block, twin, tongue)
        case _:
            raise AssertionError(block.id)


def text(block: Block, twin: Block, after: Block | None, pair: Pair, target: str) -> Iterator[str]:
    tongue = pair.tongue
    first, second = pair.parallel.first.metadata.tag, pair.parallel.second.metadata.tag
    first, second = ("", "") if block.id in pair.sheet.cut else (first, second)
    far = {"below": "7.5mm"} if isinstance(after, Table | Figure | Box) else {}
    match block, twin:
        case Paragraph(), Paragraph():
            name = {"lede": "col-lede", "gap": "col-gap", "stale": "col-gap"}.get(block.role, "col-text")
            short = {"breakable": "false"} if len(plain(block.content)) < SHORT else {}
            one, two = f"{name}([{target}{prose(block.content, first)}])", f"{name}([{prose(twin.content, second)}])"
            yield facing(tongue, one, two, **{"below": "2.5mm", **short, **far})
        case BulletList(), BulletList():
            for n, (mine, yours) in enumerate(zip(block.items, twin.items, strict=True)):
                here = target if n == 0 else ""
                one, two = f"col-bullet([{here}{prose(mine.content, first)}])", f"col-bullet([{prose(yours.content, second)}])"
                last = far if n == len(block.items) - 1 else {}
                yield facing(tongue, one, two, **{"below": "1.2mm", **last})
        case Notice(), Notice():
            one, two = f"col-notice([{target}{inline(block.content)}])", f"col-notice({content(twin.content)})"
            yield facing(tongue, one, two, below="4mm")
        case _:
            raise AssertionError(block.id)


_ = assert_never
