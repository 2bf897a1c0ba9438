"""Cuts the markup of a document where a new page begins anyway, so that each chapter can be rendered by itself, on whichever pages it
will stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.errors import OutputError
from bulletin.write.pdf.render import check_glyphs, fault

if TYPE_CHECKING:
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

CUT = "<!--part-->"
"""In the templates, before every chapter and after the last."""

ELSEWHERE = "x-ref:"
"""Scheme of a link to another part: the renderer makes a link of it and asks for no target; `join` finds that."""

NUMBER = "\ue000{}\ue001"
"""Page number that is not known yet, by what stands there; signs of the private use area, which no face has."""

OWN = (
    ".chapter, .chapter.spread { break-before: auto } .toc .pg a::after { content: none } "
    "@page { @bottom-left { content: none } @bottom-right { content: none } } "
    "@page :left { @bottom-left { content: none } @bottom-right { content: none } } "
    "@page sheet { @bottom-left { content: none } @bottom-right { content: none } }"
)
"""A part knows neither its pages' numbers nor their sides; `heads` prints what depends on them."""

_PAGE_NUMBER = re.compile(r'<span class="pg"><a href="#([^"]*)"></a></span>')
_WAITING = re.compile(NUMBER.format("([^\ue001]*)"))
_LINK = re.compile(r' href="#([^"]*)"')
ANCHOR = re.compile(r' id="([^"]*)"')
_ADDRESS = re.compile(r"asset:[^\"')\s]+")
_FIRST = re.compile(r'<section class="([^"]*)"(?: data-running="([^"]*)")?')


@dataclass(frozen=True)
class Part:
    """What one worker renders; nothing in it depends on where in the document it will stand, page numbers of the contents excepted."""

    name: str
    """Before the identifiers of its tags, which are its own in the whole document."""
    html: str
    assets: tuple[tuple[str, bytes], ...]
    """Pictures by address; the shipped faces are always there."""
    running: str = ""
    """Line of the foot, as markup."""
    is_cover: bool = False
    begins_left: bool = False
    """On a left-hand page, after an empty one if need be."""

    @property
    def is_waiting(self) -> bool:
        """For page numbers."""
        return "\ue000" in self.html


@dataclass(frozen=True)
class Frame:
    """Markup around the heads and feet of all pages."""

    before: str
    after: str
    assets: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Cuts:
    parts: tuple[Part, ...]
    """The cover, then a part for each chapter."""
    frame: Frame


def unnamed(document: Document) -> Document:
    """Without what all pages say of the whole document, so that no part changes with it."""
    about = replace(
        document.metadata, title="", publisher="", description="", keywords=(), release_date="", running="", watermark=""
    )
    return replace(document, metadata=about)


def bare(theme: Theme) -> Theme:
    """Without the strip at the head of every page, which `heads` prints."""
    return replace(theme, page_strip=False)


def cut(html: str, whole: str, assets: Mapping[str, bytes]) -> Cuts:
    """`html`: of the `unnamed` document on the `bare` theme, to be cut; `whole`: of the document as it is, for its frame. Raises OutputError for
    a link that leads nowhere and for a sign that no face has."""
    check_glyphs(html)  # of all parts at once, and before signs of the private use area mean something here
    before, *bodies, after = html.split(CUT)
    lost = sorted(set(_LINK.findall(html)) - set(ANCHOR.findall(html)))
    if lost:
        raise OutputError([fault("pdf-render-complaint", message=f"No anchor #{target}") for target in lost])
    before = before.replace("</style>", OWN + "\n</style>", 1)
    parts = tuple(_part(n, before, body, after, assets) for n, body in enumerate(bodies))
    pieces = whole.split(CUT)
    return Cuts(parts, Frame(pieces[0], pieces[-1], _used(pieces[0], assets)))


def _part(number: int, before: str, body: str, after: str, assets: Mapping[str, bytes]) -> Part:
    own = frozenset(ANCHOR.findall(body))

    def led(link: re.Match[str]) -> str:
        return link[0] if link[1] in own else f' href="{ELSEWHERE}{link[1]}"'

    body = _PAGE_NUMBER.sub(lambda m: f'<span class="pg"><a href="#{m[1]}">{NUMBER.format(m[1])}</a></span>', body)
    body = _LINK.sub(led, body)
    first = _FIRST.search(body)
    classes, running = (first[1].split(), first[2] or "") if first else ([], "")
    html = f"{before}{body}{after}"
    return Part(f"p{number:03d}", html, _used(body, assets), running, "cover" in classes, "spread" in classes)


def _used(markup: str, assets: Mapping[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """Pictures among `assets`."""
    return tuple((address, assets[address]) for address in sorted(set(_ADDRESS.findall(markup))) if address in assets)


def numbered(part: Part, pages: Mapping[str, int]) -> Part:
    """With the page numbers that it waits for."""
    return replace(part, html=_WAITING.sub(lambda m: str(pages[m[1]]), part.html))
