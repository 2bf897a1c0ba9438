"""Labels below an axis: readable, apart, and never without the first and the last."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bulletin.draw.axis import category_labels
from bulletin.draw.lettering import Lettering


@given(count=st.integers(3, 40), width=st.floats(40, 170))
def test_years_that_do_not_fit_are_thinned_from_the_first_to_the_last(count: int, width: float) -> None:
    letters = Lettering("Source Sans 3")
    years = [str(1990 + n) for n in range(count)]
    xs = [width / count * (n + 0.5) for n in range(count)]
    labels = category_labels(letters, years, xs, width)
    kept = [n for n, lines in enumerate(labels.lines) if lines]
    assert kept[0] == 0
    assert kept[-1] == count - 1
    gaps = [b - a for a, b in pairwise(kept)]
    assert len(set(gaps[1:])) <= 1
    assert gaps[0] < 2 * gaps[-1]
    for a, b in pairwise(kept):
        wide = (letters.width(years[a], labels.size) + letters.width(years[b], labels.size)) / 2
        assert xs[b] - xs[a] > wide
