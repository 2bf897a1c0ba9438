"""The known name nearest to a misspelt one, for suggestions only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Without case, accents and doubled blanks, for exact comparison of names."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar of `known`, or an empty string when none is near."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(fold(one), one)
    found = get_close_matches(fold(name), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else ""
