"""Tables and figures with their titles."""

from __future__ import annotations

from itertools import takewhile

from bulletin.write.pdf.structure import Element

EXHIBITS, HEADS = frozenset({"exhibit", "piece"}), frozenset({"head", "top"})
"""Classes of exhibits and of what stands above them, in the bulletin and in a leaflet."""


def caption_exhibits(root: Element) -> None:
    """Label, title and unit of a table are its Caption, inside it (ISO 32000-1, 14.8.4.3.4; WCAG 1.3.1). Those of a figure are a
    Caption right before it, in a group of the two: inside a Figure that has an alternative text nothing else is read (PDF/UA-1, 7.3;
    Tagged PDF Best Practice Guide 1.0, 4.3.1). WeasyPrint makes a Caption of `caption` and `figcaption` alone, and of no `figure` a
    group."""
    for exhibit in list(root.walk()):
        if not EXHIBITS & exhibit.classes:
            continue
        if exhibit.tag == "NonStruct":
            exhibit.tag = "Div"
        head = next((e for e in exhibit.elements if HEADS & e.classes), None)
        head = head or _gathered(exhibit)
        if head is None:
            continue
        head.tag = "Caption"
        table = next(exhibit.named("Table"), None)
        if table is not None and not any(e.tag == "Caption" for e in table.elements):
            exhibit.kids.remove(head)
            table.kids.insert(0, head)


def _gathered(exhibit: Element) -> Element | None:
    """Label, title and unit that stand one by one before the picture."""
    before = list(takewhile(lambda e: e.tag == "P", exhibit.elements))
    after = exhibit.elements[len(before) :]
    if not before or not after or after[0].tag != "Figure":
        return None
    head = Element("Caption", list(before))
    exhibit.kids = [head, *(kid for kid in exhibit.kids if kid not in before)]
    return head


def summarise_tables(root: Element) -> None:
    """What rows and columns are, for who cannot see the table at a glance (ISO 32000-1, table 349: Summary; WCAG H73)."""
    for table in root.named("Table"):
        if table.summary:
            table.attributes.setdefault("Table", {})["Summary"] = table.summary


def place_figures(root: Element, heights: list[float]) -> None:
    """The box of a figure in the measures of the page, which WeasyPrint gives in its own, from the upper edge (ISO 32000-1, 14.8.5.4.3).

    `heights`: of the pages, in points.
    """
    for figure in root.named("Figure"):
        box = figure.attributes.get("Layout", {}).get("BBox")
        if box is None or not figure.pages:
            continue
        left, top, right, bottom = (float(str(v)) * 0.75 for v in box)  # type: ignore[union-attr]
        height = heights[figure.pages[0]]
        figure.attributes["Layout"]["BBox"] = [round(v, 2) for v in (left, height - bottom, right, height - top)]
