"""Reads a tagged PDF as a screen reader would: its tags with their text, language and owners; shares no code with the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

Place = tuple[int, int]
"""Page, counted from 0, and number of a piece of marked content."""


@dataclass
class Tag:
    """An element of the structure tree. `text`: words in reading order; `language`: its own or that around it."""

    kind: str
    parent: Tag | None
    language: str
    raw: pikepdf.Object
    kids: list[Tag] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    annotations: list[pikepdf.Object] = field(default_factory=list)
    parts: list[str | int] = field(default_factory=list)
    """Own words, and places of kids among them."""

    @property
    def text(self) -> str:
        return "".join(self.kids[p].text if isinstance(p, int) else p for p in self.parts)

    def below(self, *kinds: str) -> Iterator[Tag]:
        for kid in self.kids:
            if not kinds or kid.kind in kinds:
                yield kid
            yield from kid.below(*kinds)

    def attribute(self, name: str, otherwise: object = None) -> object:
        """Of whichever owner."""
        found = self.raw.get("/A")
        held = list(found) if isinstance(found, pikepdf.Array) else [found] if found is not None else []
        return next((a[name] for a in held if name in a), otherwise)


@dataclass
class Content:
    """What the pages show: words of each piece of marked content, and words outside any; the rest is artifacts."""

    words: dict[Place, str] = field(default_factory=dict)
    artifacts: dict[int, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


def content(pdf: pikepdf.Pdf) -> Content:
    found = Content()
    maps: dict[tuple[int, int], dict[int, str]] = {}
    for number, sheet in enumerate(pdf.pages):
        fonts = {}
        for name, font in sheet.obj.Resources.get("/Font", {}).items():
            if font.objgen not in maps:
                maps[font.objgen] = to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            fonts[name] = maps[font.objgen]
        _read(found, number, sheet, fonts)
    return found


def _read(found: Content, number: int, sheet: pikepdf.Page, fonts: dict[str, dict[int, str]]) -> None:
    open_: list[int | None] = []
    font: dict[int, str] = {}
    instead = 0
    """Depth at which other words than those shown are said."""
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                mark = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                open_.append(int(mark) if mark is not None else None if operands[0] == "/Artifact" else -1)
                if mark is not None:
                    found.words.setdefault((number, int(mark)), "")
                elif isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
                    instead = len(open_)
                    around = next((m for m in reversed(open_[:-1]) if m is None or m >= 0), None)
                    said = str(properties.ActualText)
                    if around is None:
                        found.artifacts[number] = found.artifacts.get(number, "") + said
                    else:
                        found.words[number, around] += said
            case "EMC":
                instead = 0 if len(open_) == instead else instead
                open_.pop()
            case "TJ" | "Tj" if instead:
                continue
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case "TJ" | "Tj":
                pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                words = "".join(font.get(code, "?") for piece in pieces for code in codes(piece))
                marks = [m for m in open_ if m != -1]
                if not marks:
                    found.loose.append(f"p. {number + 1}: {words}")
                elif marks[-1] is None:
                    found.artifacts[number] = found.artifacts.get(number, "") + words
                else:
                    found.words[number, marks[-1]] += words


def codes(piece: object) -> list[int]:
    raw = bytes(piece) if isinstance(piece, pikepdf.String) else b""
    return [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]


def to_unicode(data: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", data)
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}


def tags(pdf: pikepdf.Pdf, shown: Content) -> Tag:
    """The `Document` tag."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def read(raw: pikepdf.Object, parent: Tag | None, language: str) -> Tag:
        tag = Tag(str(raw.S)[1:], parent, str(raw.get("/Lang", language)), raw)
        kids = raw.get("/K")
        for kid in () if kids is None else kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                place = (pages[raw.Pg.objgen], kid)
            elif kid.get("/Type") == "/MCR":
                place = (pages[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                tag.annotations.append(kid.Obj)
                continue
            else:
                tag.parts.append(len(tag.kids))
                tag.kids.append(read(kid, tag, tag.language))
                continue
            tag.places.append(place)
            tag.parts.append(shown.words.get(place, ""))
        return tag

    (root,) = pdf.Root.StructTreeRoot.K
    return read(root, None, str(pdf.Root.Lang))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060\u00ad]", "", text).replace("\u2010", "-")
