"""Words of rise and fall in a reviewer's wording that today's figures contradict."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin.document.phrases import matching
from bulletin.document.wording import sentences
from bulletin.model.narration import Lexicon
from bulletin.model.override import NAME


def contradicted(text: str, placeholders: Mapping[str, str], changes: Mapping[str, int], lexicon: Lexicon) -> tuple[str, ...]:
    """Words as written, each once. `changes`: fact to the sign of the change that it states or that its value has seen, 0 for broadly
    unchanged; facts that are left out say nothing. A word is judged by the figures after it, up to the next such word of its
    sentence; where there are none, by those before it."""
    found = []
    for _, sentence in sentences(text):
        found += list(_in_sentence(sentence, placeholders, changes, lexicon))
    return tuple(dict.fromkeys(found))


def _in_sentence(text: str, placeholders: Mapping[str, str], changes: Mapping[str, int], lexicon: Lexicon) -> list[str]:
    plain = matching(sorted(lexicon.plain, key=len, reverse=True))
    bare = plain.sub(lambda m: " " * len(m[0]), text)
    meant = ((1, lexicon.up), (-1, lexicon.down), (0, lexicon.stable))
    words = sorted(
        (m.start(), m.end(), m[0], sign)
        for sign, listed in meant
        if listed
        for m in matching(sorted(listed, key=len, reverse=True)).finditer(bare)
    )
    signs = [(m.start(), changes[fact]) for m in NAME.finditer(text) if (fact := placeholders.get(m[1], "")) in changes]
    found = []
    for n, (start, end, word, sign) in enumerate(words):
        until = words[n + 1][0] if n + 1 < len(words) else len(text)
        since = words[n - 1][1] if n else 0
        said = [s for at, s in signs if end <= at < until] or [s for at, s in signs if since <= at < start]
        if said and sign not in said:
            found.append(re.sub(r"\s+", " ", word))
    return found
