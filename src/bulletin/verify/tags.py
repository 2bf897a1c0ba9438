"""The tags of a PDF and what its pages show, as far as the checks need them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

PAINTS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


@dataclass
class Tag:
    """`page`: of its first content, counted from 1; 0: unknown."""

    kind: str
    raw: Object
    page: int = 0
    kids: list[Tag] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page, counted from 1, and number of marked content."""
    annotations: list[Object] = field(default_factory=list)

    def below(self) -> Iterator[Tag]:
        for kid in self.kids:
            yield kid
            yield from kid.below()

    def number(self, name: str) -> int:
        """An attribute of a table cell."""
        value = self.attribute(name)
        return int(str(value)) if value is not None else 1

    def attribute(self, name: str) -> Object | None:
        from pikepdf import Array, Dictionary

        held = self.raw.get("/A")
        for found in list(held) if isinstance(held, Array) else [held]:
            if isinstance(found, Dictionary) and name in found:
                value: Object = found[name]
                return value
        return None


def read_tags(pdf: Pdf) -> Tag:
    """The root of the structure tree; `pdf` has one."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    root = Tag("Root", pdf.Root.StructTreeRoot)
    _fill(root, pages)
    return root


def _fill(tag: Tag, pages: dict[tuple[int, int], int]) -> None:
    from pikepdf import Array, Dictionary

    kids = tag.raw.get("/K", Array())
    page = pages.get(tag.raw.Pg.objgen, 0) if "/Pg" in tag.raw else 0
    listed: list[Object | int] = list(kids) if isinstance(kids, Array) else [kids]
    for kid in listed:
        if isinstance(kid, int):
            tag.marks.append((page, kid))
        elif isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
            tag.annotations.append(kid.Obj)
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            tag.marks.append((pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page, int(kid.MCID)))
        elif isinstance(kid, Dictionary) and "/S" in kid:
            inner = Tag(str(kid.S).lstrip("/"), kid)
            _fill(inner, pages)
            tag.kids.append(inner)
    first = [tag.marks[0][0]] if tag.marks else []
    tag.page = page or next(iter([*first, *(k.page for k in tag.kids if k.page)]), 0)


def loose_pages(pdf: Pdf, root: Tag) -> Iterator[int]:
    """Pages with text that is neither in a tag nor said to be decoration."""
    import pikepdf

    known = {mark for tag in root.below() for mark in tag.marks}
    for number, page in enumerate(pdf.pages, 1):
        open_: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                given = operands[1] if len(operands) > 1 else None
                mark = given.get("/MCID") if isinstance(given, pikepdf.Dictionary) else None
                state = "decoration" if operands[0] == "/Artifact" else "" if mark is None else "lost"
                open_.append("tagged" if mark is not None and (number, int(mark)) in known else state)
            elif name == "EMC" and open_:
                open_.pop()
            elif name in PAINTS_TEXT and not {"tagged", "decoration"} & set(open_):
                yield number
                break
