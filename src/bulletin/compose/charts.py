"""A chart of the outline filled with observations: categories, series, marks, ticks; no pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin.compose.alternatives import About, alternative_text
from bulletin.compose.chart_grid import plot, shows_shares, unit_of
from bulletin.compose.chart_marks import Axis, breaks_of, references_of, ticks_of
from bulletin.compose.chart_notes import WITH_INTERVALS, Grid, is_unsure, notes_of
from bulletin.compose.claims.statement import exact
from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import period_range, place_name, unit_words
from bulletin.compose.maps import MAPS, boundaries_of, classes_of, kind_of
from bulletin.compose.printing import print_value, rounded
from bulletin.compose.scales import chart_scale
from bulletin.document.blocks import Figure
from bulletin.document.chart import Category, Chart, Point, Series
from bulletin.document.inline import Inlines
from bulletin.document.native import hindrance
from bulletin.model.dataset import Observation
from bulletin.model.outline import ChartSpec
from bulletin.model.outlined import start
from bulletin.model.period import Period

WITHOUT_AXIS = {"bar", "share", "waterfall", "spark", *MAPS}
"""Kinds that print their figures beside the marks and need no value axis."""
_IN_SEGMENTS = {"share", "stacked", "stacked_bar"}
"""Kinds in which what is nothing has no segment, and so prints no sign."""


def compose_chart(context: Context, spec: ChartSpec, title: Inlines) -> tuple[Figure | None, tuple[Observation, ...]]:
    """The figure and the observations it shows; None when there is no value to draw. An empty `title` gives way to the label."""
    plotted = plot(context, spec)
    rows, columns, grid = plotted.rows, plotted.columns, plotted.grid
    valued = plotted.valued
    if not plotted.shown:
        return None, ()
    geometry = boundaries_of(context, spec, (code for code, _, _ in columns), valued)
    kind = kind_of(spec, geometry)
    scale, decimals = chart_scale(context, spec, valued)
    in_shares = shows_shares(spec, valued)
    meanings: dict[str, None] = {}
    points = (
        [_as_shares(context, spec, row, grid, meanings) for row in grid]
        if in_shares
        else [[_point(context, spec, o, scale, decimals, meanings) for o in row] for row in grid]
    )
    if kind in _IN_SEGMENTS:
        for meaning in ("zero", "below_half"):
            meanings.pop(meaning, None)
    colours = _colours(context, spec, [code for code, _, _ in rows])
    series = tuple(
        Series(code, label, tuple(row), colour) for (code, _, label), row, colour in zip(rows, points, colours, strict=True)
    )
    series = _plain_where_all_unsure(series)
    exact_series = series
    native = (spec.charts or context.project.edition.charts) == "native"
    if kind in MAPS or native:
        series = tuple(_as_printed(one, 1 if in_shares else decimals) for one in series)
    if kind == "waterfall":
        series = (_stacked_up(spec, series[0], [c for c, _, _ in columns]),)
    references = references_of(context, spec, start(spec.indicator, spec.where), valued, scale, decimals)
    if native:
        references = tuple(replace(r, value=float(rounded(r.value, scale=0, decimals=decimals))) for r in references)
    chart = Chart(
        id=spec.chart,
        kind=kind,
        categories=_categories(columns),
        series=series,
        ticks=() if kind in WITHOUT_AXIS else ticks_of(context, kind, exact_series, references),
        breaks=breaks_of(context, columns, grid),
        references=references,
        classes=classes_of(context, spec, valued, scale, decimals) if kind in MAPS else (),
        key_title=context.word("classes").format(unit=unit_words(context, context.lookup.catalogue[valued[0].indicator], scale)),
        country=context.lookup.country.code,
        boundaries=geometry.file if geometry else "",
        words={
            "missing": context.locale.signs["missing"],
            "break": context.word("break_in_series"),
            "no_data": context.word("no_data"),
        },
        height=spec.height,
    )
    unit = unit_of(context, spec, valued)
    span = period_range(
        context, [o.period for o in valued if o.coordinates["ref_area"] in _places(context)] or [o.period for o in valued]
    )
    label, population, place = context.said(spec.title), context.said(spec.population), place_name(context)
    subtitle = ", ".join(p for p in (label, population, place, span) if p) + f" ({unit})"
    figure = Figure(
        id=spec.chart,
        title=title or with_literals(label),
        subtitle=with_literals(subtitle),
        chart=chart,
        notes=notes_of(context, spec, chart, plotted.mixed, tuple(meanings), grid),
        alt=alternative_text(context, chart, About(label, population, place, span, unit)),
        illustrative=context.word("illustrative") if any(o.illustrative for o in valued) else "",
        series="map" if kind in MAPS else "figure",
        native=native and not hindrance(chart),
    )
    return figure, tuple(o for series_ in grid for o in series_ if o is not None)


def _point(
    context: Context, spec: ChartSpec, obs: Observation | None, scale: int, decimals: int, meanings: dict[str, None]
) -> Point:
    printed = print_value(context, obs, spec.chart, scale=scale, decimals=decimals)
    meanings.update(dict.fromkeys(m for m in printed.meanings if m not in printed.statuses))
    if obs is None or obs.value is None:
        return Point(None, printed.text)
    point = Point(obs.value / 10**scale, printed.text, printed.fact, is_unsure(obs))
    if spec.kind not in WITH_INTERVALS or obs.lower is None or obs.upper is None:
        return point
    return replace(point, low=obs.lower / 10**scale, high=obs.upper / 10**scale)


def _as_printed(series: Series, decimals: int) -> Series:
    """Rounded as its label, so that a place stands in the class in which a reader looks for the printed figure, and the workbook
    behind a chart tells no more digits than are printed. Minus zero is zero."""
    points = tuple(
        p if p.value is None else replace(p, value=float(rounded(p.value, scale=0, decimals=decimals)) + 0.0)
        for p in series.points
    )
    return replace(series, points=points)


def _as_shares(
    context: Context, spec: ChartSpec, row: list[Observation | None], grid: Grid, meanings: dict[str, None]
) -> list[Point]:
    """Counts or amounts as percentages of their category; nothing where a part of the category is not known."""
    points = []
    signs = context.locale.signs
    for j, obs in enumerate(row):
        parts = [other[j] for other in grid]
        known = [o for o in parts if o is not None and o.value is not None]
        total = sum((exact(o.value or 0.0) for o in known), exact(0.0))
        if obs is None or obs.value is None or len(known) < len(parts) or total <= 0:
            meanings["missing"] = None
            points.append(Point(None, signs["missing"]))
            continue
        share = 100 * exact(obs.value) / total
        inputs = (obs, *(o for o in known if o is not obs))
        fact = context.facts.computed("share_of_sum", inputs, float(share), "PT", obs.period)
        text = context.locale.number(share, 1) if share else signs["zero"]
        if not share:
            meanings["zero"] = None
        elif not any(c in text for c in "123456789"):
            meanings["below_half"] = None
        context.facts.printed(fact, context.language, text, spec.chart)
        points.append(Point(float(share), text, fact.id, any(is_unsure(o) for o in known)))
    return points


def _plain_where_all_unsure(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """A provisional mark sets points apart from others; where no point is final it says nothing, and the note says it."""
    if any(p.value is not None and not p.provisional for s in series for p in s.points):
        return series
    return tuple(replace(s, points=tuple(replace(p, provisional=False) for p in s.points)) for s in series)


def _colours(context: Context, spec: ChartSpec, codes: Sequence[str]) -> list[int]:
    """Of every series: that of its concept, the same in all charts."""
    if spec.focus and spec.kind != "waterfall":
        return [0 if code in spec.focus else -1 for code in codes]
    if spec.kind == "multiples":
        return [-1 if code == context.lookup.country.code else 0 for code in codes]
    if spec.series is None:
        return [0] * len(codes)
    found = context.project.colours.of(spec.series.by, codes)
    return [found[code] for code in codes]


def _categories(columns: Axis) -> tuple[Category, ...]:
    return tuple(
        Category(code, label, Period.parse(place.period).position if place.period and place.period == code else None)
        for code, place, label in columns
    )


def _stacked_up(spec: ChartSpec, series: Series, order: list[str]) -> Series:
    """Bars of a waterfall: each begins where the one before ended; totals begin at zero."""
    level = 0.0
    points = []
    for code, point in zip(order, series.points, strict=True):
        value = point.value or 0.0
        if code in spec.focus:
            low, high, level = 0.0, value, value
        else:
            after = level - value if code in spec.subtract else level + value
            low, high, level = level, after, after
        points.append(replace(point, low=low, high=high))
    return replace(series, points=tuple(points))


def _places(context: Context) -> set[str]:
    return {context.lookup.country.code, *(p.code for p in context.lookup.country.subdivisions)}
