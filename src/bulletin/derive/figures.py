"""Figures: the observations of one indicator as aligned arrays, received or computed, and back into the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bulletin.model.cells import Block, Coding, factorised, split, status_text
from bulletin.model.codes import DIMENSIONS, ConfStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from bulletin.model.cells import Booleans, Floats, Integers

CONFIDENTIALITY = tuple(ConfStatus)
"""From free to hidden: of two, the later one holds."""


class Words:
    """Distinct texts and their numbers; the one thing here that grows."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def numbers(self, column: pd.Series) -> Integers:
        import numpy as np

        own, labels = factorised(column)
        return np.array([self.number(label) for label in labels] or [0], dtype=np.int64)[own]

    def joined(self, left: Integers, right: Integers) -> Integers:
        """The distinct parts of both texts, sorted, joined by `;`."""
        import numpy as np
        import pandas as pd

        if np.array_equal(left, right):
            return left
        size = len(self.texts)
        where, pairs = pd.factorize(left * size + right)
        made = []
        for pair in pairs.tolist():
            texts = {*self.texts[pair // size].split(";"), *self.texts[pair % size].split(";")} - {""}
            made.append(self.number(";".join(sorted(texts))))
        return np.array(made, dtype=np.int64)[where]


@dataclass(frozen=True)
class Figures:
    """Sorted by key; all arrays of one length."""

    key: Integers
    value: Floats
    status: Integers
    conf: Integers
    """Position in CONFIDENTIALITY."""
    illustrative: Booleans
    source: Integers
    """Number of the text in Words, as for `ref_date`."""
    ref_date: Integers
    row: Integers
    """Row among those received, −1 for computed."""

    @property
    def block(self) -> Block:
        return Block(self.key, self.value, self.status, self.row)

    def take(self, where: NDArray[np.int64] | Booleans) -> Figures:
        return Figures(*(getattr(self, f.name)[where] for f in fields(self)))


def stacked(several: Sequence[Figures]) -> Figures:
    import numpy as np

    return Figures(*(np.concatenate([getattr(s, f.name) for s in several]) for f in fields(Figures)))


def in_order(figures: Figures) -> Figures:
    import numpy as np

    return figures.take(np.argsort(figures.key, kind="stable"))


def received(frame: pd.DataFrame, keys: Integers, words: Words, first_row: int = 0) -> dict[str, Figures]:
    """Figures of every indicator in the frame; rows are numbered from `first_row`."""
    import numpy as np

    levels = {c.value: n for n, c in enumerate(CONFIDENTIALITY)}
    own, labels = factorised(frame["conf_status"])
    conf = np.array([levels.get(label, 0 if not label else len(levels) - 1) for label in labels] or [0], dtype=np.int64)[own]
    illustrative = frame["illustrative"].to_numpy(dtype=bool)
    source, date = words.numbers(frame["source"]), words.numbers(frame["ref_date"])
    return {
        name: Figures(b.key, b.value, b.status, conf[b.row], illustrative[b.row], source[b.row], date[b.row], b.row + first_row)
        for name, b in split(frame, keys).items()
    }


def appended(frame: pd.DataFrame, derived: Sequence[tuple[str, str, Figures]], coding: Coding, words: Words) -> pd.DataFrame:
    """The frame with rows for indicator, unit and figures added below; text columns keep their kind."""
    import numpy as np
    import pandas as pd

    from bulletin.model.cells import PERIODS, period_text
    from bulletin.model.dataset import COLUMNS

    all_figures = stacked([figures for _, _, figures in derived])
    sizes = [len(figures.key) for _, _, figures in derived]

    def repeated(texts: Iterable[str]) -> tuple[list[str], Integers]:
        names = list(texts)
        return names, np.repeat(np.arange(len(names)), sizes)

    def distinct(numbers: Integers, text: Callable[[int], str]) -> tuple[list[str], Integers]:
        # all these numbers are small: counting them is quicker than hashing or sorting
        found = np.flatnonzero(np.bincount(numbers))
        to = np.zeros(int(found[-1]) + 1, dtype=np.int64)
        to[found] = np.arange(len(found))
        return [text(n) for n in found.tolist()], to[numbers]

    columns: dict[str, tuple[list[str], Integers]] = {
        "indicator": repeated(name for name, _, _ in derived),
        "unit": repeated(unit for _, unit, _ in derived),
        "period": distinct(all_figures.key % PERIODS, period_text),
        "obs_status": distinct(all_figures.status, status_text),
        "conf_status": distinct(all_figures.conf, lambda n: CONFIDENTIALITY[n].value),
        "source": distinct(all_figures.source, lambda n: words.texts[n]),
        "ref_date": distinct(all_figures.ref_date, lambda n: words.texts[n]),
    }
    for d in DIMENSIONS:
        columns[d] = distinct(coding.digit(all_figures.key, d), coding.names[d].__getitem__)
    made: dict[str, pd.Series] = {}
    for column in COLUMNS:
        old = frame[column]
        if column == "value":
            made[column] = pd.concat([old, pd.Series(all_figures.value)], ignore_index=True)
        elif column == "illustrative":
            made[column] = pd.concat([old.astype(bool), pd.Series(all_figures.illustrative)], ignore_index=True)
        elif pd.api.types.is_numeric_dtype(old.dtype):
            made[column] = pd.concat([old, pd.Series(np.zeros(sum(sizes), dtype=np.int64))], ignore_index=True)
        else:
            blank = "0" if column == "unit_mult" else ""
            labels, where = columns.get(column, ([blank], np.zeros(sum(sizes), dtype=np.int64)))
            made[column] = _lengthened(old, labels, where)
    return pd.DataFrame(made, columns=list(COLUMNS), copy=False)


def _lengthened(column: pd.Series, labels: list[str], where: Integers) -> pd.Series:
    import numpy as np
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = [str(c) for c in column.cat.categories]
        union = list(dict.fromkeys([*categories, *labels]))
        to = np.array([union.index(label) for label in labels], dtype=np.int64)
        codes = np.concatenate([column.cat.codes.to_numpy().astype(np.int64), to[where]])
        return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(union)))
    added = pd.Series(np.array(labels, dtype=object)[where]).astype(column.dtype)
    return pd.concat([column, added], ignore_index=True)
