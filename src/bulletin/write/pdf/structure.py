"""The tags of a PDF as a tree of values: read from the file, changed by the mends, written back with all that refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.write.pdf.origin import CLASSES, MARKUP, SOURCE, SUMMARY

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

    Value = Object | int | str | list[str] | list[float]

INLINE = frozenset({"Span", "Link", "NonStruct", "Note", "Reference"})
"""Tags that stand in a line of text."""

GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "L", "LI", "TOC", "TOCI", "Table", "THead", "TBody", "TFoot", "TR"})
"""Tags that hold other tags and no text of their own (ISO 32000-1, 14.8.4.2 and 14.8.4.3)."""


@dataclass(frozen=True)
class Mark:
    """Marked content of a page, counted from 0."""

    page: int
    number: int


@dataclass(frozen=True)
class Target:
    """An annotation that a tag owns."""

    page: int
    annotation: Object


@dataclass(eq=False)
class Element:
    """A tag. `attributes`: those of the standard by owner (`Table`: `ColSpan`, …); `source` and `markup`: see `origin`."""

    tag: str
    kids: list[Element | Mark | Target] = field(default_factory=list)
    attributes: dict[str, dict[str, Value]] = field(default_factory=dict)
    alternative: str = ""
    language: str = ""
    name: str = ""
    """`/ID`."""
    source: int = -1
    markup: str = ""
    classes: frozenset[str] = frozenset()
    summary: str = ""

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """Descendants in reading order."""
        for kid in self.elements:
            yield kid
            yield from kid.walk()

    def named(self, *tags: str) -> Iterator[Element]:
        return (e for e in self.walk() if e.tag in tags)

    def owned(self) -> Iterator[Mark | Target]:
        """Content in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.owned()
            else:
                yield kid

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({mark.page for mark in self.owned()}))

    def span(self, kind: str) -> int:
        """`ColSpan` or `RowSpan`."""
        found = self.attributes.get("Table", {}).get(kind, 1)
        return found if isinstance(found, int) else 1


def read(pdf: Pdf) -> Element:
    """The one `Document` of the file."""
    numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
    return _read(pdf.Root.StructTreeRoot.K[0], numbers)


def _read(tag: Object, numbers: dict[tuple[int, int], int]) -> Element:
    from pikepdf import Array

    held = dict(tag.items())  # asked for all at once, a key takes half the time
    element = Element(
        str(held["/S"]).lstrip("/"),
        alternative=str(held.get("/Alt", "")),
        language=str(held.get("/Lang", "")),
        source=int(held.get(f"/{SOURCE}", -1)),
        markup=str(held.get(f"/{MARKUP}", "")),
        classes=frozenset(str(held.get(f"/{CLASSES}", "")).split()),
        summary=str(held.get(f"/{SUMMARY}", "")),
    )
    if "/A" in held:
        values = dict(held["/A"].items())
        owner = str(values.pop("/O")).lstrip("/")
        element.attributes[owner] = {key.lstrip("/"): value for key, value in values.items()}
    page = numbers.get(held["/Pg"].objgen, -1) if "/Pg" in held else -1
    kids = held["/K"] if "/K" in held else Array()
    listed: list[Object | int] = list(kids) if isinstance(kids, Array) else [kids]
    for kid in listed:
        if isinstance(kid, int):
            element.kids.append(Mark(page, kid))
        elif "/S" in kid:
            element.kids.append(_read(kid, numbers))
        elif kid.get("/Type") == "/OBJR":
            element.kids.append(Target(numbers[kid.Pg.objgen], kid.Obj))
    return element


def write(pdf: Pdf, root: Element) -> dict[Element, Dictionary]:
    """Puts the tree in place of the file's own; returns the tag of each table and figure, for what else refers to it."""
    from pikepdf import Array, Dictionary, Name, String

    pages = [page.obj for page in pdf.pages]
    owners: dict[Mark, Dictionary] = {}
    annotations: list[tuple[Object, Dictionary]] = []
    names: dict[str, Dictionary] = {}
    exhibits: dict[Element, Dictionary] = {}

    def written(element: Element, parent: Dictionary) -> Dictionary:
        tag = pdf.make_indirect(Dictionary(S=Name(f"/{element.tag}"), P=parent))
        own = next((kid.page for kid in element.kids if isinstance(kid, Mark)), -1)
        if own >= 0:
            tag.Pg = pages[own]
        if element.attributes:
            held = [_attributes(owner, found) for owner, found in element.attributes.items()]
            tag.A = held[0] if len(held) == 1 else Array(held)
        for key, text in (("/Alt", element.alternative), ("/Lang", element.language), ("/ID", element.name)):
            if text:
                tag[key] = String(text)
        if element.name:
            names[element.name] = tag
        if element.tag in ("Table", "Figure"):
            exhibits[element] = tag
        kids = Array()
        for kid in element.kids:
            match kid:
                case Element():
                    kids.append(written(kid, tag))
                case Mark(page, number):
                    owners[kid] = tag
                    kids.append(number if page == own else Dictionary(Type=Name("/MCR"), Pg=pages[page], MCID=number))
                case Target(page, annotation):
                    annotations.append((annotation, tag))
                    kids.append(Dictionary(Type=Name("/OBJR"), Pg=pages[page], Obj=annotation))
        tag.K = kids
        return tag

    tree = pdf.make_indirect(Dictionary(Type=Name("/StructTreeRoot")))
    tree.K = Array([written(root, tree)])
    last = dict.fromkeys(range(len(pages)), -1)
    for mark in owners:
        last[mark.page] = max(last[mark.page], mark.number)
    flat = Array()
    for key, page in enumerate(pages):
        page.StructParents = key
        flat.append(key)
        flat.append(pdf.make_indirect(Array([owners.get(Mark(key, number)) for number in range(last[key] + 1)])))
    for key, (annotation, tag) in enumerate(annotations, len(pages)):
        annotation.StructParent = key
        flat.append(key)
        flat.append(tag)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=flat))
    tree.ParentTreeNextKey = len(pages) + len(annotations)
    if names:
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array([x for n in sorted(names) for x in (String(n), names[n])])))
    pdf.Root.StructTreeRoot = tree
    return exhibits


def _attributes(owner: str, found: dict[str, Value]) -> Dictionary:
    """Texts become names, except where the standard wants a string."""
    from pikepdf import Array, Dictionary, Name, String

    values = Dictionary(O=Name(f"/{owner}"))
    for key, value in found.items():
        if isinstance(value, str):
            values[f"/{key}"] = String(value) if key == "Summary" else Name(f"/{value}")
        elif isinstance(value, list):
            values[f"/{key}"] = Array([String(v) if isinstance(v, str) else v for v in value])
        else:
            values[f"/{key}"] = value
    return values
