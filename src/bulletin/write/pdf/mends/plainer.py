"""Takes out tags that say nothing: a reader's program walks the rest faster, and the file is smaller."""

from __future__ import annotations

from bulletin.write.pdf.structure import GROUPS, INLINE, Element, Mark, Target

CELLS = frozenset({"TD", "TH"})

RAISED = frozenset({"sup"})
"""Markup of note marks, which must not run into the figure before them."""


def drop_noise(root: Element) -> None:
    """Spans and NonStructs that carry nothing give their content to what they stand in, note marks and signs excepted; groups with nothing or with one thing go;
    words right inside a group become a paragraph (ISO 32000-1, 14.8.4.2 and 14.8.4.4; Matterhorn 01-006, 09-002)."""
    for inner in root.elements:
        drop_noise(inner)
    kids: list[Element | Mark | Target] = []
    for kid in root.kids:
        if not isinstance(kid, Element):
            kids.append(kid)
        elif not kid.kids and kid.tag not in CELLS:
            continue
        elif _says_nothing(kid, root):
            kids += kid.kids
        else:
            kids.append(kid)
    root.kids = _paragraphs(root, kids) if root.tag in GROUPS else kids


def _says_nothing(kid: Element, parent: Element) -> bool:
    if kid.language or kid.alternative or kid.attributes or kid.name:
        return False
    if kid.markup in RAISED or "flag" in kid.classes:
        kid.tag = "Span"
        return False
    if kid.tag in ("Span", "NonStruct"):
        return True
    return (
        kid.tag == "Div"
        and len(kid.kids) == 1
        and isinstance(kid.kids[0], Element)
        and parent.tag in GROUPS | {"LBody", "Caption"}
    )


def _paragraphs(group: Element, kids: list[Element | Mark | Target]) -> list[Element | Mark | Target]:
    """Runs of content and inline tags, each in a P; what a TOCI or the like may hold itself stays."""
    if group.tag in ("L", "LI", "TOC", "TOCI", "Table", "THead", "TBody", "TFoot", "TR"):
        return kids
    found: list[Element | Mark | Target] = []
    run: Element | None = None
    for kid in kids:
        if isinstance(kid, Element) and kid.tag not in INLINE:
            run = None
            found.append(kid)
            continue
        if run is None:
            run = Element("P")
            found.append(run)
        run.kids.append(kid)
    return found
