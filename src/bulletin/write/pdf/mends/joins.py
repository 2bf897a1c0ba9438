"""What a page or a line cuts in pieces is one again."""

from __future__ import annotations

from bulletin.write.pdf.structure import Element, Mark, Target

REPEATED = frozenset({"THead", "TFoot"})
"""Printed again on every page of a table."""


def join_pieces(root: Element) -> None:
    """A section, list, table, paragraph or link is one tag on however many lines and pages it stands; the head of a table that is
    printed again is no content (ISO 32000-1, 14.8.4.2 and 14.8.4.3.4; Matterhorn 01-005, 09-004; WeasyPrint issue 2903)."""
    for element in (root, *root.walk()):
        _join(element)


def drop_boxes(root: Element) -> None:
    """What the renderer makes for itself, a column of a list say, is not another list in the list (ISO 32000-1, 14.8.4.3.3;
    Matterhorn 09-004 to 09-007)."""
    for element in (root, *root.walk()):
        while any(_is_box(kid, element) for kid in element.elements):
            element.kids = [inner for kid in element.kids for inner in (kid.kids if _is_box(kid, element) else [kid])]  # type: ignore[union-attr]


def _is_box(kid: Element | Mark | Target, parent: Element) -> bool:
    if not isinstance(kid, Element) or kid.tag != parent.tag:
        return False
    # one element has two boxes where it is set as a table
    return kid.source == parent.source >= 0 or (kid.source < 0 and not kid.language and not kid.alternative)


def _join(parent: Element) -> None:
    found: dict[tuple[int, str], Element] = {}
    kids: list[Element | Mark | Target] = []
    for kid in parent.kids:
        if isinstance(kid, Element) and kid.source >= 0:
            first = found.get((kid.source, kid.tag))
            if first is not None and (kids[-1] is first or first.pages[-1:] < kid.pages[:1]):
                if kid.tag not in REPEATED:
                    first.kids += kid.kids
                continue
            found[kid.source, kid.tag] = kid
        kids.append(kid)
    parent.kids = kids
