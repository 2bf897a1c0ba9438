"""Reference periods: a year, half-year, quarter or month, sortable and placed on a time axis."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Of every period; a figure of another year is a slip of the pen."""

_FORM = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?:(?P<kind>[SQ])(?P<part>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Period:
    """SDMX time period: `2024`, `2024-S1`, `2024-Q3`, `2024-06`. Whether it means a stock or a flow is the indicator's."""

    year: int
    month: int = 12
    """Last month of the period, so that periods of different length sort by their end."""
    months: int = 12
    """Length in months."""

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError unless `text` is one of the four forms."""
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(text)
        year = int(found["year"])
        if found["month"]:
            return cls(year, int(found["month"]), 1)
        if found["kind"] == "S":
            if int(found["part"]) > 2:
                raise ValueError(text)
            return cls(year, 6 * int(found["part"]), 6)
        if found["kind"] == "Q":
            return cls(year, 3 * int(found["part"]), 3)
        return cls(year)

    @property
    def position(self) -> float:
        """Place on a time axis in years: a year stands at its number, a month at its end within the year before the next tick."""
        return float(self.year) if self.months == 12 else self.year + self.month / 12 - 0.5

    def __str__(self) -> str:
        match self.months:
            case 12:
                return str(self.year)
            case 6:
                return f"{self.year}-S{self.month // 6}"
            case 3:
                return f"{self.year}-Q{self.month // 3}"
            case _:
                return f"{self.year}-{self.month:02d}"
