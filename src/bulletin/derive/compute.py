"""One derived indicator: its terms brought to the same cells, computed, and what the inputs say of themselves passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.derive.figures import Figures, Words
from bulletin.derive.formulas import FORMULAS, Recipe
from bulletin.derive.terms import Scope, Term, free_dimensions, leading_terms, term_coordinates
from bulletin.model.cells import MARKS, MONTHS, PERIODS, breaks_between, earlier, has_status, period_code, series, status_bits
from bulletin.model.codes import TOTAL, ObsStatus
from bulletin.model.indicator import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin.model.cells import Booleans, Coding, Floats, Integers
    from bulletin.model.indicator import Indicator

MISSING, CANNOT_EXIST, SUPPRESSED = (
    status_bits(s.value) for s in (ObsStatus.MISSING, ObsStatus.CANNOT_EXIST, ObsStatus.SUPPRESSED)
)
BREAK = status_bits(ObsStatus.BREAK.value)


@dataclass(frozen=True)
class Computation:
    figures: Figures
    zero: tuple[tuple[int, int, float], ...] = ()
    """Key, row of the denominator and its value, where that is zero or below."""
    above: tuple[tuple[int, int, float, float], ...] = ()
    """Key, row of the numerator, numerator and denominator, where the part is greater than its whole."""
    without: tuple[int, ...] = ()
    """Keys that lack nothing but a denominator, which exists before and after, or is there and missing."""
    below: str = ""
    """Indicator that is the denominator."""
    baseless: tuple[int, ...] = ()
    """Keys whose earlier value is zero or below, so that no change can be computed from it."""
    uncounted: tuple[int, ...] = ()
    """Keys without a figure for those who are in both parts."""
    twice: tuple[tuple[int, int, float, float], ...] = ()
    """Key, row of the overlap, the overlap and the smaller part, where more people are in both than in one."""


@dataclass(frozen=True)
class _Aligned:
    """A term at every cell of the result."""

    term: Term
    figures: Figures
    key: Integers
    place: Integers
    """Position in `figures`; −1: no observation; −2: the part does not exist at that time."""

    def pick(self, where: Booleans) -> _Aligned:
        return _Aligned(self.term, self.figures, self.key[where], self.place[where])

    def of(self, name: str, absent: float) -> Floats:
        import numpy as np

        values = getattr(self.figures, name)
        if not len(values):
            return np.full(len(self.place), absent)
        return np.where(self.place >= 0, values[np.maximum(self.place, 0)], absent)

    @property
    def value(self) -> Floats:
        import numpy as np

        return np.where(self.place == -2, 0.0, self.of("value", np.nan))


def nothing() -> Figures:
    import numpy as np

    whole = np.empty(0, dtype=np.int64)
    return Figures(whole, np.empty(0), whole, whole, np.empty(0, dtype=bool), whole, whole, whole)


def computed(
    indicator: Indicator, inputs: Mapping[str, Figures], scope: Scope, coding: Coding, words: Words, areas: Sequence[str]
) -> Computation:
    import numpy as np

    formula = indicator.formula
    assert formula is not None
    recipe = FORMULAS[formula.name]
    terms = recipe.terms(formula, scope)
    free = free_dimensions(indicator, terms)
    below = recipe.denominator
    cells = _cells(terms, free, inputs, scope, coding, areas)
    aligned = [_align(t, inputs.get(t.role) or nothing(), cells, free, scope, coding) for t in terms]
    present = [a.place != -1 for a in aligned]
    rest = np.ones(len(cells), dtype=bool)
    overlap = len(terms) - 1 if recipe.once and terms[-1].role == "overlap" else None
    over_time = bool(recipe.pairs) and not recipe.roles
    bases = [n for n, t in enumerate(terms) if t.period and not over_time]
    for n, here in enumerate(present):
        if n not in (below, overlap, *bases):
            rest &= here
    full = rest & present[below] if below is not None else rest
    without: list[int] = []
    if below is not None and not over_time:
        without = cells[rest & ~full & _inside_series(aligned[below])].tolist()
    for n in bases:
        without += cells[full & ~present[n]].tolist()
        full &= present[n]
    if over_time and aligned[0].term.indicator == aligned[1].term.indicator:
        full &= (aligned[0].key != aligned[1].key) | (formula.name == "index")
    aligned, cells = [a.pick(full) for a in aligned], cells[full]

    values = [a.value for a in aligned]
    if overlap is not None:
        values[overlap] = np.where(aligned[overlap].place == -1, np.nan, values[overlap])
    gaps = [np.isnan(v) for v in values]
    hidden = np.zeros(len(cells), dtype=bool)
    for a, gap in zip(aligned, gaps, strict=True):
        hidden |= gap & has_status(a.of("status", 0).astype(np.int64), ObsStatus.SUPPRESSED)
    lacking = np.zeros(len(cells), dtype=bool)
    for n, gap in enumerate(gaps):
        if n not in (below, overlap, *bases) or over_time:
            lacking |= gap
    keep = ~lacking | hidden
    aligned, cells, hidden = [a.pick(keep) for a in aligned], cells[keep], hidden[keep]
    values = [v[keep] for v in values]

    parameters = {**({"scale": 100} if indicator.unit == "PT" else {}), **formula.parameters}
    uncounted: Booleans = np.zeros(len(cells), dtype=bool)
    twice: tuple[tuple[int, int, float, float], ...] = ()
    doubtful: Booleans = np.zeros(len(cells), dtype=bool)
    if recipe.once:
        values, uncounted = _counted_once(values, overlap, parameters, hidden)
        if overlap is not None:
            smaller = np.minimum(values[0], values[1])
            doubtful = (values[overlap] > smaller) & ~hidden
            rows = aligned[overlap].of("row", -1).astype(np.int64)
            found = np.flatnonzero(doubtful)
            twice = tuple((int(cells[n]), int(rows[n]), float(values[overlap][n]), float(smaller[n])) for n in found)
    months = (aligned[0].key % MONTHS - aligned[1].key % MONTHS).astype(float) if len(aligned) > 1 else np.ones(len(cells))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result = recipe.compute(values, parameters, months) if len(cells) else np.empty(0)
    unusable = ~np.isfinite(result) | doubtful
    zero: list[tuple[int, int, float]] = []
    none = np.zeros(len(cells), dtype=bool)
    baseless: list[int] = []
    if below is not None or recipe.under:
        under = _under(recipe, values) if len(cells) else np.empty(0)
        bad = (under <= 0) & ~hidden
        # nothing among nothing, and a change from nothing, are no faults of the data: the figure cannot exist
        over = recipe.part(values) if recipe.part and len(cells) else values[0] if below else np.ones(len(cells))
        none = bad & (np.ones_like(bad) if over_time else (over == 0) & (under == 0))
        unusable |= bad | np.isnan(under)
        rows = aligned[below].of("row", -1).astype(np.int64) if below is not None else np.full(len(cells), -1)
        zero = [(int(cells[n]), int(rows[n]), float(under[n])) for n in np.flatnonzero(bad & ~none)]
        if over_time:
            baseless = cells[bad & none].tolist()
        if below is not None:
            without += cells[np.isnan(under) & ~hidden].tolist()
    broken = _broken(recipe, aligned)
    above, result = _above(indicator, recipe, aligned, values, cells, result, unusable | hidden)

    status = _marks(recipe, aligned)
    blank = hidden | broken | unusable
    status = np.where(unusable, MISSING, status)
    status = np.where(none | broken, CANNOT_EXIST, status)
    status = np.where(hidden, SUPPRESSED, status)
    figures = _passed_on(aligned, cells, np.where(blank, np.nan, result), status, words)
    named = terms[below].indicator if below is not None else terms[1].indicator if recipe.under else ""
    return Computation(
        figures, tuple(zero), above, tuple(sorted(without)), named, tuple(baseless), tuple(cells[uncounted].tolist()), twice
    )


def _cells(
    terms: tuple[Term, ...],
    free: tuple[str, ...],
    inputs: Mapping[str, Figures],
    scope: Scope,
    coding: Coding,
    areas: Sequence[str],
) -> Integers:
    """Keys the result may have: the cells of its leading term, other dimensions at their total."""
    import numpy as np

    found = []
    for term in leading_terms(terms, free):
        if term.role not in inputs:
            continue
        keys = inputs[term.role].key
        for dimension, code in term_coordinates(term, free, scope).items():
            keys = keys[coding.holds(keys, dimension, code)]
            keys = coding.at(keys, dimension, scope.total(dimension, TOTAL))
        found.append(keys)
    if not found:
        return np.empty(0, dtype=np.int64)
    keys = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
    if "ref_area" in free and any("ref_area" in t.fixed for t in terms):
        # a place outside the country is no part of it
        digits = [coding.digits["ref_area"][a] for a in areas if a in coding.digits["ref_area"]]
        keys = keys[np.isin(coding.digit(keys, "ref_area"), digits)]
    return np.sort(keys)


def _align(term: Term, figures: Figures, cells: Integers, free: tuple[str, ...], scope: Scope, coding: Coding) -> _Aligned:
    import numpy as np

    keys = cells
    for dimension, code in term_coordinates(term, free, scope).items():
        keys = coding.at(keys, dimension, code)
    if term.back:
        keys = earlier(keys, term.back)
    if term.period:
        fixed = period_code(term.period)
        same_length = keys % PERIODS // MONTHS == fixed // MONTHS
        keys = np.where(same_length & (keys >= 0), keys - keys % PERIODS + fixed, -1)
    place = figures.block.find(keys)
    if term.part is not None and not term.part.always:
        month = cells % MONTHS
        place = np.where((month >= term.part.first) & (month <= term.part.last), place, -2)
    return _Aligned(term, figures, keys, place)


def _inside_series(term: _Aligned) -> Booleans:
    """Whether the term's indicator has the same series before and after the wanted cell."""
    import numpy as np

    key = term.figures.key
    if not len(key):
        return np.zeros(len(term.key), dtype=bool)
    after = np.searchsorted(key, term.key)
    wanted = series(term.key)
    found: Booleans = (series(key[np.minimum(after, len(key) - 1)]) == wanted) & (series(key[np.maximum(after - 1, 0)]) == wanted)
    return found & (after > 0) & (after < len(key))


def _broken(recipe: Recipe, aligned: Sequence[_Aligned]) -> Booleans:
    import numpy as np

    found = np.zeros(len(aligned[0].key) if aligned else 0, dtype=bool)
    for now, before in recipe.pairs:
        key, other = aligned[now].key, aligned[before].key
        found |= breaks_between(aligned[now].figures.block, key, other % MONTHS, key % MONTHS)
    return found


def _counted_once(
    values: Sequence[Floats], overlap: int | None, parameters: Mapping[str, object], hidden: Booleans
) -> tuple[list[Floats], Booleans]:
    """The values with the overlap last, and where nobody has said how many people are in both parts.

    There the result is missing, unless `when_no_overlap: sum` takes the plain sum, which is an upper bound, or `overlap: none`
    says that nobody can be in both.
    """
    import numpy as np

    found = list(values)
    if overlap is None:
        known = parameters.get("overlap") == "none"
        found.append(np.full(len(hidden), 0.0 if known else np.nan))
    lacking = np.isnan(found[-1]) & ~hidden
    if parameters.get("when_no_overlap") == "sum":
        found[-1] = np.where(lacking, 0.0, found[-1])
    return found, lacking


def _under(recipe: Recipe, values: Sequence[Floats]) -> Floats:
    return recipe.under(values) if recipe.under else values[recipe.denominator or 0]


def _above(
    indicator: Indicator, recipe: Recipe, aligned: Sequence[_Aligned], values: Sequence[Floats], cells: Integers, result: Floats,
    left_out: Booleans,
) -> tuple[tuple[tuple[int, int, float, float], ...], Floats]:  # fmt: skip
    """Where a part is greater than its whole, and the result, stopped at 100 or taken away if the formula says so.

    Nothing to say with `when_over: accept`: targets may be exceeded.
    """
    import numpy as np

    treatment = indicator.formula.parameters.get("when_over", "note") if indicator.formula else "note"
    if (
        not recipe.part
        or recipe.denominator is None
        or indicator.kind is not Kind.RATE
        or treatment == "accept"
        or not len(cells)
    ):
        return (), result
    part, whole = recipe.part(values), values[recipe.denominator]
    over = (part > whole) & ~left_out
    rows = aligned[0].of("row", -1).astype(np.int64)
    above = tuple((int(cells[n]), int(rows[n]), float(part[n]), float(whole[n])) for n in np.flatnonzero(over))
    return above, np.minimum(result, 100.0) if treatment == "cap" else result


def _marks(recipe: Recipe, aligned: Sequence[_Aligned]) -> Integers:
    """Statuses of all inputs together; a break counts for what it lies before, so not for what is compared over time."""
    import numpy as np

    over_time = {n for pair in recipe.pairs for n in pair}
    bits = np.zeros(len(aligned[0].key) if aligned else 0, dtype=np.int64)
    for n, a in enumerate(aligned):
        bits |= a.of("status", 0).astype(np.int64) & (MARKS & ~BREAK if n in over_time else MARKS)
    return bits


def _passed_on(aligned: Sequence[_Aligned], cells: Integers, value: Floats, status: Integers, words: Words) -> Figures:
    """Confidential if an input is, illustrative if one is, all sources, the reference date if the inputs share it."""
    import numpy as np

    nowhere = np.full(len(cells), -1, dtype=np.int64)
    if not aligned:
        return nothing()
    blank = words.number("")
    conf = np.zeros(len(cells), dtype=np.int64)
    illustrative = np.zeros(len(cells), dtype=bool)
    source = np.full(len(cells), blank, dtype=np.int64)
    date = nowhere
    seen = False
    for a in aligned:
        conf = np.maximum(conf, a.of("conf", 0).astype(np.int64))
        illustrative |= a.of("illustrative", 0).astype(bool)
        own = a.of("source", blank).astype(np.int64)
        source = words.joined(source, own) if len(cells) else source
        if a.term.shifted:
            continue
        here = np.where(a.place == -2, date, a.of("ref_date", blank).astype(np.int64))
        date = here if not seen else np.where(date == -1, here, np.where(here == date, date, blank))
        seen = True
    return Figures(cells, value, status, conf, illustrative, source, np.where(date < 0, blank, date), nowhere)
