"""What an alternative text says of the figures of a chart, sentence by sentence, each with how important it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bulletin.compose.context import Context
from bulletin.document.chart import BreakBand, Category, Chart, Point, Series

_MOST_TIED = 3
"""So many are named when they share the highest or the lowest figure."""
_MOST_NAMED = 4
"""So many are named where something is missing; of more their number is said."""
_MOST_UNSURE = 2
"""So many periods are named that are provisional."""
_MOST_LINES = 4
"""Series over time that are told one by one; of more the ends of the newest period are."""
_LISTED = 3
"""So many categories are told one by one."""

Ends = tuple[list[tuple[Category, Point]], list[tuple[Category, Point]]]


@dataclass(frozen=True)
class Said:
    """A sentence, and what it states."""

    text: str
    outcome: str = ""
    """`from_to`, `rising`, `falling`, `one`, `extremes`, `across`, `listed`, `reference`, `missing`, `confidential`, `provisional`,
    `break`; empty: nothing of any figure."""
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Role to the keys of categories (of `across`: of series) named in it, in their order."""
    facts: tuple[str, ...] = ()
    series: Series | None = None
    """The one it speaks of."""
    importance: float = 0
    """1 stays longest: what each series says, then breaks and gaps, what is provisional, and details."""


def sentences(context: Context, chart: Chart) -> Iterator[Said]:
    """In reading order, the same in number in every language."""
    over_time = any(c.position is not None for c in chart.categories) or chart.kind in ("multiples", "slope")
    if over_time and len(chart.series) > _MOST_LINES:
        yield from (_ends_of_line(context, chart, s, 2) for s in chart.series if s.colour < 0)
        yield _across(context, chart, len(chart.categories) - 1, 2)
        yield _across(context, chart, 0, 6)
    else:
        for n, series in enumerate(chart.series):
            yield from _of_series(context, chart, series, n, over_time=over_time)
    for line in chart.references:
        yield Said(f"{line.label}.", "reference" if line.fact else "", facts=(line.fact,) if line.fact else (), importance=3)
    yield from _breaks(context, chart)
    yield _provisional(context, chart)
    yield from _gaps(context, chart)


def _of_series(context: Context, chart: Chart, series: Series, n: int, *, over_time: bool) -> Iterator[Said]:
    importance = 2 + n * 0.1
    if over_time:
        yield _ends_of_line(context, chart, series, importance)
        yield _inner_ends(context, chart, series, 7 + n * 0.1)
    elif len(chart.categories) <= _LISTED:
        yield _listed(context, chart, series, importance)
    else:
        yield _extremes(context, chart, series, importance)


def _valued(chart: Chart, series: Series) -> list[tuple[Category, Point]]:
    return [(c, p) for c, p in zip(chart.categories, series.points, strict=True) if p.value is not None]


def _ends_of_line(context: Context, chart: Chart, series: Series, importance: float) -> Said:
    """From the first figure to the last, and whether it went one way all along."""
    valued = _valued(chart, series)
    if not valued:
        text = context.word("alt_missing").format(names=series.label)
        return Said(text, "missing", series=series, importance=importance)
    (first, one), (last, other) = valued[0], valued[-1]
    if first == last:
        text = _named(context, series, f"{_figure(context, one)} ({first.label}).", len(chart.series) > 1)
        return Said(text, "one", {"when": [first.key]}, _facts(one), series, importance)
    outcome = _direction(chart, series)
    words = context.word(f"alt_{outcome}").format(
        first=_figure(context, one), first_when=first.label, last=_figure(context, other), last_when=last.label
    )
    codes = {"since": [first.key], "when": [last.key]}
    return Said(_named(context, series, words, len(chart.series) > 1), outcome, codes, _facts(one, other), series, importance)


def _direction(chart: Chart, series: Series) -> str:
    """`rising` or `falling` where every step of three figures or more goes that way, without a gap or a break."""
    values = [p.value for p in series.points]
    while values and values[-1] is None:
        values.pop()
    while values and values[0] is None:
        values.pop(0)
    known = [v for v in values if v is not None]
    if len(known) < 3 or len(known) < len(values) or chart.breaks:
        return "from_to"
    steps = [b - a for a, b in pairwise(known)]
    return "rising" if min(steps) > 0 else "falling" if max(steps) < 0 else "from_to"


def _inner_ends(context: Context, chart: Chart, series: Series, importance: float) -> Said:
    """The highest and the lowest figure of a line where they are not its ends."""
    valued = _valued(chart, series)
    if len(valued) < 3:
        return Said("")
    edges = {valued[0][1].text, valued[-1][1].text}
    high, low = _tied(valued)
    return _told_ends(
        context,
        chart,
        series,
        high if high[0][1].text not in edges else [],
        low if low[0][1].text not in edges else [],
        importance,
    )


def _extremes(context: Context, chart: Chart, series: Series, importance: float) -> Said:
    valued = _valued(chart, series)
    if not valued:
        return Said("")
    if len(valued) == 1:
        return _listed(context, chart, series, importance)
    high, low = _tied(valued)
    return Said("") if high[0][1].text == low[0][1].text else _told_ends(context, chart, series, high, low, importance)


def _tied(valued: Sequence[tuple[Category, Point]]) -> Ends:
    """All that print the highest figure, and the lowest."""
    values = [p.value or 0.0 for _, p in valued]
    ends = (next(p.text for _, p in valued if p.value == v) for v in (max(values), min(values)))
    high, low = ([(c, p) for c, p in valued if p.text == text] for text in ends)
    return high, low


def _told_ends(
    context: Context,
    chart: Chart,
    series: Series,
    high: list[tuple[Category, Point]],
    low: list[tuple[Category, Point]],
    importance: float,
    when: Category | None = None,
) -> Said:
    """An end that too many share is not told."""
    high, low = (end if len(end) <= _MOST_TIED else [] for end in (high, low))
    if not high and not low:
        return Said("")
    both = "alt_range" if len(chart.series) > 1 and when is None else "alt_extremes"
    words = context.word(both if high and low else "alt_highest" if high else "alt_lowest").format(
        highest=context.locale.enumerated([c.label for c, _ in high]), highest_value=_figure(context, high[0][1]) if high else "",
        lowest=context.locale.enumerated([c.label for c, _ in low]), lowest_value=_figure(context, low[0][1]) if low else "",
    )  # fmt: skip
    codes = {role: [c.key for c, _ in end] for role, end in (("highest", high), ("lowest", low)) if end}
    facts = _facts(*(p for _, p in (*high, *low)))
    if when is not None:
        text = context.headed(when.label, words[0].lower() + words[1:])
        return Said(text, "across", {"when": [when.key], **codes}, facts, importance=importance)
    return Said(_named(context, series, words, len(chart.series) > 1), "extremes", codes, facts, series, importance)


def _across(context: Context, chart: Chart, j: int, importance: float) -> Said:
    """Which of many series is highest at a place of the axis, and which lowest; those drawn as context are not among them."""
    compared = [s for s in chart.series if s.colour >= 0] or list(chart.series)
    valued = [(Category(s.key, s.label), s.points[j]) for s in compared if s.points[j].value is not None]
    if len(valued) < 2:
        return Said("")
    high, low = _tied(valued)
    if high[0][1].text == low[0][1].text:
        return Said("")
    return _told_ends(context, chart, compared[0], high, low, importance, chart.categories[j])


def _listed(context: Context, chart: Chart, series: Series, importance: float) -> Said:
    valued = _valued(chart, series)
    values = context.word("clause_separator").join(f"{c.label} {_figure(context, p)}" for c, p in valued)
    if not values:
        return Said("")
    text = context.headed(series.label, f"{values}.") if len(chart.series) > 1 else f"{values}."
    return Said(text, "listed", {"codes": [c.key for c, _ in valued]}, _facts(*(p for _, p in valued)), series, importance)


def _breaks(context: Context, chart: Chart) -> Iterator[Said]:
    for band in chart.breaks:
        before, after = _around(chart, band)
        text = context.word("alt_break").format(before=before.label, after=after.label)
        yield Said(text, "break", {"since": [before.key], "when": [after.key]}, importance=3.1)


def _around(chart: Chart, band: BreakBand) -> tuple[Category, Category]:
    """The places of the axis on both sides of a break."""
    at = [float(j) if c.position is None else c.position for j, c in enumerate(chart.categories)]
    after = next((j for j, x in enumerate(at) if x >= band.after), len(at) - 1)
    before = max((j for j, x in enumerate(at) if x <= band.before), default=0)
    return chart.categories[before], chart.categories[after]


def _provisional(context: Context, chart: Chart) -> Said:
    found = [c for j, c in enumerate(chart.categories) if any(s.points[j].provisional for s in chart.series)]
    if not found:
        return Said("")
    text = context.word("alt_some_provisional")
    if len(found) <= _MOST_UNSURE and all(c.position is not None for c in found):
        text = context.word("alt_provisional").format(names=context.locale.enumerated([c.label for c in found]))
    return Said(text, "provisional", {"unsure": [c.key for c in found]}, importance=5)


def _gaps(context: Context, chart: Chart) -> Iterator[Said]:
    """Where no series has a figure, then where only one of several lacks it; what is not applicable lacks nothing."""
    signs = {context.locale.signs[name]: name for name in ("missing", "confidential")}
    everywhere: dict[str, list[Category]] = {}
    for j, category in enumerate(chart.categories):
        points = [s.points[j] for s in chart.series]
        if all(p.value is None for p in points):
            found = [signs[p.text] for p in points if p.text in signs]
            everywhere.setdefault("confidential" if "confidential" in found else "missing", []).append(category)
    for n, outcome in enumerate(("confidential", "missing")):
        yield _gap(context, chart, outcome, everywhere.get(outcome, []), None, 3.2 + n * 0.1)
    gone = {c.key for categories in everywhere.values() for c in categories}
    over_time = any(c.position is not None for c in chart.categories)
    for n, series in enumerate(chart.series if 1 < len(chart.series) <= _MOST_LINES else ()):
        valued = [j for j, p in enumerate(series.points) if p.value is not None]
        for outcome in ("confidential", "missing"):
            lacking = [
                category
                for j, (category, p) in enumerate(zip(chart.categories, series.points, strict=True))
                if valued and p.value is None and signs.get(p.text) == outcome and category.key not in gone
                if not over_time or valued[0] < j
            ]
            yield _gap(context, chart, outcome, lacking, series, 8 + n * 0.1)


def _gap(context: Context, chart: Chart, outcome: str, lacking: list[Category], series: Series | None, importance: float) -> Said:
    if not lacking:
        return Said("")
    few = len(lacking) <= _MOST_NAMED
    words = context.word(f"alt_{outcome}" if few else f"alt_{outcome}_many").format(
        names=context.locale.enumerated([c.label for c in lacking]), count=len(lacking), total=len(chart.categories)
    )
    text = f"{series.label}, {words[0].lower()}{words[1:]}" if series else words
    return Said(text, outcome, {"none": [c.key for c in lacking]}, series=series, importance=importance)


def _facts(*points: Point) -> tuple[str, ...]:
    return tuple(p.fact for p in points if p.fact)


def _figure(context: Context, point: Point) -> str:
    """As printed; an exact zero as a figure, as its sign in a table cannot be heard."""
    return context.locale.number(0, 0) if point.value == 0 and not any(c.isdigit() for c in point.text) else point.text


def _named(context: Context, series: Series, words: str, several: bool) -> str:
    """After the name of the series, unless there is but one and the title has it."""
    return context.headed(series.label, words[0].lower() + words[1:]) if series.label and several else words
