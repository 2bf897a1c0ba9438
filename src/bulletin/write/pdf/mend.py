"""Sets right in the tags what WeasyPrint leaves wrong; every mend names the rule it serves."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.write.pdf.faces import check_faces
from bulletin.write.pdf.headers import associate_headers
from bulletin.write.pdf.render import LANGUAGE
from bulletin.write.pdf.structure import children, elements, keep_marked, named, parent_tree, put, walk

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


def mended(pdf: bytes, labels: Mapping[str, str], body_rows: Sequence[int], second: str = "") -> bytes:
    """`labels`: link target to its name; `body_rows`: rows below the head of each printed table, in order; `second`: tag of the
    language of all that stands in an article. Same bytes for same input."""
    from pikepdf import ObjectStreamMode, Pdf

    with Pdf.open(io.BytesIO(pdf)) as document:
        check_faces(document)
        tell_languages(document)
        tell_second_language(document, second)
        flatten_links(document)
        join_tables(document, body_rows)
        associate_headers(document)
        drop_running_heads(document)
        name_links(document, labels)
        written = io.BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    return written.getvalue()


def tell_languages(pdf: Pdf) -> None:
    """A phrase in another language says so (PDF/UA-1, 7.2; Matterhorn 11-005); it travels as a link, see `render.LANGUAGE`."""
    from pikepdf import Array, Dictionary, Name, String

    owners = parent_tree(pdf)
    done: set[int] = set()
    for page in pdf.pages:
        kept: list[Object] = []
        for annotation in page.obj.get("/Annots", []):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if not address.startswith(LANGUAGE):
                kept.append(annotation)
                continue
            key = int(annotation.StructParent)
            phrase = owners[key]
            phrase.S, phrase.Lang = Name("/Span"), String(address.removeprefix(LANGUAGE))
            put(phrase, [kid for kid in children(phrase) if isinstance(kid, int) or "/S" in kid])
            done.add(key)
        if "/Annots" in page.obj:
            page.obj.Annots = Array(kept)
    if done:
        flat: list[Object | int] = []
        for key, owner in owners.items():
            flat += [] if key in done else [key, owner]
        pdf.Root.StructTreeRoot.ParentTree.Nums = Array(flat)


_BLOCKS = ("/Document", "/Sect", "/Div", "/LI", "/LBody")


def tell_second_language(pdf: Pdf, tag: str) -> None:
    """What stands in an article, where a page is in two languages, is in the second (PDF/UA-1, 7.2; Matterhorn 11-005)."""
    from pikepdf import Name, String

    if not tag:
        return
    for element in list(named(pdf.Root.StructTreeRoot, "/Art")):
        inner = {str(e.S) for e in elements(element)}
        element.S = Name("/Div" if str(element.P.S) in _BLOCKS and inner - {"/Span", "/Link", "/NonStruct"} else "/Span")
        element.Lang = String(tag)


def flatten_links(pdf: Pdf) -> None:
    """A link's generated content comes as a Link inside a Link, read twice (ISO 32000-1, 14.8.4.4.2: one Link, one destination)."""
    from pikepdf import Array, Dictionary

    changed: dict[tuple[int, int], Object] = {}
    for link in named(pdf.Root.StructTreeRoot, "/Link"):
        kids: list[Object | int] = []
        for kid in children(link):
            if isinstance(kid, Dictionary) and kid.get("/S") == "/Link":
                kids += children(kid)
                changed[kid.objgen] = link
            else:
                kids.append(kid)
        if len(kids) != len(children(link)) or any(link.objgen == outer.objgen for outer in changed.values()):
            put(link, kids)
    if not changed:
        return
    flat = pdf.Root.StructTreeRoot.ParentTree.Nums
    for i in range(1, len(flat), 2):
        entry = flat[i]
        if isinstance(entry, Array):
            for j, owner in enumerate(entry):
                if owner.objgen in changed:
                    entry[j] = changed[owner.objgen]
        elif entry.objgen in changed:
            flat[i] = changed[entry.objgen]


def join_tables(pdf: Pdf, body_rows: Sequence[int]) -> None:
    """A table cut by a page is one table, and its repeated head is no content (ISO 32000-1, 14.8.2.2 and 14.8.4.3.4).

    Parts are told by counting: a printed table ends when its rows are complete.
    """
    pieces = list(named(pdf.Root.StructTreeRoot, "/Table"))
    if sum(rows_below(piece) for piece in pieces) != sum(body_rows):
        return
    position = 0
    for expected in body_rows:
        first = pieces[position]
        count = rows_below(first)
        position += 1
        while count < expected:
            part = pieces[position]
            count += rows_below(part)
            position += 1
            put(first, [*children(first), *(e for e in elements(part) if e.S != "/THead")])
            remove(part)


def rows_below(table: Object) -> int:
    return sum(1 for body in elements(table) if body.S == "/TBody" for _ in elements(body))


def remove(element: Object) -> None:
    parent = element.P
    put(parent, [kid for kid in children(parent) if isinstance(kid, int) or kid.objgen != element.objgen])


def drop_running_heads(pdf: Pdf) -> None:
    """What stands in no tag, running heads, folios and repeated table heads, is an artifact (PDF/UA-1, 7.8; Matterhorn 17-001)."""
    reached = {element.objgen for element in walk(pdf.Root.StructTreeRoot)}
    owners = parent_tree(pdf)
    for page in pdf.pages:
        marked = owners[int(page.obj.StructParents)]
        keep = {i for i, owner in enumerate(marked) if owner is not None and owner.objgen in reached}
        if len(keep) < len(marked):
            keep_marked(pdf, page, keep)
            for i in set(range(len(marked))) - keep:
                marked[i] = None


def name_links(pdf: Pdf, labels: Mapping[str, str]) -> None:
    """A link says where it leads (PDF/UA-1, 7.18.5; Matterhorn 28-012)."""
    from pikepdf import String

    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            target = str(annotation.get("/Dest", ""))
            if annotation.Subtype == "/Link" and target in labels:
                annotation.Contents = String(labels[target])
