"""DrawingML of charts as text: fills, lines, lettering, references to the workbook, data labels; elements in schema order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.document.native import digits
from bulletin.write.docx.charts.workbook import SHEET
from bulletin.write.docx.markup import escape, hexed

SIZE, SMALL, SMALLEST = 8.5, 8.0, 7.0
"""Points, as in the pictures."""


@dataclass(frozen=True)
class Lettering:
    """How words of a chart look."""

    font: str
    tag: str
    """Of the language."""

    def look(self, colour: str, size: float = SIZE, *, bold: bool = False, wrap: bool = True) -> str:
        """For axes, legends and labels; upright, as Word turns what it finds too long."""
        body = '<a:bodyPr rot="0" vert="horz"/>' if wrap else '<a:bodyPr rot="0" vert="horz" wrap="none"/>'
        return (
            f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{self._run('defRPr', colour, size, bold)}</a:pPr>"
            f'<a:endParaRPr lang="{escape(self.tag)}"/></a:p></c:txPr>'
        )

    def _run(self, name: str, colour: str, size: float, bold: bool) -> str:
        return (
            f'<a:{name} lang="{escape(self.tag)}" sz="{round(size * 100)}" b="{int(bold)}">{fill(colour)}'
            f'<a:latin typeface="{escape(self.font)}"/><a:cs typeface="{escape(self.font)}"/></a:{name}>'
        )


def fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{hexed(colour)}"/></a:solidFill>' if colour else "<a:noFill/>"


def stroke(colour: str, points: float = 0.75, dash: str = "") -> str:
    """`dash`: `sysDash` or another preset; without a colour no line."""
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(points * 12700)}" cap="flat">{fill(colour)}{dashed}<a:round/></a:ln>'


def shape(inside: str | None, line: str) -> str:
    """`inside`: a colour, empty for none, None where the thing has no area."""
    return f"<c:spPr>{'' if inside is None else fill(inside)}{line}</c:spPr>"


def val(name: str, value: object) -> str:
    return f'<c:{name} val="{value}"/>'


def number(value: float) -> str:
    """Of a layout or an axis."""
    return f"{value:.6g}"


def layout(x: float, y: float, width: float = 0, height: float = 0, target: str = "") -> str:
    """Shares of the chart's size. With a width the place of a thing, without one how far it is moved."""
    edges = f"{val('xMode', 'edge')}{val('yMode', 'edge')}" if width else ""
    size = f"{val('w', number(width))}{val('h', number(height))}" if width else ""
    inner = val("layoutTarget", target) if target else ""
    return f"<c:layout><c:manualLayout>{inner}{edges}{val('x', number(x))}{val('y', number(y))}{size}</c:manualLayout></c:layout>"


def column(n: int) -> str:
    """Letters of a column of the workbook, 0 the first."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def words_of(at: int, texts: Sequence[str]) -> str:
    """Names of the rows, from column `at`."""
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(text)}</c:v></c:pt>' for n, text in enumerate(texts))
    place = f"{SHEET}!${column(at)}$2:${column(at)}${len(texts) + 1}"
    return f"<c:strRef><c:f>{place}</c:f><c:strCache>{val('ptCount', len(texts))}{points}</c:strCache></c:strRef>"


def head_of(at: int, text: str) -> str:
    return (
        f"<c:tx><c:strRef><c:f>{SHEET}!${column(at)}$1</c:f><c:strCache>{val('ptCount', 1)}"
        f'<c:pt idx="0"><c:v>{escape(text)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def numbers_of(at: int, values: Sequence[float | None], code: str) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{digits(v)}</c:v></c:pt>' for n, v in enumerate(values) if v is not None)
    place = f"{SHEET}!${column(at)}$2:${column(at)}${len(values) + 1}"
    return (
        f"<c:numRef><c:f>{place}</c:f><c:numCache><c:formatCode>{escape(code)}</c:formatCode>"
        f"{val('ptCount', len(values))}{points}</c:numCache></c:numRef>"
    )


@dataclass(frozen=True)
class Label:
    """Of one point."""

    index: int
    place: str
    """`outEnd`, `ctr`, `t`, `b`, `r`."""
    colour: str
    size: float = SIZE
    moved: float = 0.0
    """Down, as a share of the chart's height."""


def labels(letters: Lettering, shown: Sequence[Label], code: str) -> str:
    """Only the points listed have one; each is the value in the format, so that it follows its cell."""
    what = "".join(val(f"show{name}", 0) for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"))
    told = what.replace(val("showVal", 0), val("showVal", 1))
    each = "".join(
        f"<c:dLbl>{val('idx', one.index)}{layout(0, one.moved) if one.moved else ''}"
        f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>{shape("", stroke(""))}'
        f"{letters.look(one.colour, one.size, wrap=False)}{val('dLblPos', one.place)}{told}</c:dLbl>"
        for one in sorted(shown, key=lambda label: label.index)
    )
    return f"<c:dLbls>{each}{what}</c:dLbls>"
