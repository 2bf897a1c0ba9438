"""What the proof of parity and the checks of words know of a language, as data of its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Grammar:
    """All parts may be empty: without them fewer things are checked, and figures are compared all the same."""

    numbers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Number to the words that say it, in lower case: `11: [onze]`, `2: [dobro, metade]`; beyond `cardinals`."""
    ambiguous: tuple[str, ...] = ()
    """Those of them that often mean something else (`one`, `segundo`): they may answer a figure, and ask for none."""
    scales: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Power of ten to further scale words: `3: [milhares]`."""
    percent: tuple[str, ...] = ()
    """Words for `%` after a figure: `por cento`."""
    points: tuple[str, ...] = ()
    """Words for percentage points after a figure."""
    hedges: tuple[str, ...] = ()
    """Words before a figure that is rounded: `cerca de`, `nearly`."""
    plurals: tuple[tuple[str, str], ...] = ()
    """Singular and plural of what is counted: `[ponto percentual, pontos percentuais]`."""
    singular: Literal["one", "below two"] = "one"
    """Which displayed figures take the singular: 1 alone, or all below 2, as in French."""
    stop_words: tuple[str, ...] = ()
    """Frequent small words, by which a text left in this language is recognised."""
    shared: tuple[str, ...] = ()
    """Words that are rare in this language, right all the same, and frequent in another: `serve`."""
    concepts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Group of opposites to concept to words, in lower case, `*` for any ending: `sex: {women: [mulher*], men: [homem, homens]}`."""
    length: float = 1
    """Usual length of a text beside the same text in English."""
