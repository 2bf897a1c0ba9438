"""Series of a chart as Word draws them: bars and lines in the theme's colours, provisional points apart from the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.document.chart import Point, Series
from bulletin.document.colours import colour
from bulletin.document.native import Sheet
from bulletin.model.theme import Theme
from bulletin.write.docx.charts.drawingml import (
    Label,
    Lettering,
    head_of,
    labels,
    numbers_of,
    shape,
    stroke,
    val,
    words_of,
)
from bulletin.write.form_look import mixed

_SYMBOLS = ("circle", "diamond", "square", "triangle")


@dataclass(frozen=True)
class Pen:
    sheet: Sheet
    theme: Theme
    letters: Lettering
    code: str
    """Number format of the figures."""

    def points(self, at: int) -> list[Point | None]:
        return [line.points[at] for line in self.sheet.lines]

    def values(self, at: int) -> list[float | None]:
        return [None if p is None else p.value for p in self.points(at)]

    def head(self, at: int) -> str:
        return f"{val('idx', at)}{val('order', at)}{head_of(at + 1, self.sheet.heads[at])}"

    def data(self, at: int) -> str:
        names = words_of(0, [line.label for line in self.sheet.lines])
        return f"<c:cat>{names}</c:cat><c:val>{numbers_of(at + 1, self.values(at), self.code)}</c:val>"

    def label(self, at: int, index: int, place: str, ink: str, size: float, moved: float = 0.0) -> Label | None:
        """Of a point with a value and something printed beside it."""
        point = self.points(at)[index]
        if point is None or point.value is None or not point.text:
            return None
        return Label(index, place, ink, size, moved)


def bars(pen: Pen, at: int, shown: Iterable[Label], *, edge: str = "", apart: Sequence[tuple[int, str]] = ()) -> str:
    """`edge`: colour of the line between parts of a stack; `apart`: rows with a colour of their own."""
    series, own = pen.sheet.series[at], dict(apart)
    tint = colour(pen.theme, series)
    line = stroke(edge, 0.7) if edge else stroke("")
    points = ""
    for index, point in enumerate(pen.points(at)):
        if point is not None and point.value is not None and point.provisional:
            pale = mixed(tint, pen.theme.colour.paper, 0.14)
            points += _point(index, shape(pale, stroke(tint, 1.0)))
        elif index in own:
            points += _point(index, shape(own[index], line))
    return (
        f"<c:ser>{pen.head(at)}{shape(tint, line)}{val('invertIfNegative', 0)}{points}"
        f"{labels(pen.letters, list(shown), pen.code)}{pen.data(at)}</c:ser>"
    )


def _point(index: int, look: str) -> str:
    return f"<c:dPt>{val('idx', index)}{val('invertIfNegative', 0)}{val('bubble3D', 0)}{look}</c:dPt>"


def line(pen: Pen, at: int, shown: Iterable[Label]) -> str:
    """Steps that lead to a provisional point are dashed, its marker is hollow."""
    series = pen.sheet.series[at]
    tint, symbol = colour(pen.theme, series), _symbol(series)
    points = "".join(
        f"<c:dPt>{val('idx', index)}{_marker(symbol, tint, pen.theme.colour.paper)}{val('bubble3D', 0)}"
        f"{shape(None, stroke(tint, 1.9, 'sysDash'))}</c:dPt>"
        for index, point in enumerate(pen.points(at))
        if point is not None and point.value is not None and point.provisional
    )
    return (
        f"<c:ser>{pen.head(at)}{shape(None, stroke(tint, 1.9))}{_marker(symbol, tint, tint)}{points}"
        f"{labels(pen.letters, list(shown), pen.code)}{pen.data(at)}{val('smooth', 0)}</c:ser>"
    )


def compared(pen: Pen, at: int, tint: str, shown: Iterable[Label] = ()) -> str:
    """A level to compare with, dashed; without a colour only its labels are seen."""
    look = stroke(tint, 1.0, "sysDash") if tint else stroke("")
    return (
        f"<c:ser>{pen.head(at)}{shape(None, look)}<c:marker>{val('symbol', 'none')}</c:marker>"
        f"{labels(pen.letters, list(shown), pen.code)}{pen.data(at)}{val('smooth', 0)}</c:ser>"
    )


def _symbol(series: Series) -> str:
    return _SYMBOLS[0] if series.colour < 0 else _SYMBOLS[series.colour % len(_SYMBOLS)]


def _marker(symbol: str, tint: str, inside: str) -> str:
    return f"<c:marker>{val('symbol', symbol)}{val('size', 5)}{shape(inside, stroke(tint, 1.2))}</c:marker>"
