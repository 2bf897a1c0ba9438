"""Puts rendered parts together: pages, tags, links, bookmarks and faces of one file, as if all had been rendered at once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.write.pdf.heads import Leaf
from bulletin.write.pdf.pages import EXHIBITS, Survey
from bulletin.write.pdf.parts import ELSEWHERE
from bulletin.write.pdf.turn import moved, turn_figure, turn_page, turn_place
from bulletin.write.pdf.union import unite_faces

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_NAMED = re.compile(rb"/([A-Za-z0-9.]+) (gs|Do|scn|SCN|sh)\b")
_KINDS = ("/ExtGState", "/XObject", "/Pattern", "/Shading")
_OF_HEADS = "h"
"""Before names that the heads' content has for its resources; none of WeasyPrint's begins with it."""


@dataclass(frozen=True)
class _Copy:
    """A part in the new file. `shifts`: of its pages, points by which they have been moved."""

    pages: tuple[Object, ...]
    shifts: Mapping[tuple[int, int], float]
    tree: Object
    outlines: Object | None
    places: Object | None
    exhibits: Object


def joined(
    pdf: Pdf, parts: Sequence[bytes], surveys: Sequence[Survey], leaves: Sequence[Leaf], heads: bytes, labels: Mapping[str, str]
) -> list[Object]:
    """Fills the new `pdf`; `labels`: link target to its name. Returns the tags of tables and figures, in order of print."""
    from pikepdf import Pdf as File

    # never closed here: what is copied is read when the new file is saved
    sources = [File.open(io.BytesIO(data)) for data in parts]
    head = File.open(io.BytesIO(heads))
    shifts = _put_pages(pdf, sources, surveys, leaves)
    copies = [_copied(pdf, source, n, leaves, shifts) for n, source in enumerate(sources)]
    _put_heads(pdf, head, leaves, shifts)
    _put_places(pdf, copies)
    _lead(pdf, labels)
    exhibits = _put_tags(pdf, copies)
    _put_outlines(pdf, copies)
    for key in ("/Lang", "/ViewerPreferences", "/MarkInfo"):
        value = sources[0].Root[key]
        pdf.Root[key] = pdf.copy_foreign(sources[0].make_indirect(value)) if key != "/Lang" else value
    for key, value in head.docinfo.items():
        pdf.docinfo[key] = value
    return exhibits


def _put_pages(pdf: Pdf, sources: Sequence[Pdf], surveys: Sequence[Survey], leaves: Sequence[Leaf]) -> list[float]:
    """Pages first: what is copied later refers to these. Returns for each how far it is moved."""
    shifts = []
    for leaf in leaves:
        if leaf.is_blank:
            pdf.add_blank_page()
            shifts.append(0.0)
            continue
        pdf.pages.append(sources[leaf.part].pages[leaf.page])
        shifts.append(surveys[leaf.part].mirrored[leaf.page] if leaf.is_turned else 0.0)
        if shifts[-1]:
            turn_page(pdf.pages[-1].obj, shifts[-1])
    return shifts


def _copied(pdf: Pdf, source: Pdf, number: int, leaves: Sequence[Leaf], shifts: Sequence[float]) -> _Copy:
    own = [(pdf.pages[n].obj, shifts[n]) for n, leaf in enumerate(leaves) if leaf.part == number]

    def copied(value: Object | None) -> Object | None:
        return None if value is None else pdf.copy_foreign(source.make_indirect(value))

    root = source.Root
    tree, exhibits = copied(root.StructTreeRoot), copied(root[f"/{EXHIBITS}"])
    assert tree is not None
    assert exhibits is not None
    places = copied(root.Names.Dests.Names) if "/Dests" in root.get("/Names", {}) else None
    moves = {page.objgen: points for page, points in own}
    return _Copy(tuple(page for page, _ in own), moves, tree, copied(root.get("/Outlines")), places, exhibits)


def _put_heads(pdf: Pdf, head: Pdf, leaves: Sequence[Leaf], shifts: Sequence[float]) -> None:
    """Below the text of each page, marked as no content of the document; an empty page has nothing else."""
    from pikepdf import Array

    of_heads = pdf.copy_foreign(head.make_indirect(head.pages[0].obj.Resources))
    held = {page.obj.Resources.objgen: page.obj.Resources for page in pdf.pages if "/Font" in page.obj.get("/Resources", {})}
    resources = [*held.values(), of_heads]
    unite_faces(pdf, [r.Font for r in resources])
    for kind in _KINDS:
        for name in list(of_heads.get(kind, {}).keys()):
            for each in resources:
                each[kind][f"/{_OF_HEADS}{name[1:]}"] = of_heads[kind][name]
    for page, alone, leaf, points in zip(pdf.pages, head.pages, leaves, shifts, strict=True):
        text = _NAMED.sub(rb"/%s\1 \2" % _OF_HEADS.encode(), alone.obj.Contents.read_bytes())
        text = b"/Artifact\n<</Type /Pagination>>\nBDC\nq\n" + text + b"\nQ\nEMC\n" + moved(points)
        if leaf.is_blank:
            page.obj.Contents, page.obj.Resources = pdf.make_stream(text), of_heads
            for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                page.obj[box] = Array([float(v) for v in alone.obj[box]])
        else:
            page.obj.Contents = Array([pdf.make_stream(text), page.obj.Contents])


def _put_places(pdf: Pdf, copies: Sequence[_Copy]) -> None:
    from pikepdf import Array, Dictionary, String

    found: dict[str, Object] = {}
    for copy in copies:
        flat = list(copy.places) if copy.places is not None else []
        for name, place in zip(flat[::2], flat[1::2], strict=True):
            turn_place(place, copy.shifts[place[0].objgen])
            found[str(name)] = place
    if found:
        listed = Array([x for name in sorted(found) for x in (String(name), found[name])])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=listed))


def _lead(pdf: Pdf, labels: Mapping[str, str]) -> None:
    """Links to other parts get the place that they lead to, and all the name of it."""
    from pikepdf import String

    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            target = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if target.startswith(ELSEWHERE):
                annotation.Dest = annotation.Contents = String(target.removeprefix(ELSEWHERE))
                del annotation["/A"]
            target = str(annotation.get("/Dest", ""))
            if target in labels:
                annotation.Contents = String(labels[target])


def _put_tags(pdf: Pdf, copies: Sequence[_Copy]) -> list[Object]:
    """The structure of all parts under one Document; pages and annotations share one row of numbers (ISO 32000-1, 14.7.4.4)."""
    from pikepdf import Array, Dictionary, Name, String

    root = pdf.make_indirect(Dictionary(Type=Name("/StructTreeRoot")))
    document = pdf.make_indirect(Dictionary(S=Name("/Document"), P=root, K=Array()))
    owners: list[Object] = []
    annotations: list[tuple[Object, Object]] = []
    names: list[tuple[str, Object]] = []
    exhibits: list[Object] = []
    for copy in copies:
        for child in copy.tree.K[0].K:
            child.P = document
            document.K.append(child)
        flat = list(copy.tree.ParentTree.Nums)
        numbered = {int(key): owner for key, owner in zip(flat[::2], flat[1::2], strict=True)}
        for page in copy.pages:
            owners.append(numbered[int(page.StructParents)])
            page.StructParents = len(owners) - 1
            annotations += [(a, numbered[int(a.StructParent)]) for a in page.get("/Annots", []) if "/StructParent" in a]
        if "/IDTree" in copy.tree:
            flat = list(copy.tree.IDTree.Names)
            names += [(str(name), tag) for name, tag in zip(flat[::2], flat[1::2], strict=True)]
        for tag in copy.exhibits:
            exhibits.append(tag)
            if tag.S == "/Figure" and "/Pg" in tag and copy.shifts[tag.Pg.objgen]:
                turn_figure(tag, copy.shifts[tag.Pg.objgen])
    for number, (annotation, _) in enumerate(annotations, len(owners)):
        annotation.StructParent = number
    listed = [*owners, *(tag for _, tag in annotations)]
    root.K = Array([document])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([x for pair in enumerate(listed) for x in pair])))
    root.ParentTreeNextKey = len(listed)
    if names:
        flat = [x for name, tag in sorted(names, key=lambda pair: pair[0]) for x in (String(name), tag)]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(flat)))
    pdf.Root.StructTreeRoot = root
    return exhibits


def _put_outlines(pdf: Pdf, copies: Sequence[_Copy]) -> None:
    """Bookmarks of all parts in one row."""
    from pikepdf import Dictionary

    row: list[Object] = []
    total = 0
    for copy in copies:
        if copy.outlines is None:
            continue
        total += int(copy.outlines.get("/Count", 0))
        row += _following(copy.outlines.First)
        for item in _below(copy.outlines.First):
            turn_place(item.Dest, copy.shifts[item.Dest[0].objgen])
    if not row:
        return
    outlines = pdf.make_indirect(Dictionary(Count=total, First=row[0], Last=row[-1]))
    for number, item in enumerate(row):
        item.Parent = outlines
        if number:
            item.Prev, row[number - 1].Next = row[number - 1], item
    pdf.Root.Outlines = outlines


def _following(item: Object | None) -> Iterator[Object]:
    while item is not None:
        yield item
        item = item.get("/Next")


def _below(first: Object) -> Iterator[Object]:
    for item in _following(first):
        yield item
        if "/First" in item:
            yield from _below(item.First)
