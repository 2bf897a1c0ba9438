"""What is under disclosure control, and how wide the interval must be: the bounds themselves."""

from __future__ import annotations

import pytest

from bulletin.model.disclosure import Disclosure
from bulletin.model.indicator import TimeBasis
from bulletin.protect.control import dominant, is_additive, is_controlled, is_small, width_for
from factories import indicator

SAID = Disclosure(threshold=5, protection=7, percent=10, control=("OWN",), free=("OPEN",))


@pytest.mark.parametrize(
    "counted", ["persons", "households", "benefits", "payments", "enterprises", "complaints", "money", "none"]
)
def test_counts_of_people_and_of_what_they_receive_are_controlled(counted: str) -> None:
    found = is_controlled(indicator("A", unit_counted=counted), SAID)
    assert found == (counted in ("persons", "households", "benefits", "payments"))
    assert not is_controlled(indicator("A", "amount", unit_counted=counted), SAID)


def test_the_edition_and_the_catalogue_add_and_free() -> None:
    assert is_controlled(indicator("OWN", "rate"), SAID)
    assert is_controlled(indicator("A", "rate", disclosure="control"), SAID)
    assert not is_controlled(indicator("A", unit_counted="persons", disclosure="free"), SAID)
    assert not is_controlled(indicator("OPEN", unit_counted="persons", disclosure="control"), SAID)


def test_counts_and_amounts_add_up_and_averages_do_not() -> None:
    assert is_additive(indicator("A"))
    assert is_additive(indicator("A", "amount"))
    assert not is_additive(indicator("A", "amount", time_basis=TimeBasis.AVERAGE))
    assert not is_additive(indicator("A", "rate"))
    assert not is_additive(None)


def test_from_one_to_below_the_threshold_is_small() -> None:
    assert [v for v in (-1, 0, 1, 4, 5, 6) if is_small(v, 5)] == [1, 4]


def test_a_count_is_as_wide_as_is_said_and_an_amount_a_share_of_itself() -> None:
    assert width_for(indicator("A"), 200, SAID) == 7
    assert width_for(indicator("A", "amount"), -200, SAID) == 20
    assert width_for(None, 200, SAID) == 20


@pytest.mark.parametrize(
    ("total", "largest", "second", "width"),
    [
        (100, 80, 14, 8),
        (100, 50, 45, None),
        (100, 50, 46, 5),
        (100, 60, 30, None),
        (0, 0, 0, None),
        (-5, 1, 1, None),
        (100, 0, 200, 1e-7),
    ],
)
def test_the_percent_rule(total: float, largest: float, second: float, width: float | None) -> None:
    assert dominant(total, largest, second, SAID) == (None if width is None else pytest.approx(width, rel=1e-12))
