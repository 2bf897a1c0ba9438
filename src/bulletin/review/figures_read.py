"""Whether two printed figures are the same number, whatever marks group their digits."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_BLANKS = re.compile(r"[\s\u00a0\u202f'\u2019]+")
_SIGNS = str.maketrans("\u2212\u2013", "--")


def readings(text: str) -> frozenset[Decimal]:
    """Every number that the text may be: a lone mark before three digits groups them, or begins the decimals."""
    bare = _BLANKS.sub("", text).translate(_SIGNS)
    found = re.fullmatch(r"([^\d\-+]*)([-+]?\d[\d.,]*)(\D*)", bare)
    if found is None:
        return frozenset()
    digits = found[2].rstrip(".,")
    marks = [c for c in digits if c in ".,"]
    forms = {re.sub(r"[.,]", "", digits)} if _is_grouped(digits) else set()
    if marks and (len(set(marks)) == 2 or len(marks) == 1):
        whole, _, part = digits.rpartition(marks[-1])
        forms.add(re.sub(r"[.,]", "", whole) + "." + part)
    numbers = set()
    for form in forms or {digits}:
        try:
            numbers.add(Decimal(form))
        except InvalidOperation:
            continue
    return frozenset(numbers)


def agree(one: str, other: str) -> bool:
    bare = [_BLANKS.sub("", t).translate(_SIGNS).casefold() for t in (one, other)]
    return bool(bare[0]) and (bare[0] == bare[1] or bool(readings(one) & readings(other)))


def _is_grouped(digits: str) -> bool:
    return re.fullmatch(r"[-+]?\d{1,3}([.,])\d{3}(\1\d{3})*", digits) is not None or not re.search(r"[.,]", digits)
