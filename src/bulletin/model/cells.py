"""Observations coded as integers, so that a million of them are looked up, shifted in time and summed without a loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL, ObsStatus
from bulletin.model.dataset import observation_key
from bulletin.model.period import Period

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

FIRST_YEAR = 1900
MONTHS = 200 * 12
"""Months that `Period` can name."""
LENGTHS = (12, 6, 3, 1)
PERIODS = MONTHS * len(LENGTHS)
"""Period is the lowest digit of a key: first the length, then the last month, so that a series lies together in time order."""

STATUSES = tuple(ObsStatus)
_BIT = {status.value: 1 << n for n, status in enumerate(STATUSES)}
MARKS = sum(_BIT[s] for s in STATUSES if s.value not in "AOMLHQ")
"""Statuses that qualify a value, as against those that say why there is none."""


def status_bits(text: str) -> int:
    """`B;P` as a set of bits; unknown letters count for nothing."""
    return sum(_BIT.get(letter, 0) for letter in set(text.split(";")))


def status_text(bits: int) -> str:
    """Letters in order of precedence; nothing set is `A`."""
    letters = [status.value for n, status in enumerate(STATUSES) if bits >> n & 1]
    if len(letters) > 1 and ObsStatus.NORMAL in letters:
        letters.remove(ObsStatus.NORMAL)
    return ";".join(letters) or ObsStatus.NORMAL.value


def has_status(bits: Integers, status: ObsStatus) -> Booleans:
    found: Booleans = (bits & _BIT[status.value]) != 0
    return found


def period_code(text: str) -> int:
    period = Period.parse(text)
    return LENGTHS.index(period.months) * MONTHS + (period.year - FIRST_YEAR) * 12 + period.month - 1


def period_text(code: int) -> str:
    length, end = divmod(int(code), MONTHS)
    year, month = divmod(end, 12)
    return str(Period(year + FIRST_YEAR, month + 1, LENGTHS[length]))


def factorised(column: pd.Series) -> tuple[Integers, list[str]]:
    """Position of each value in the list of distinct ones; a column of categories is not looked at value by value."""
    import numpy as np
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64), [str(c) for c in column.cat.categories]
    codes, names = pd.factorize(column)
    return codes.astype(np.int64), [str(n) for n in names]


@dataclass(frozen=True)
class Coding:
    """Digits of a key: one per dimension, then the period."""

    names: Mapping[str, tuple[str, ...]]
    """Dimension to its codes; a code's digit is its position."""

    @cached_property
    def digits(self) -> Mapping[str, Mapping[str, int]]:
        return {d: {code: n for n, code in enumerate(codes)} for d, codes in self.names.items()}

    @cached_property
    def strides(self) -> Mapping[str, int]:
        strides, step = {}, PERIODS
        for dimension in reversed(DIMENSIONS):
            strides[dimension] = step
            step *= len(self.names[dimension])
        if step >= 1 << 62:
            raise OverflowError("too many codes for one key")
        return strides

    def digit(self, keys: Integers, dimension: str) -> Integers:
        return keys // self.strides[dimension] % len(self.names[dimension])

    def at(self, keys: Integers, dimension: str, code: str) -> Integers:
        """The same cells at another code of one dimension; −1 for a code that no observation has."""
        import numpy as np

        wanted = self.digits[dimension].get(code)
        if wanted is None:
            return np.full(len(keys), -1, dtype=np.int64)
        return np.where(keys < 0, -1, keys + (wanted - self.digit(keys, dimension)) * self.strides[dimension])

    def holds(self, keys: Integers, dimension: str, code: str) -> Booleans:
        wanted = self.digits[dimension].get(code, -1)
        found: Booleans = self.digit(keys, dimension) == wanted
        return found

    def coordinates(self, key: int) -> dict[str, str]:
        return {d: self.names[d][int(key) // self.strides[d] % len(self.names[d])] for d in DIMENSIONS}

    def key_text(self, indicator: str, key: int) -> str:
        return observation_key(indicator, self.coordinates(key), period_text(int(key) % PERIODS))


def earlier(keys: Integers, months: int) -> Integers:
    """The same cells so many months before; −1 before the first year."""
    import numpy as np

    return np.where((keys >= 0) & (keys % MONTHS >= months), keys - months, -1)


def series(keys: Integers) -> Integers:
    """What stays the same along time, length of period included."""
    return keys // MONTHS


@dataclass(frozen=True)
class Block:
    """All observations of one indicator, by rising key."""

    key: Integers
    value: Floats
    status: Integers
    row: Integers
    """Position in the frame."""

    def find(self, keys: Integers) -> Integers:
        """Position of each wanted key in this block, −1 where there is none."""
        import numpy as np

        if not len(self.key):
            return np.full(len(keys), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[place] == keys, place, -1)

    def values(self, keys: Integers) -> Floats:
        """Value at each wanted key, NaN where there is none."""
        import numpy as np

        place = self.find(keys)
        return np.where(place >= 0, self.value[place] if len(self.key) else np.nan, np.nan)


def empty_block() -> Block:
    import numpy as np

    none = np.empty(0, dtype=np.int64)
    return Block(none, np.empty(0), none, none)


@dataclass(frozen=True)
class Cells:
    coding: Coding
    blocks: Mapping[str, Block]

    def block(self, indicator: str) -> Block:
        return self.blocks.get(indicator) or empty_block()


def coded(frames: Sequence[pd.DataFrame], codes: Mapping[str, Iterable[str]] | None = None) -> tuple[Coding, list[Integers]]:
    """One coding for all frames, and the keys of each; `codes` names further codes that keys may have to be built for."""
    import numpy as np

    names: dict[str, dict[str, int]] = {
        d: {code: n for n, code in enumerate(dict.fromkeys([TOTAL, *(codes or {}).get(d, ())]))} for d in DIMENSIONS
    }
    digits: list[dict[str, Integers]] = []
    for frame in frames:
        columns = {}
        for dimension in DIMENSIONS:
            own, labels = factorised(frame[dimension])
            known = names[dimension]
            to = np.array([known.setdefault(label, len(known)) for label in labels] or [0], dtype=np.int64)
            columns[dimension] = to[own]
        digits.append(columns)
    coding = Coding({d: tuple(known) for d, known in names.items()})
    keys = []
    for frame, columns in zip(frames, digits, strict=True):
        own, labels = factorised(frame["period"])
        key = np.array([period_code(label) for label in labels] or [0], dtype=np.int64)[own]
        for dimension in DIMENSIONS:
            key += columns[dimension] * coding.strides[dimension]
        keys.append(key)
    return coding, keys


def split(frame: pd.DataFrame, keys: Integers) -> dict[str, Block]:
    """Blocks by indicator."""
    import numpy as np

    own, labels = factorised(frame["indicator"])
    order = np.lexsort((keys, own))
    value = frame["value"].to_numpy(dtype=np.float64)
    status_of, texts = factorised(frame["obs_status"])
    status = np.array([status_bits(text) for text in texts] or [0], dtype=np.int64)[status_of]
    bounds = np.searchsorted(own[order], np.arange(len(labels) + 1))
    blocks = {}
    for n, label in enumerate(labels):
        row = order[bounds[n] : bounds[n + 1]]
        if len(row):
            blocks[label] = Block(keys[row], value[row], status[row], row)
    return blocks


def cells(frame: pd.DataFrame, codes: Mapping[str, Iterable[str]] | None = None) -> Cells:
    coding, (keys,) = coded([frame], codes)
    return Cells(coding, split(frame, keys))


def breaks_between(block: Block, keys: Integers, before: Integers, after: Integers) -> Booleans:
    """Whether a break (status B) of the series of `keys` lies between two period codes of it, the earlier one excluded.

    Observations of every length count: a month that breaks also breaks the year it lies in.
    """
    import numpy as np

    broken = block.key[has_status(block.status, ObsStatus.BREAK)]
    found = np.zeros(len(keys), dtype=bool)
    if not len(broken):
        return found
    low, high = np.minimum(before, after) % MONTHS, np.maximum(before, after) % MONTHS
    place = keys // PERIODS * PERIODS
    for n, length in enumerate(LENGTHS):
        start = place + n * MONTHS
        first = np.searchsorted(broken, start + low, side="right")
        last = np.searchsorted(broken, start + np.minimum(high + length - 1, MONTHS - 1), side="right")
        found |= last > first
    return found
