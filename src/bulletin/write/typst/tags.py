"""Reads the tags that Typst makes into the tree that the mends work on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletin.write.pdf.mends.languages import keep_languages
from bulletin.write.pdf.structure import Element, Mark, Target

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

KEPT = {"Table": ("ColSpan", "RowSpan"), "Layout": ("BBox",), "List": ("ListNumbering",)}
"""Attributes by owner; the others tell how it looks."""

PLAIN = {"Strong": "Span", "Em": "Span", "Code": "Span", "Quote": "Span"}
"""Tags that PDF 1.7 does not know, or that say nothing a reader needs."""

SPOKEN = re.compile(rb"/Span\s*<<([^<>]*)>>\s*BDC")
LANGUAGE = re.compile(rb"/Lang\s*\(([^)]*)\)")
NONE = b"zxx"
"""What addresses are set in, so that they are not divided as words; readers are not told."""

NUMBER = re.compile(rb"/MCID\s+(\d+)")


def read(pdf: Pdf) -> Element:
    """The one `Document` of the file; words in another language are in an element that says so."""
    numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
    said = {mark: language for n, page in enumerate(pdf.pages) for mark, language in _spoken(n, page)}
    root = _read(_items(pdf.Root.StructTreeRoot.K)[0], numbers, -1)
    root.language = ""
    _say_languages(root, said)
    keep_languages(root, str(pdf.Root.Lang))
    return root


def _items(kids: Object) -> list[Object]:
    from pikepdf import Array

    return list(kids) if isinstance(kids, Array) else [kids]


def _read(tag: Object, numbers: dict[tuple[int, int], int], page: int) -> Element:
    held = dict(tag.items())
    name, said = str(held["/S"]).lstrip("/"), str(held.get("/Lang", ""))
    element = Element(
        PLAIN.get(name, name), alternative=str(held.get("/Alt", "")), language="" if said == NONE.decode() else said
    )
    for look in _items(held["/A"]) if "/A" in held else ():
        owner = str(look.O).lstrip("/")
        for key in KEPT.get(owner, ()):
            if f"/{key}" in look and (owner != "Layout" or element.tag == "Figure"):
                element.attributes.setdefault(owner, {})[key] = _value(look[f"/{key}"])
    if "/Pg" in held:
        page = numbers.get(held["/Pg"].objgen, page)
    kids: list[Object | int] = list(_items(held["/K"])) if "/K" in held else []
    for kid in kids:
        if isinstance(kid, int):
            element.kids.append(Mark(page, kid))
        elif "/S" in kid:
            element.kids.append(_read(kid, numbers, page))
        elif kid.get("/Type") == "/MCR":
            element.kids.append(Mark(numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            element.kids.append(Target(numbers[kid.Pg.objgen] if "/Pg" in kid else page, kid.Obj))
    return element


def _value(value: Object) -> Object | int | str | list[str] | list[float]:
    from pikepdf import Array, Name

    if isinstance(value, Array):
        return [round(float(v), 2) for v in value]
    if isinstance(value, Name):
        return str(value).lstrip("/")
    return value


def _spoken(number: int, page: Page) -> list[tuple[Mark, str]]:
    """Marked content of a page that has a language of its own."""
    data = contents(page)
    if b"/Lang" not in data:
        return []
    found = []
    for match in SPOKEN.finditer(data):
        language, mark = LANGUAGE.search(match[1]), NUMBER.search(match[1])
        if language and mark and language[1] != NONE:
            found.append((Mark(number, int(mark[1])), language[1].decode()))
    return found


def contents(page: Page) -> bytes:
    return b"\n".join(stream.read_bytes() for stream in _items(page.obj.Contents))


def _say_languages(element: Element, said: dict[Mark, str]) -> str:
    """What is in another language goes into a `Span`, or its element says so where all of it is; returns that language."""
    if element.language:
        # Typst says it of the whole element, and of no mark inside; what inside is in another one says so itself
        return element.language
    spoken: list[str] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            spoken.append(_say_languages(kid, said))
        elif isinstance(kid, Mark):
            spoken.append(said.get(kid, ""))
        else:
            spoken.append("*")
    languages = set(spoken) - {"*"}
    if len(languages) == 1 and "" not in languages and element.tag != "Document":
        (element.language,) = languages
        for inner in element.walk():
            inner.language = ""
        return element.language
    kids: list[Element | Mark | Target] = []
    for kid, language in zip(element.kids, spoken, strict=True):
        if not isinstance(kid, Mark) or not language:
            kids.append(kid)
        elif kids and isinstance(kids[-1], Element) and kids[-1].tag == "Span" and kids[-1].language == language:
            kids[-1].kids.append(kid)
        else:
            kids.append(Element("Span", [kid], language=language))
    element.kids = kids
    return "" if languages else "*"
