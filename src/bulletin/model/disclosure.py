"""What an edition says about disclosure control: which figures are too small to print, and how well the hidden ones are guarded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dominance:
    """A table of money by employer, and the two indicators that carry the amounts of the largest and second largest of them."""

    indicator: str
    largest: str
    second: str


@dataclass(frozen=True)
class Disclosure:
    threshold: int = 5
    """Counts of 1 to threshold − 1 are hidden; 0 or 1: none is."""
    protection: float = 0
    """Width of the interval within which nobody may be able to place a hidden count; 0: the threshold."""
    percent: float = 15
    """The p of the p % rule, and the width of the interval around a hidden amount, in per cent of it."""
    dominance: tuple[Dominance, ...] = ()
    """Tables of money in which the second largest contributor must not be able to estimate the largest within `percent`."""
    group: bool = True
    """Whether a total whose members all fall in one category is hidden there."""
    group_below: int = 50
    """Totals from here on are too large for that to tell anything about a person."""
    control: tuple[str, ...] = ()
    """Indicators under control beside those that the catalogue puts there."""
    free: tuple[str, ...] = ()
    """Indicators that are not."""
    keep: tuple[str, ...] = ()
    """Indicators, or beginnings of keys of observations, that are hidden only where nothing else would do."""

    @property
    def width(self) -> float:
        return self.protection or float(max(self.threshold, 1))
