"""The language of whatever is not in the language of the document."""

from __future__ import annotations

from bulletin.write.pdf.structure import INLINE, Element

TEXT = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Link", "TH", "TD", "LBody", "Lbl", "Caption"})
"""Tags in which words stand in a line."""

ROOMS = frozenset({"LBody", "TD", "TH", "Caption"})
"""Those of them that hold paragraphs as well."""


def keep_languages(root: Element, document: str) -> None:
    """An element has the language of its `lang` where it differs from that around it (PDF/UA-1, 7.2; Matterhorn 11-001 to 11-005;
    WCAG 3.1.2). `origin` brings it into the file; here it is taken off where it says nothing new."""

    def visit(element: Element, around: str) -> None:
        if element.language == around:
            element.language = ""
        for kid in element.elements:
            visit(kid, element.language or around)

    visit(root, document)


def retag_articles(root: Element) -> None:
    """`article` carries the second language of a page in two; it is no article of its own (ISO 32000-1, 14.8.4.2: Art is
    self-contained)."""
    for parent in (root, *root.walk()):
        for kid in parent.elements:
            if kid.tag == "Art":
                blocks = any(e.tag not in INLINE for e in kid.elements)
                if blocks and parent.tag not in TEXT - ROOMS:
                    kid.tag = "Div"
                    continue
                beside = parent.tag not in TEXT - ROOMS and any(e.tag not in INLINE | {"Art"} for e in parent.elements)
                kid.tag = "P" if beside else "Span"
                for inner in kid.walk() if blocks else ():
                    inner.tag = inner.tag if inner.tag in INLINE else "Span"
