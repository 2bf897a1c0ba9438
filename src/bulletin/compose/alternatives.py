"""Alternative texts of charts, made from the very figures that are drawn."""

from __future__ import annotations

from bulletin.compose.context import Context
from bulletin.document.chart import Chart, Series

LIMIT = 300
"""Characters; screen readers stop long descriptions (statistics.md 5.4)."""


_MOST_TIED = 3
"""So many are named when they share the highest or the lowest figure."""


def alternative_text(context: Context, chart: Chart, label: str, span: str) -> str:
    """Kind, measure and period; then from–to of each series over time, or highest and lowest; then what is missing.

    Sentences that would pass LIMIT are left out from the end; the first always stands.
    """
    kind = context.word(f"alt_kind_{chart.kind}")
    text = context.headed(kind, f"{label[0].lower() + label[1:] if label[:2].istitle() else label}, {span}.")
    illustrative = context.word("alt_illustrative") if _is_illustrative(context, chart) else ""
    for sentence in filter(None, (illustrative, *_sentences(context, chart), context.word("alt_table"))):
        # No later, shorter sentence takes its place: all languages then say the same things up to where each is cut.
        if len(text) + 1 + len(sentence) > LIMIT:
            break
        text += f" {sentence}"
    return text


def _is_illustrative(context: Context, chart: Chart) -> bool:
    return any(p.fact and context.facts.get(p.fact).illustrative for s in chart.series for p in s.points)


def _sentences(context: Context, chart: Chart) -> tuple[str, ...]:
    if any(c.position is not None for c in chart.categories) and chart.kind != "multiples":
        found = [_from_to(context, chart, s) for s in chart.series]
        if chart.breaks:
            found.append(context.word("alt_break"))
        return tuple(found)
    if chart.kind == "multiples":
        return tuple(_from_to(context, chart, s) for s in chart.series)
    parts = []
    for series in chart.series:
        if len(chart.categories) <= 3:
            parts.append(_listed(context, chart, series, len(chart.series) > 1))
        else:
            parts.append(_extremes(context, chart, series, len(chart.series) > 1))
    parts += [f"{r.label}." for r in chart.references]
    hidden = context.locale.signs["confidential"]
    gaps: dict[str, list[str]] = {}
    for j, category in enumerate(chart.categories):
        points = [s.points[j] for s in chart.series]
        if all(p.value is None for p in points):
            word = "alt_confidential" if any(p.text == hidden for p in points) else "alt_missing"
            gaps.setdefault(word, []).append(category.label)
    parts += [context.word(word).format(names=context.locale.enumerated(names)) for word, names in sorted(gaps.items())]
    return tuple(parts)


def _from_to(context: Context, chart: Chart, series: Series) -> str:
    valued = [(c, p) for c, p in zip(chart.categories, series.points, strict=True) if p.value is not None]
    if not valued:
        return context.word("alt_missing").format(names=series.label)
    (first, one), (last, other) = valued[0], valued[-1]
    if first == last:
        return _named(context, series.label, f"{one.text} ({first.label}).")
    words = context.word("alt_from_to").format(
        name="", first=one.text, first_when=first.label, last=other.text, last_when=last.label
    )
    return _named(context, series.label, words.lstrip(": \u00a0\u202f"))


def _named(context: Context, name: str, words: str) -> str:
    return context.headed(name, words) if name else words[0].upper() + words[1:]


def _extremes(context: Context, chart: Chart, series: Series, named: bool) -> str:
    valued = [(c, p) for c, p in zip(chart.categories, series.points, strict=True) if p.value is not None]
    if not valued:
        return ""
    if len(valued) == 1:
        ((category, point),) = valued
        said = f"{category.label} {point.text}."
        return context.headed(series.label, said) if named else said
    values = [p.value or 0 for _, p in valued]
    high, low = (next(p for _, p in valued if p.value == v) for v in (max(values), min(values)))
    highest, lowest = ([c.label for c, p in valued if p.text == end.text] for end in (high, low))
    if high.text == low.text or max(len(highest), len(lowest)) > _MOST_TIED:
        return ""
    sentence = context.word("alt_extremes").format(
        highest=context.locale.enumerated(highest),
        highest_value=high.text,
        lowest=context.locale.enumerated(lowest),
        lowest_value=low.text,
    )
    return context.headed(series.label, sentence[0].lower() + sentence[1:]) if named else sentence


def _listed(context: Context, chart: Chart, series: Series, named: bool) -> str:
    valued = [f"{c.label} {p.text}" for c, p in zip(chart.categories, series.points, strict=True) if p.value is not None]
    values = context.word("clause_separator").join(valued)
    if not values:
        return ""
    return context.headed(series.label, f"{values}.") if named else f"{values}."
