"""What an archive and its readers ask for beyond what Typst writes: tags, names of links, bookmarks, data of the tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.inline import plain
from bulletin.errors import OutputError
from bulletin.write.html import sections_of
from bulletin.write.parallel import joined
from bulletin.write.pdf.conform import Attachment, conform, saved
from bulletin.write.pdf.faces import check_faces
from bulletin.write.pdf.mends.links import name_links
from bulletin.write.pdf.structure import Element, Target, write
from bulletin.write.typst.compile import complaint
from bulletin.write.typst.lines import spell_words
from bulletin.write.typst.shape import Grid, shape
from bulletin.write.typst.tags import read

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from bulletin.document.tree import Document, Metadata

GOAL = re.compile(r'\bgoal([123])\("([^"]+)"\)')
"""In source: where links lead, and how many of them."""


def finished(
    data: bytes,
    source: str,
    document: Document,
    grids: Sequence[Grid],
    attachments: Sequence[Attachment],
    labels: Mapping[str, str],
    bookmarks: Sequence[str],
    spoken: Mapping[str, str] | None = None,
) -> bytes:
    """`labels`: link target to its name; `bookmarks`: in order of the headings; `spoken`: alternative texts that are not in the
    language of the document, with theirs."""
    from pikepdf import Name, Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        check_faces(pdf)
        root = read(pdf)
        name_targets(pdf, root, goals(source))
        for figure in root.named("Figure"):
            figure.language = (spoken or {}).get(figure.alternative, "")
        try:
            shape(root, grids)
        except ValueError as fault:
            raise OutputError([complaint(str(fault))]) from None
        tables = [tag for tag in write(pdf, root).values() if tag.S == "/Table"]
        spell_words(pdf)
        declare(pdf, document.metadata)
        name_links(pdf, labels)
        name_bookmarks(pdf, bookmarks)
        for name in ("/RoleMap",):
            if name in pdf.Root.StructTreeRoot:
                del pdf.Root.StructTreeRoot[Name(name)]
        conform(pdf, tables, attachments, document.metadata.release_date)
        return saved(pdf)


def goals(source: str) -> list[str]:
    """Where each link of the source leads, in order."""
    return [name for times, name in GOAL.findall(source) for _ in range(int(times))]


def bookmarks_of(document: Document, second: Document | None = None) -> tuple[str, ...]:
    pairs = zip(sections_of(document.sections), sections_of((second or document).sections), strict=True)
    return tuple(f"{s.number} {joined(s.title, t.title)}".strip() for s, t in pairs if plain(s.title))


def name_targets(pdf: Pdf, root: Element, wanted: Sequence[str]) -> None:
    """Places get the names that they have in every edition, so that an address of a page keeps leading there. Typst names none;
    links come in the order of the source, and those of one name lead to one place, which is checked."""
    from pikepdf import Array, Dictionary, String

    places: dict[str, Object] = {}
    waiting = iter(wanted)
    calls = notes = 0
    for link, of_note, is_call in _links(root):
        if of_note:
            notes += 1
            name = f"call-{notes}"
        elif is_call:
            calls += 1
            name = f"note-{calls}"
        else:
            name = next(waiting, "")
        for target in (kid for kid in link.kids if isinstance(kid, Target)):
            place = target.annotation.get("/Dest")
            if not name or place is None or _where(places.setdefault(name, place)) != _where(place):
                raise OutputError([complaint(f"{name or 'link'}: {place}")])
            target.annotation.Dest = String(name)
    if next(waiting, ""):
        raise OutputError([complaint("a link of the source is not in the file")])
    listed = [x for name in sorted(places) for x in (String(name), places[name])]
    if listed:
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(listed))))


def _links(root: Element) -> Iterator[tuple[Element, bool, bool]]:
    """Links in reading order: the element, whether it stands before the words of a footnote, whether it is the call of one."""

    def walk(element: Element, first_of_note: bool) -> Iterator[tuple[Element, bool, bool]]:
        first = element.tag == "Note"
        for kid in element.elements:
            if kid.tag == "Link":
                yield kid, first or first_of_note, element.tag == "Lbl" and not first_of_note
                first = False
            else:
                yield from walk(kid, first and kid.tag in ("Lbl", "P", "Div"))
                first = False

    return walk(root, False)


def _where(place: Object) -> tuple[tuple[int, int], float, float]:
    return place[0].objgen, round(float(place[2]), 1), round(float(place[3]), 1)


def declare(pdf: Pdf, about: Metadata) -> None:
    """Title, author and the rest as a reader's program shows them."""
    from pikepdf import Dictionary

    info = pdf.docinfo
    producer = str(info.get("/Creator", "Typst"))
    info["/Producer"] = producer
    if "/Subject" not in info and about.description:
        info["/Subject"] = about.description
    if "/Keywords" not in info and about.keywords:
        info["/Keywords"] = ", ".join(about.keywords)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def name_bookmarks(pdf: Pdf, titles: Sequence[str]) -> None:
    """With the number of the section before its title."""
    from pikepdf import String

    def items(first: Object | None) -> Iterator[Object]:
        while first is not None:
            yield first
            yield from items(first.get("/First"))
            first = first.get("/Next")

    if "/Outlines" not in pdf.Root:
        return
    found = list(items(pdf.Root.Outlines.get("/First")))
    if len(found) != len(titles):
        raise OutputError([complaint(f"{len(found)} bookmarks for {len(titles)} sections")])
    for item, title in zip(found, titles, strict=True):
        item.Title = String(title)
