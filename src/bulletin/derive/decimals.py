"""Sums and differences of decimal numbers without the noise of binary fractions: 22.1 − 14.8 is 7.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model.cells import Floats

DIGITS = 15
"""Decimal digits that every double holds faithfully."""


def total(terms: Sequence[Floats]) -> Floats:
    """Sum with the error of each step carried along, then cleaned at the scale of the largest term."""
    import numpy as np

    result = np.zeros_like(terms[0])
    lost = np.zeros_like(result)
    largest = np.zeros_like(result)
    for term in terms:
        step = result + term
        lost += np.where(np.abs(result) >= np.abs(term), (result - step) + term, (term - step) + result)
        result = step
        largest = np.maximum(largest, np.abs(term))
    return cleaned(result + lost, largest)


def difference(minuend: Floats, subtrahend: Floats) -> Floats:
    import numpy as np

    return cleaned(minuend - subtrahend, np.maximum(np.abs(minuend), np.abs(subtrahend)))


def cleaned(values: Floats, largest: Floats) -> Floats:
    """`values` rounded to the last decimal digit that numbers as large as `largest` hold faithfully.

    Whole numbers stay as they are: nothing before the decimal mark is touched.
    """
    import numpy as np

    size = np.floor(np.log10(np.where((largest > 0) & np.isfinite(largest), largest, 1.0))).astype(np.int64)
    places = np.clip(DIGITS - 1 - size, 0, 22)
    factor = 10.0**places
    scaled = values * factor
    return np.where((places > 0) & (np.abs(scaled) < 2.0**53), np.rint(scaled) / factor, values)
