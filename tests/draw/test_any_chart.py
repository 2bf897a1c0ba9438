"""Whatever the data: no two pieces of lettering overlap, nothing stands outside the picture, every series has its name."""

from __future__ import annotations

import os
from itertools import combinations

import pytest
from gallery import LONG, say, theme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.compose.scales import nice_ticks
from bulletin.document.chart import BreakBand, Category, Chart, Point, ReferenceLine, Series, Tick, leading_words, stacked
from bulletin.draw.canvas import Canvas
from bulletin.draw.draw import canvas_of

OVER_TIME = ("line", "column", "grouped_column", "stacked", "multiples", "slope", "spark")
IN_ROWS = ("bar", "grouped", "share", "dumbbell", "dots", "pyramid", "waterfall")
MOST_SERIES = {"line": 4, "column": 1, "bar": 1, "grouped": 3, "grouped_column": 3, "stacked": 4, "share": 4, "dumbbell": 2, "dots": 3,
               "pyramid": 2, "multiples": 22, "waterfall": 1, "slope": 12, "spark": 1}  # fmt: skip
WITHOUT_AXIS = {"bar", "share", "waterfall", "spark"}
REFERENCES = {"line", "bar", "grouped", "grouped_column", "column", "stacked", "dots", "dumbbell"}
ENGLISH = "Basic social subsidy programme for older persons and persons with disabilities"
NAMES = ("Niassa", "Maputo (província)", "65+", "INSS", "Contribuições dos trabalhadores por conta própria", LONG)
EXAMPLES = int(os.environ.get("BULLETIN_CHARTS", "8"))
"""Of each kind."""


@st.composite
def charts(draw: st.DrawFn, kind: str) -> Chart:
    both = draw(st.booleans())

    def name(at: int) -> str:
        words = f"{draw(st.sampled_from(NAMES))} {at}" if at else draw(st.sampled_from(NAMES))
        return stacked(words, f"{ENGLISH[: draw(st.integers(5, 70))].strip()} {at}") if both else words

    count = 2 if kind == "slope" else draw(st.sampled_from((1, 2, 3, 7, 10, 16, 30) if kind != "pyramid" else (1, 3, 17)))
    rows = draw(st.integers(1, MOST_SERIES[kind]))
    if kind in OVER_TIME:
        categories = tuple(Category(str(1995 + j), str(1995 + j), 1995.0 + j) for j in range(count))
    elif kind == "pyramid":
        categories = tuple(Category(str(j), f"{5 * j}–{5 * j + 4}") for j in range(count))
    else:
        categories = tuple(Category(f"c{j}", name(j)) for j in range(count))
    size = draw(st.sampled_from((1.0, 100.0, 45_000.0, 1_300_000.0)))
    least = 0.0 if kind in ("share", "pyramid", "stacked") else draw(st.sampled_from((0.0, 0.0, -0.4, -1.0)))
    shape = draw(st.sampled_from(("any", "any", "equal", "near", "apart")))
    values = {
        "any": st.floats(least, 1), "equal": st.just(0.8), "near": st.floats(0.79, 0.81), "apart": st.sampled_from((1e-6, 0.0, 1.0, least)),
    }[shape]  # fmt: skip
    gap = draw(st.sampled_from((0.0, 0.0, 0.3, 0.8)))
    unsure = draw(st.booleans())
    estimated = kind in ("line", "bar", "dots") and draw(st.booleans())

    drawn = iter(draw(st.lists(st.tuples(st.floats(0, 1), values), min_size=rows * count, max_size=rows * count)))

    def point(j: int) -> Point:
        chance, share = next(drawn)
        if chance < gap:
            return Point(None, "c" if chance < gap / 3 else "..")
        value = round(share * size, 1)
        mark = unsure and j == count - 1
        text = say(value, 0 if size > 100 else 1) + ("\u00a0(p)" if mark else "")
        off = abs(value) * chance / 2
        ends = (value - off, value + off) if estimated else (None, None)
        return Point(value, text, provisional=mark, low=ends[0], high=ends[1])

    series = tuple(
        Series(f"s{k}", "" if rows == 1 and kind in ("line", "column", "spark", "bar", "waterfall") else name(k + 1),
               tuple(point(j) for j in range(count)), draw(st.sampled_from((-1, 0))) if kind == "multiples" else k % 4)
        for k in range(rows)
    )  # fmt: skip
    shown = [p.value for s in series for p in s.points if p.value is not None] or [0.0]
    sums = [sum(max(0.0, s.points[j].value or 0.0) for s in series) for j in range(count)]
    shown += [v for s in series for p in s.points if kind != "waterfall" for v in (p.low, p.high) if v is not None]
    numbers = [*shown, *(sums if kind == "stacked" else [])]
    references = tuple(
        ReferenceLine(draw(st.floats(min(numbers), max(numbers))), f"Média nacional {n} 21,7")
        for n in range(draw(st.integers(0, 2)) if kind in REFERENCES else 0)
    )
    ticks = () if kind in WITHOUT_AXIS else tuple(Tick(v, say(v, d)) for v, d in nice_ticks(min(numbers), max(numbers)))
    breaks = tuple(
        BreakBand(1995 + at + 0.3, 1995 + at + 0.7, stacked("Quebra de série", "Break in series") if both else "quebra de série")
        for at in sorted(
            draw(st.sets(st.integers(0, count - 2), max_size=2)) if kind in OVER_TIME and count > 2 and kind != "slope" else ()
        )
    )
    words = {"missing": "..", "no_data": "Sem dados publicados", "break": "quebra de série"}
    width, height = (52.67, 14.0) if kind == "spark" else (170.0, 0.0)
    return Chart("any", kind, categories, series, ticks, breaks, references, words=words, width=width, height=height)


def lettering(drawn: Canvas) -> str:
    return "".join(b.text for b in drawn.texts).replace(" ", "").replace("\u00a0", "").replace("\u200b", "").replace("-", "")


@pytest.mark.parametrize("kind", [*OVER_TIME, *IN_ROWS])
def test_any_data_are_drawn_readably(kind: str) -> None:
    looks = theme("indico"), theme("acacia")

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 20)
    @given(charts(kind), st.sampled_from((0, 1)))
    def drawn_well(chart: Chart, look: int) -> None:
        drawn = canvas_of(chart, looks[look], None, {})
        for box in drawn.texts:
            inside = -0.05 <= box.x0 <= box.x1 <= drawn.width + 0.05 and -0.05 <= box.y0 <= box.y1 <= drawn.height + 0.05
            assert inside, box
        for a, b in combinations(drawn.texts, 2):
            assert not a.meets(b, -0.2), (a, b)
        if any(p.value is not None for s in chart.series for p in s.points) and kind not in ("bar", "waterfall", "spark"):
            said = lettering(drawn)
            for series in chart.series:
                assert leading_words(series.label).replace(" ", "").replace("-", "") in said, series.label

    drawn_well()
