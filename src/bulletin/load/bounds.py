"""Ends of the intervals that a source gives for its estimates, beside the values of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.load.numbers import read_numbers
from bulletin.load.reading import Reading
from bulletin.model.dataset import BOUNDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Values = npt.NDArray[np.float64]


def read_bounds(reading: Reading, multipliers: npt.NDArray[np.object_], value: Values) -> dict[str, object]:
    """Columns BOUNDS as texts in units of 1. Both ends stand, with the value between them, or none: else the row is refused."""
    import numpy as np
    import pandas as pd

    size = len(value)
    if not any(column in reading.table.frame for column in BOUNDS):
        return {column: pd.array(np.full(size, "", dtype=object), dtype="str") for column in BOUNDS}
    low, high = (_read(reading, column, multipliers) for column in BOUNDS)
    given = ~np.isnan(low) | ~np.isnan(high)
    with np.errstate(invalid="ignore"):
        fits = (low <= value) & (value <= high)
    reading.report_rows("bounds-beside-value", BOUNDS[0], given & ~fits & ~reading.bad)
    return {
        column: pd.array(np.array(["" if np.isnan(x) else repr(float(x)) for x in ends], dtype=object), dtype="str")
        for column, ends in zip(BOUNDS, (low, high), strict=True)
    }


def _read(reading: Reading, column: str, multipliers: npt.NDArray[np.object_]) -> Values:
    import numpy as np

    codes, texts = reading.texts(column)
    filled = [k for k, t in enumerate(texts) if t]
    found = read_numbers([texts[k] for k in filled], reading.table.decimal, reading.table.groups)
    wrong = [k for k, text in zip(filled, found.values, strict=True) if text is None or found.problem]
    reading.report("not-a-number", column, codes, texts, wrong)
    numbers = np.full(len(texts) + 1, np.nan)
    for k, text in zip(filled, found.values, strict=True):
        if k not in wrong:
            numbers[k] = float(str(text))
    powers = np.array([10.0 ** int(m or 0) for m in multipliers.tolist()])
    return np.asarray(numbers[codes] * powers, dtype=np.float64)
