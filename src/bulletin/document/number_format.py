"""Number formats of workbooks that spell figures as they are printed, so that a label follows its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from bulletin.model.locale import MINUS, marked

_MARKS = (("\u00a0", ","), ("\u00a0", "."), ("\u202f", ","), ("\u202f", "."), (",", "."), (".", ","))
"""Of thousands and of decimals."""


@dataclass(frozen=True)
class Format:
    decimals: int
    group: str
    mark: str
    least: int
    """Digits from which thousands are set apart."""
    largest: float
    """Of the figures, without their sign."""
    zero: str = ""
    """The sign for nothing; empty: a figure."""

    @property
    def code(self) -> str:
        """As a workbook has it. Without conditions the parts are for figures above, below and at zero; there are at most two
        conditions. The mark of decimals, and commas or full stops between thousands, are those of the reader's own system."""
        one, *rest = self._parts()
        if rest:
            nothing = [f'[=0]"{self.zero}"'] if self.zero else []
            return ";".join((one, *rest[:-1], *nothing, rest[-1]))
        return f'{one};"{MINUS}"{one}' + (f';"{self.zero}"' if self.zero else "")

    @property
    def upwards(self) -> str:
        """The code of an axis whose figures below zero are not shown."""
        one, *rest = self._parts()
        if not rest:
            return f"{one};;{one}"
        return f'{rest[-2] if len(rest) > 1 else one};[<0]"";{rest[-1]}'

    def spells(self, value: float, text: str) -> bool:
        if self.zero and value == 0:
            return text == self.zero
        if self.zero and self._conditions() > 1:
            return False
        return marked(f"{value:.{self.decimals}f}", self.mark, self.group, self.least) == text

    def _conditions(self) -> int:
        return len(self._parts()) - 1

    def _parts(self) -> list[str]:
        plain = "0" + ("." + "0" * self.decimals if self.decimals else "")
        if self.largest < 10 ** (self.least - 1):
            return [plain]
        if self.group in ",.":
            grouped = f"#,##{plain}"
            return [grouped] if self.least == 4 else [f"[>={10 ** (self.least - 1)}]{grouped}", plain]
        thousands = f'[>={10 ** (self.least - 1)}]#"{self.group}"##{plain}'
        if self.largest < 1e6:
            return [thousands, plain]
        return [f'[>=1000000]#"{self.group}"###"{self.group}"##{plain}', thousands, plain]


def format_of(said: Sequence[tuple[float, str]]) -> Format:
    """The format that spells most of the texts as printed; figures without a text do not count."""
    told = [(value, text) for value, text in said if text]
    largest = max((abs(value) for value, _ in said), default=0.0)
    signs = {text for value, text in told if value == 0 and not any(c.isdigit() for c in text)}
    trials = [Format(d, g, m, least, largest) for d, (g, m), least in product(range(4), _MARKS, (4, 5))]
    best = max(trials, key=lambda f: sum(f.spells(value, text) for value, text in told))
    return replace(best, zero=next(iter(signs))) if len(signs) == 1 else best
