"""Lets every tag say which element of the markup it comes from: the renderer forgets it, and most mends need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity

LINES = "LineEnds"
"""Key of the catalogue, taken off as well: page, marked content and `Ending` of the last words of each line."""

SOURCE, MARKUP, CLASSES, SUMMARY = "Source", "Markup", "Classes", "Abstract"
"""Keys beside those of the standard, on tags between renderer and `mend`, which takes them off: number of the element of the
markup, its name, its classes, what a table is about. `/Lang` is the standard's own."""


class Ending(IntEnum):
    """What becomes of the end of a line when the words are read on."""

    SPACE = 1
    HYPHEN = 2
    """One that the renderer has put in."""
    LAST = 3
    """Of a paragraph, or of what of it stands on a page."""


BREAKS = ("-", "–", "—", "/", " ", "\u00a0", "\u200b")
"""After these a line ends without a space."""


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts, WeasyPrint marks the tags it makes.

    Its box tree knows the element of every box, but no public call hands out boxes and tags together; hence the one place where
    a function of WeasyPrint's own is wrapped. Where a later version has no such function the build stops and says so.
    """
    import weasyprint
    from weasyprint.css import AnonymousStyle
    from weasyprint.pdf import tags

    build = getattr(tags, "_build_box_tree", None)
    if build is None:
        message = f"WeasyPrint {weasyprint.__version__}: _build_box_tree"
        raise OutputError([Finding("pdf-render-complaint", Severity.ERROR, parameters={"message": message})])
    numbers: dict[tuple[int, str, str], int] = {}

    def marking(box: Any, *rest: Any) -> Iterator[Any]:
        real = getattr(box, "_box", box)
        _note_lines(real, *rest)
        for element in build(box, *rest):
            made = isinstance(real.style, AnonymousStyle) and not getattr(real, "is_table_wrapper", False)
            if real.element is not None and not made and SOURCE not in element:
                key = (id(real.element), str(real.element_tag), str(element["S"]))
                element[SOURCE] = numbers.setdefault(key, len(numbers))
                _describe(element, real.element, str(real.element_tag))
            yield element

    tags._build_box_tree = marking
    try:
        yield
    finally:
        tags._build_box_tree = build


def _note_lines(box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, marks: Any) -> None:
    """The renderer leaves out the space where it ends a line, and puts a hyphen in where it divides a word."""
    import pydyf
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    lines = [child for child in getattr(box, "children", ()) if isinstance(child, LineBox)]
    found = pdf.catalog.setdefault(LINES, pydyf.Array())
    for line in lines:
        last = _last(line)
        if last not in marks or not isinstance(last, TextBox):
            continue
        if last.text.endswith("\u2010"):
            ending = Ending.HYPHEN
        elif last.text.endswith(BREAKS):
            continue
        else:
            ending = Ending.LAST if line is lines[-1] else Ending.SPACE
        found += [page, marks[last]["mcid"], int(ending)]


def _last(box: Any) -> Any:
    while getattr(box, "children", ()):
        box = box.children[-1]
    return box


def _describe(tag: Any, element: Any, name: str) -> None:
    import pydyf

    tag[MARKUP] = pydyf.String(name)
    if "::" in name:
        return
    if classes := element.get("class"):
        tag[CLASSES] = pydyf.String(classes)
    if (language := element.get("lang")) and name != "html":
        tag["Lang"] = pydyf.String(language)
    if summary := element.get("data-summary"):
        tag[SUMMARY] = pydyf.String(summary)
