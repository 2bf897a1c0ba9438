"""Alternative texts of charts, made from the very figures that are drawn, and kept as claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin.compose.context import Context
from bulletin.document.chart import Category, Chart, Point, Series
from bulletin.model.codes import TOTAL
from bulletin.model.fact import ALTERNATIVE, Claim
from bulletin.model.locale import NO_BREAK

LIMIT = 300
"""Characters; screen readers stop long descriptions (statistics.md 5.4)."""


_MOST_TIED = 3
"""So many are named when they share the highest or the lowest figure."""


@dataclass(frozen=True)
class _Said:
    """A sentence, and what it states."""

    text: str
    outcome: str = ""
    """`from_to`, `one`, `extremes`, `listed`, `reference`, `missing`, `confidential`; empty: nothing of any figure."""
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Role to the keys of categories named in it, in their order."""
    facts: tuple[str, ...] = ()
    series: Series | None = None
    """The one it speaks of."""


def alternative_text(context: Context, chart: Chart, label: str, span: str) -> str:
    """Kind, measure and period; then from–to of each series over time, or highest and lowest; then what is missing.

    Sentences that would pass LIMIT are left out from the end; the first always stands. Each that states something of the figures
    is recorded as a claim of `<chart>.alt`.
    """
    kind = context.word(f"alt_kind_{chart.kind}")
    text = context.headed(kind, f"{label[0].lower() + label[1:] if label[:2].istitle() else label}, {span}.")
    illustrative = _Said(context.word("alt_illustrative") if _is_illustrative(context, chart) else "")
    figures = (replace(s, text=context.locale.in_sentence(s.text)) for s in _sentences(context, chart))
    for n, said in enumerate((illustrative, *figures, _Said(context.word("alt_table")))):
        # No later, shorter sentence takes its place: all languages then say the same things up to where each is cut.
        if said.text and len(text) + 1 + len(said.text) > LIMIT:
            break
        if said.text:
            text += f" {said.text}"
        if said.text and said.outcome:
            context.facts.claim(context.language, _claim(context, chart, said, n))
    return text


def _claim(context: Context, chart: Chart, said: _Said, n: int) -> Claim:
    """It rests on every figure of the series it speaks of, or of the chart."""
    shown = [p.fact for s in chart.series if said.series is None or said.series is s for p in s.points if p.fact]
    facts = [context.facts.get(f) for f in dict.fromkeys((*shown, *said.facts))]
    first = context.facts.get(said.facts[0]) if said.facts else next(iter(facts), None)
    about = {k: v for k, v in first.coordinates.items() if v != TOTAL} if first and len(said.facts) == 1 else {}
    parameters = {
        **({"indicator": first.indicator} if first else {}),
        **about,
        **({"series": said.series.key} if said.series else {}),
        **{role: ",".join(codes) for role, codes in said.codes.items()},
    }
    return Claim(
        f"{chart.id}{ALTERNATIVE}#{n}", "alternative", said.outcome, parameters, tuple(dict.fromkeys(said.facts)),
        basis=tuple((f.id, f.value) for f in facts if f.value is not None), sentence=said.text.replace(NO_BREAK, " "),
    )  # fmt: skip


def _is_illustrative(context: Context, chart: Chart) -> bool:
    return any(p.fact and context.facts.get(p.fact).illustrative for s in chart.series for p in s.points)


def _sentences(context: Context, chart: Chart) -> Iterator[_Said]:
    over_time = any(c.position is not None for c in chart.categories)
    if over_time or chart.kind == "multiples":
        yield from (_from_to(context, chart, s) for s in chart.series)
        if over_time and chart.kind != "multiples" and chart.breaks:
            yield _Said(context.word("alt_break"))
        return
    for series in chart.series:
        tell = _listed if len(chart.categories) <= 3 else _extremes
        yield tell(context, chart, series, len(chart.series) > 1)
    for line in chart.references:
        yield _Said(f"{line.label}.", "reference" if line.fact else "", facts=(line.fact,) if line.fact else ())
    hidden = context.locale.signs["confidential"]
    gaps: dict[str, list[Category]] = {}
    for j, category in enumerate(chart.categories):
        points = [s.points[j] for s in chart.series]
        if all(p.value is None for p in points):
            gaps.setdefault("confidential" if any(p.text == hidden for p in points) else "missing", []).append(category)
    for outcome, found in sorted(gaps.items()):
        names = context.locale.enumerated([c.label for c in found])
        yield _Said(context.word(f"alt_{outcome}").format(names=names), outcome, {"none": [c.key for c in found]})


def _valued(chart: Chart, series: Series) -> list[tuple[Category, Point]]:
    return [(c, p) for c, p in zip(chart.categories, series.points, strict=True) if p.value is not None]


def _from_to(context: Context, chart: Chart, series: Series) -> _Said:
    valued = _valued(chart, series)
    if not valued:
        return _Said(context.word("alt_missing").format(names=series.label), "missing", series=series)
    (first, one), (last, other) = valued[0], valued[-1]
    if first == last:
        text = _named(context, series.label, f"{one.text} ({first.label}).")
        return _Said(text, "one", {"when": [first.key]}, _facts(one), series)
    words = context.word("alt_from_to").format(
        name="", first=one.text, first_when=first.label, last=other.text, last_when=last.label
    )
    text = _named(context, series.label, words.lstrip(": \u00a0\u202f"))
    return _Said(text, "from_to", {"since": [first.key], "when": [last.key]}, _facts(one, other), series)


def _facts(*points: Point) -> tuple[str, ...]:
    return tuple(p.fact for p in points if p.fact)


def _named(context: Context, name: str, words: str) -> str:
    return context.headed(name, words) if name else words[0].upper() + words[1:]


def _extremes(context: Context, chart: Chart, series: Series, named: bool) -> _Said:
    valued = _valued(chart, series)
    if not valued:
        return _Said("")
    if len(valued) == 1:
        ((category, point),) = valued
        said = f"{category.label} {point.text}."
        text = context.headed(series.label, said) if named else said
        return _Said(text, "listed", {"codes": [category.key]}, _facts(point), series)
    values = [p.value or 0 for _, p in valued]
    high, low = (next(p for _, p in valued if p.value == v) for v in (max(values), min(values)))
    highest, lowest = ([(c, p) for c, p in valued if p.text == end.text] for end in (high, low))
    if high.text == low.text or max(len(highest), len(lowest)) > _MOST_TIED:
        return _Said("")
    sentence = context.word("alt_extremes").format(
        highest=context.locale.enumerated([c.label for c, _ in highest]),
        highest_value=high.text,
        lowest=context.locale.enumerated([c.label for c, _ in lowest]),
        lowest_value=low.text,
    )
    text = context.headed(series.label, sentence[0].lower() + sentence[1:]) if named else sentence
    codes = {"highest": [c.key for c, _ in highest], "lowest": [c.key for c, _ in lowest]}
    return _Said(text, "extremes", codes, _facts(*(p for _, p in (*highest, *lowest))), series)


def _listed(context: Context, chart: Chart, series: Series, named: bool) -> _Said:
    valued = _valued(chart, series)
    values = context.word("clause_separator").join(f"{c.label} {p.text}" for c, p in valued)
    if not values:
        return _Said("")
    text = context.headed(series.label, f"{values}.") if named else f"{values}."
    return _Said(text, "listed", {"codes": [c.key for c, _ in valued]}, _facts(*(p for _, p in valued)), series)
