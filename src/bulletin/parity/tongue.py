"""Words left in the other language: frequent there and unknown here, outside quotations and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bulletin.model.locale import Locale

_WORD = re.compile(r"[^\W\d_]+(?:['’\u2011-][^\W\d_]+)*")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
_JOINS = tuple("./_@\\\u200b")
_TIMES_MORE, _FEWEST = 8, 3
"""How much more often, and how often at least, a word occurs in the other language before it is taken to be of that language."""


@dataclass(frozen=True)
class Words:
    """Of one language, in lower case."""

    counted: Counter[str]
    shared: frozenset[str]
    names: frozenset[str] = frozenset()
    """Of places, as they are written."""


Vocabulary = Mapping[str, Words]


def vocabulary(
    texts: Mapping[str, Iterable[str]], locales: Mapping[str, Locale], names: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> Vocabulary:
    """`texts`: everything known to be written in each language; `names`: of places, in each."""
    found: dict[str, Words] = {}
    for language, locale in locales.items():
        counted: Counter[str] = Counter()
        for text in (*texts.get(language, ()), *locale.words.values(), *locale.sign_names.values()):
            counted.update({w[0].lower() for w in _WORD.finditer(text)})
        counted.update({w.lower(): 1000 for w in locale.grammar.stop_words})
        shared = frozenset(w.lower() for w in (*locale.grammar.shared, *locale.grammar.stop_words))
        found[language] = Words(counted, shared, frozenset(w for name in names.get(language, ()) for w in _WORD.findall(name)))
    return found


def foreign(text: str, language: str, known: Vocabulary, *, citation: bool = False) -> tuple[str, ...]:
    """Words of `text` that belong to another language of the edition and not to its own, in order, each once.

    `citation`: titles of works keep their language, so that only a text mostly in another one is found.
    """
    others = [v for other, v in known.items() if other != language]
    found = list(_foreign(text, known[language], others))
    if citation and 2 * len(found) < len(_WORD.findall(text)):
        return ()
    return tuple(dict.fromkeys(found))


def _foreign(text: str, own: Words, others: Sequence[Words]) -> Iterator[str]:
    text = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) < 2 or word in own.shared or match[0] in own.names:
            continue
        there = max((o.counted[word] for o in others), default=0)
        if there >= _FEWEST and there >= _TIMES_MORE * max(own.counted[word], 1) and _is_common(text, match):
            yield match[0]


def _is_common(text: str, match: re.Match[str]) -> bool:
    """Neither a name nor a part of an address: names have capitals inside a sentence, and small words stand between them."""
    word, before, after = match[0], text[: match.start()], text[match.end() :]
    if before[-1:] in _JOINS or (after[:1] in _JOINS and after[1:2].isalnum()):
        return False
    following = _WORD.match(after.lstrip(" \u00a0"))
    if word.islower():
        former = re.search(r"(\w+)[ \u00a0]$", before)
        return not (former and following and former[1][0].isupper() and following[0][0].isupper())
    if word.isupper() or (following and following[0][0].isupper()):
        return False
    opening = before.rstrip(" \u00a0([«‘“")
    return not opening or opening[-1] in ".:;!?•"
