"""Axes of a chart: names and values with the pictures' lines, lettering and figures."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.theme import Theme
from bulletin.write.docx.charts.drawingml import SIZE, Lettering, number, shape, stroke, val
from bulletin.write.docx.markup import escape


@dataclass(frozen=True)
class Values:
    """The axis of values."""

    low: float
    high: float
    step: float = 0.0
    """0: no grid and no figures."""
    code: str = "General"
    mirrored: bool = False


def category_axis(
    theme: Theme, letters: Lettering, ids: tuple[int, int], *, upright: bool, skip: int = 1, hidden: bool = False,
    reading: bool = True, drawn: bool = True, size: float = SIZE,
) -> str:  # fmt: skip
    """`upright`: names stand below; else at the left, from the top down when `reading`."""
    turned = "maxMin" if not upright and reading else "minMax"
    return (
        f"<c:catAx>{val('axId', ids[0])}<c:scaling>{val('orientation', turned)}</c:scaling>{val('delete', int(hidden))}"
        f"{val('axPos', 'b' if upright else 'l')}"
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{val("majorTickMark", "none")}{val("minorTickMark", "none")}'
        f"{val('tickLblPos', 'low')}{shape(None, stroke(theme.colour.ink if drawn else '', 0.9))}"
        f"{letters.look(theme.colour.ink_2 if upright else theme.colour.ink, size)}{val('crossAx', ids[1])}"
        f"{val('crosses', 'autoZero')}{val('auto', 0)}{val('lblAlgn', 'ctr')}{val('lblOffset', 60)}"
        f"{val('tickLblSkip', skip)}{val('noMultiLvlLbl', 1)}</c:catAx>"
    )


def value_axis(theme: Theme, letters: Lettering, ids: tuple[int, int], values: Values, *, upright: bool) -> str:
    grid = f"<c:majorGridlines>{shape(None, stroke(theme.colour.hair, 0.6))}</c:majorGridlines>" if values.step else ""
    step = val("majorUnit", number(values.step)) if values.step else ""
    turned = "maxMin" if values.mirrored else "minMax"
    return (
        f"<c:valAx>{val('axId', ids[1])}<c:scaling>{val('orientation', turned)}{val('max', number(values.high))}"
        f"{val('min', number(values.low))}</c:scaling>{val('delete', int(not values.step))}{val('axPos', 'l' if upright else 'b')}"
        f'{grid}<c:numFmt formatCode="{escape(values.code)}" sourceLinked="0"/>{val("majorTickMark", "none")}'
        f"{val('minorTickMark', 'none')}{val('tickLblPos', 'nextTo')}{shape(None, stroke(''))}"
        f"{letters.look(theme.colour.ink_2, SIZE)}{val('crossAx', ids[0])}{val('crosses', 'autoZero')}"
        f"{val('crossBetween', 'between')}{step}</c:valAx>"
    )
