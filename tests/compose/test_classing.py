"""Classes of maps: the outline's bounds stand while they tell places apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletin.compose.classing import bounds_for
from bulletin.model.sealed import MapBounds

RATES = [2.1, 2.3, 2.3, 2.8, 3.3, 3.5, 3.9, 3.9, 4.0, 4.6, 11.6]


def test_bounds_that_tell_places_apart_are_kept() -> None:
    assert bounds_for([2.5, 3.5, 4.0], RATES) == (2.5, 3.5, 4.0)


def test_a_map_of_one_colour_gets_round_bounds_of_its_own() -> None:
    assert bounds_for([20, 40, 60], RATES) == (2.5, 3.5, 4.0)


def test_few_places_are_left_alone_and_maps_without_classes_get_round_ones() -> None:
    assert bounds_for([20.0], [1.0, 2.0]) == (20.0,)
    assert bounds_for([], RATES) == (2.5, 3.5, 4.0)
    assert bounds_for([], [5.0] * 9) == ()
    assert bounds_for([], []) == ()


def test_classes_of_the_edition_before_are_kept_while_they_tell_places_apart() -> None:
    before = MapBounds((), (2.0, 3.0, 4.5))
    assert bounds_for([], RATES, before) == (2.0, 3.0, 4.5)
    assert bounds_for([], [v + 10 for v in RATES], before) == (12.5, 13.5, 14.0)


def test_what_the_outline_asks_for_anew_comes_before_what_was_published() -> None:
    assert bounds_for([2.5, 3.5], RATES, MapBounds((2.0, 3.0), (2.0, 3.0))) == (2.5, 3.5)
    assert bounds_for([20, 40], RATES, MapBounds((20, 40), (3.0, 4.0))) == (3.0, 4.0)


@given(st.lists(st.floats(0, 1e6), max_size=20), st.lists(st.floats(0, 1e6), min_size=1, max_size=4, unique=True))
def test_bounds_ascend(values: list[float], given_: list[float]) -> None:
    found = bounds_for(sorted(given_), values)
    assert list(found) == sorted(set(found))
