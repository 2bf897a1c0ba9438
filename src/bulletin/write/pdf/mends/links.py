"""Links: once each, and named after what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.write.pdf.structure import Element, Mark, Target

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


def flatten_links(pdf: Pdf, root: Element) -> None:
    """What a style sheet adds to a link comes as a Link inside a Link, with a place to click above the other: one stop of the tab key
    too many (ISO 32000-1, 14.8.4.4.2: one destination each; Matterhorn 28-004)."""
    gone: set[tuple[int, int]] = set()
    for link in root.named("Link"):
        own = [kid for kid in link.kids if isinstance(kid, Target)]
        inside: list[Element | Mark | Target] = []
        for kid in link.kids:
            if not (isinstance(kid, Element) and kid.tag == "Link"):
                inside.append(kid)
                continue
            for inner in kid.kids:
                if isinstance(inner, Target) and any(_covers(outer, inner) for outer in own):
                    gone.add(inner.annotation.objgen)
                else:
                    inside.append(inner)
        link.kids = inside
    if gone:
        for page in pdf.pages:
            if "/Annots" in page.obj:
                page.obj.Annots = _without(page.obj.Annots, gone)


def _covers(outer: Target, inner: Target) -> bool:
    if outer.page != inner.page:
        return False
    (a, b), (c, d) = ((sorted(float(v) for v in t.annotation.Rect[i::2]) for i in (0, 1)) for t in (outer, inner))
    return a[0] <= c[0] + 1 and c[1] <= a[1] + 1 and b[0] <= d[0] + 1 and d[1] <= b[1] + 1


def _without(annotations: Object, gone: set[tuple[int, int]]) -> Object:
    from pikepdf import Array

    return Array([a for a in annotations if a.objgen not in gone])


def name_links(pdf: Pdf, labels: Mapping[str, str]) -> None:
    """A link says where it leads, not the address of it (PDF/UA-1, 7.18.5; Matterhorn 28-012; WCAG 2.4.4)."""
    from pikepdf import String

    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            target = str(annotation.get("/Dest", ""))
            if annotation.Subtype == "/Link" and target in labels:
                annotation.Contents = String(labels[target])
