"""Where words may be divided: by the same patterns and limits as in the other PDF, so that lines end alike."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

LONG, BEFORE, AFTER = 8, 4, 5
"""Letters of the shortest word that is divided, and fewest of them before and after the hyphen: as in the style sheet."""

WORD = re.compile(r"[^\W\d_]{8,}")
SOFT = "\u00ad"


def divided(text: str, language: str) -> str:
    """With soft hyphens; `language` as a BCP 47 tag."""
    return WORD.sub(lambda word: _divided(word[0], language), text)


@lru_cache(maxsize=1 << 15)
def _divided(word: str, language: str) -> str:
    import pyphen

    known = pyphen.language_fallback(language)
    if known is None:
        return word
    places = [n for n in pyphen.Pyphen(lang=known).positions(word) if BEFORE <= n <= len(word) - AFTER]
    edges = [0, *places, len(word)]
    return SOFT.join(word[a:b] for a, b in pairwise(edges))
