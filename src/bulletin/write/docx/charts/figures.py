"""Number formats of a chart: the figures as they are printed beside the picture, in the notation of workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from bulletin.model.locale import marked

_MARKS = (("\u00a0", ","), ("\u00a0", "."), ("\u202f", ","), ("\u202f", "."), (",", "."), (".", ","))
"""Of thousands and of decimals."""


@dataclass(frozen=True)
class Format:
    code: str
    decimals: int
    group: str
    mark: str
    least: int
    """Digits from which thousands are set apart."""

    @property
    def upwards(self) -> str:
        """The code of an axis whose figures below zero are not shown."""
        parts = self.code.split(";")
        if (len(parts) == 2 and "[" not in self.code) or len(parts) == 1:
            return f"{parts[0]};;{parts[0]}"
        return f'{parts[-2]};[<0]"";{parts[-1]}'

    def spells(self, value: float, text: str) -> bool:
        return marked(f"{value:.{self.decimals}f}", self.mark, self.group, self.least) == text


def format_of(said: Sequence[tuple[float, str]]) -> Format:
    """The format that spells most of the texts as printed. The mark of decimals, and a comma or full stop between thousands, are
    those of the reader's own system: workbooks know no others."""
    told = [(value, text) for value, text in said if text]
    trials = (_format(g, m, d, least, told) for d, (g, m), least in product(range(4), _MARKS, (4, 5)))
    return max(trials, key=lambda f: sum(f.spells(v, t) for v, t in told))


def _format(group: str, mark: str, decimals: int, least: int, said: Sequence[tuple[float, str]]) -> Format:
    plain = "0" + ("." + "0" * decimals if decimals else "")
    largest = max((abs(v) for v, _ in said), default=0.0)
    grouped = largest >= 10 ** (least - 1)
    if grouped and group in ",.":
        one = f"#,##{plain}"
        code = one if least == 4 else f"[>={10 ** (least - 1)}]{one};{plain}"
    elif grouped:
        thousands = f'[>={10 ** (least - 1)}]#"{group}"##{plain}'
        millions = f'[>=1000000]#"{group}"###"{group}"##{plain};' if largest >= 1e6 else ""
        code = f"{millions}{thousands};{plain}"
    else:
        code = f"{plain};\u2212{plain}"
    return Format(code, decimals, group, mark, least)
