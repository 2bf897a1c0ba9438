"""A document as Typst source: cover, chapters and what they hold, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from bulletin.document.anchors import anchor
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
from bulletin.document.inline import plain
from bulletin.model.theme import PANEL
from bulletin.write.html import (
    ends_with_sheet,
    flow,
    is_landscape,
    is_short,
    is_spread,
    listed_in,
    stands_alone,
    targets_of,
)
from bulletin.write.table_layout import layout
from bulletin.write.typst.figures import figure, key_figures, opening_fact
from bulletin.write.typst.lists import TITLE, contents, definitions
from bulletin.write.typst.source import array, blocks, call, content, goal, inline, literal, mm, prose, said, statement
from bulletin.write.typst.tables import table

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Cover, Document, Section


DOUBLE = 30.0
"""Millimetres less of the cover's picture where the cover says everything twice."""


@dataclass
class Sheet:
    """What is remembered on the way through a document."""

    document: Document
    images: Mapping[str, Image]
    cut: frozenset[str]
    targets: frozenset[str]
    taken: set[str] = field(default_factory=set)
    lying: bool = False
    """Whether the page lies."""
    running: str = ""
    spread: bool = False
    """Whether these are the key results, which take two pages that face each other."""
    at: float | None = None
    """Millimetres of the page that are filled, where they are known."""

    def target(self, block_id: str) -> str:
        """The place that links to a block lead to, once."""
        if block_id not in self.targets or block_id in self.taken:
            return ""
        self.taken.add(block_id)
        return f'#here-is("{anchor(block_id)}")'

    @property
    def below(self) -> str:
        """Space around exhibits."""
        return "5mm" if self.spread else ""

    def path(self, identity: str) -> str:
        return picture_path(identity, self.images)

    def upright(self) -> str:
        """Back from a sheet that lies."""
        if not self.lying:
            return ""
        self.lying = False
        return f"#set page(..upright({said(self.running)}))\n"

    def lie(self) -> str:
        if self.lying:
            return "#pagebreak(weak: true)\n"
        self.lying = True
        return "#set page(..lying)\n"


def picture_path(identity: str, images: Mapping[str, Image]) -> str:
    from bulletin.errors import OutputError
    from bulletin.model.finding import Finding, Severity

    if identity not in images:
        raise OutputError([Finding("pdf-asset-refused", Severity.ERROR, parameters={"address": identity})])
    image = images[identity]
    return f"pictures/{anchor(identity)}.{'svg' if image.svg else image.raster}"


def body(document: Document, images: Mapping[str, Image], cut: frozenset[str]) -> str:
    """All pages; what stands at the top of the file is `write.typst.files`'s."""
    sheet = Sheet(document, images, cut, targets_of(document))
    parts = [cover(document.cover, sheet)]
    for section in document.sections:
        parts += chapter(section, sheet)
    return "".join(parts)


# ---------------------------------------------------------------- cover


def art(page: Cover, sheet: Sheet, *, double: bool = False) -> str:
    """The drawn country, or the picture of the project; `double`: on a cover in two languages."""
    foot, suffix = mm(page.foot), "-double" if double else ""
    if page.picture:
        image = sheet.images[page.picture.id]
        wide, high = PANEL[0], (PANEL[1] - DOUBLE if double else PANEL[1]) - page.foot
        scale = max(wide / image.width, high / image.height)
        x = (wide - image.width * scale) * page.focus[0]
        y = (high - image.height * scale) * page.focus[1]
        shown = call("image", literal(sheet.path(page.picture.id)), width=mm(image.width * scale), alt=literal(page.picture.alt))
        return statement(f"panel{suffix}", foot, f"place(top + left, dx: {mm(x)}, dy: {mm(y)}, {shown})")
    if page.art:
        return statement(f"drawn{suffix}", literal(sheet.path(page.art.id)), foot)
    return statement(f"panel{suffix}", foot, "[]")


def cover(page: Cover, sheet: Sheet) -> str:
    foot = mm(page.foot)
    parts = ["#set page(..bare)\n", art(page, sheet)]
    if page.banner:
        parts.append(statement("banner", foot, literal(page.banner), literal(page.banner_text)))
    logos = [array((literal(sheet.path(m.id)), mm(sheet.images[m.id].height), literal(m.alt))) for m in page.logos]
    parts.append(
        statement(
            "cover",
            foot,
            literal(page.country),
            literal(page.edition),
            literal(page.year),
            literal(page.title),
            literal(page.subtitle),
            content(page.publisher),
            partners=content(page.partners) if page.partners else "none",
            long="true" if len(page.title) > 50 else "false",
            logos=array(logos),
        )
    )
    return "".join(parts)


# ---------------------------------------------------------------- sections


def chapter(section: Section, sheet: Sheet) -> Iterator[str]:
    sheet.running = section.running or sheet.running
    sheet.lying = False
    spread = section.opening is None and is_spread(section)
    sheeted = section.opening is None and flow(section)
    sheet.spread = spread
    if spread:
        yield '#metadata(none)<before-spread>\n#pagebreak(weak: true, to: "even")\n'
    yield f"#set page(..upright({said(sheet.running)}))\n"
    if spread:
        yield "#metadata(none)<spread>\n"
    if section.opening:
        yield from opening(section, sheet)
        sheet.at = None
    else:
        if sheeted:
            yield sheet.lie()
        number = said(section.number) if section.number else "none"
        yield statement("title", number, f"[{sheet.target(section.id)}{content(section.title)[1:-1]}]")
        sheet.at = TITLE
    yield from inside(section, sheet, top=True)


def opening(section: Section, sheet: Sheet) -> Iterator[str]:
    page = section.opening
    assert page is not None
    words = f"[{sheet.target(section.id)}{content(section.title)[1:-1]}]"
    lede = f"[{sheet.target(page.lede.id)}{content(page.lede.content)[1:-1]}]" if page.lede else "none"
    yield statement("band", literal(section.number), words, lede=lede)
    if page.notice:
        yield statement("notice", content(page.notice.content))
    if page.figures:
        yield statement("facts", said(page.figures_title), *(opening_fact(f) for f in page.figures))
    listed = listed_in(section)
    if listed:
        name = "in-chapter-alone" if stands_alone(section) else "in-chapter"
        lines = [array((goal(p.id), said(p.number), said(plain(p.title)))) for p in listed]
        yield statement(name, said(page.sections_title), *lines)


def inside(section: Section, sheet: Sheet, *, top: bool = False) -> Iterator[str]:
    yield from listed(section.blocks, sheet, joined=not section.opening)
    former: Section | None = None
    for part in section.sections:
        if part.running:
            sheet.running = part.running
        lies = flow(part)
        if lies:
            yield sheet.lie()
        elif not (part.blocks and is_landscape(part.blocks[0])):
            yield sheet.upright()
        if plain(part.title):
            sheeted = lies or (former is not None and ends_with_sheet(former))
            named = {"above": "0mm"} if sheeted else {}
            if part.blocks and isinstance(part.blocks[0], Table | Figure) and not lies and part.level == 2:
                named["below"] = "6.25mm"
            words = f"[{sheet.target(part.id)}{content(part.title)[1:-1]}]"
            yield statement("hang", str(part.level), literal(part.number), words, **named)
            sheet.at = None
        yield from inside(part, sheet)
        former = part


def listed(section_blocks: Sequence[Block], sheet: Sheet, *, joined: bool) -> Iterator[str]:
    at = 0
    while at < len(section_blocks):
        block = section_blocks[at]
        after = section_blocks[at + 1] if at + 1 < len(section_blocks) else None
        if isinstance(block, Contents):
            lists = [block]
            while at + 1 < len(section_blocks) and isinstance(section_blocks[at + 1], Contents):
                at += 1
                lists.append(section_blocks[at])  # type: ignore[arg-type]
            source, sheet.at = contents(lists, sheet.at or 0.0)
            yield source
        elif is_landscape(block):
            assert isinstance(block, Table)
            first = joined and at == 0
            follows = bool(block.part_of) and "kept" in layout(block, block.id in sheet.cut).classes.split()
            if not (first and sheet.lying) and not (follows and sheet.lying):
                yield sheet.lie()
            yield sheet.target(block.id) + f"#{table(block, block.id in sheet.cut, joined=first)}\n"
        else:
            yield sheet.upright()
            yield from spelled(block, after, sheet)
        at += 1


def spelled(block: Block, after: Block | None, sheet: Sheet) -> Iterator[str]:
    target = sheet.target(block.id)
    former, sheet.at = sheet.at, None
    match block:
        case Paragraph() | BulletList() | Notice():
            yield text(block, after, sheet, target)
        case KeyFigures():
            yield f"{target}#{key_figures(block, sheet.path)}\n"
        case Table():
            yield f"{target}#{table(block, block.id in sheet.cut, below=sheet.below)}\n"
        case Figure():
            width = sheet.images[block.chart.id].width if block.chart.id in sheet.images else block.chart.width
            yield f"{target}#{figure(block, sheet.path, width, sheet.below)}\n"
        case Box():
            inner = [text(part, follower, sheet, "", boxed=True) for part, follower in _followed(block.blocks)]
            yield target + statement("framed", content(block.title), blocks(inner), kept="true" if is_short(block) else "false")
        case Definitions():
            source, sheet.at = definitions(block, former)
            yield target + source
        case Contents():
            raise AssertionError(block.id)
        case _:
            assert_never(block)


def _followed(items: Sequence[Paragraph | BulletList]) -> Iterator[tuple[Paragraph | BulletList, Paragraph | BulletList | None]]:
    for n, item in enumerate(items):
        yield item, items[n + 1] if n + 1 < len(items) else None


def text(block: Paragraph | BulletList | Notice, after: Block | None, sheet: Sheet, target: str, *, boxed: bool = False) -> str:
    language = "" if block.id in sheet.cut else sheet.document.metadata.tag
    named = {"left": "0mm"} if boxed else {}
    match block:
        case Paragraph(role="body"):
            if isinstance(after, BulletList):
                named["below"] = "1.5mm"
            return statement(
                "spread-paragraph" if sheet.spread else "paragraph", f"[{target}{prose(block.content, language)}]", **named
            )
        case Paragraph(role="lede"):
            return statement("standfirst", f"[{target}{prose(block.content, '')}]")
        case Paragraph():
            return statement("gap", f"[{target}{prose(block.content, '')}]")
        case BulletList():
            items = [f"[{prose(item.content, language)}]" for item in block.items]
            return target + statement("spread-bullets" if sheet.spread else "bullets", *items, **named)
        case Notice():
            return statement("notice", f"[{target}{inline(block.content)}]")
        case _:
            assert_never(block)
