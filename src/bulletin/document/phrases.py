"""Words and phrases of a language pack as expressions that find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def matching(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole, `*` for any ending."""
    said = [re.escape(w.rstrip("*")).replace("\\ ", "[ \u00a0]") + (r"\w*" if w.endswith("*") else r"(?!\w)") for w in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(said) or '(?!)'})", re.IGNORECASE)
