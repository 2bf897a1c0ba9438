"""What words do to their neighbours in a language: articles, prepositions, elision, spacing; all of it data of the language pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

RELATIONS = ("the", "at", "of", "to", "by", "for")
"""How a place or a group may stand in a sentence: with its article alone, or after a preposition."""

TYPED = "typed"
"""Class of a place whose article is not known: its kind is said first (*na região de Oio*)."""


@dataclass(frozen=True)
class Phrasing:
    """Every part may be left out: then nothing is set before a place, and nothing is changed."""

    agrees: str = "s"
    """Gender and number of a subject of which the catalogue says nothing: `ms`."""
    articles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Class of noun (`""`: without article, `m`, `f`, `mp`, `fp`, others as the language needs them) to what stands before it, by
    relation: `m: {the: o, at: no, of: do, …}`. Relations that a class lacks are taken from `""`."""
    prepositions: Mapping[str, str] = field(default_factory=dict)
    """What a narrative writes to a relation: `em: at`."""
    feminine: tuple[str, ...] = ()
    """Endings of the kinds of place that are feminine: *província*, *região*."""
    kind_of: str = "{kind} {name}"
    """A place after its kind: `{kind} de {name}`."""
    fit: tuple[tuple[str, str], ...] = ()
    """Regular expressions and what takes their place, in order, applied to every text of the language: elision (*de Inhambane*,
    *d’Inhambane*), contraction, spaces before marks."""

    def fitted(self, text: str) -> str:
        for found, said in _compiled(self.fit):
            text = found.sub(said, text)
        return text

    def is_feminine(self, noun: str) -> bool:
        first = noun.split()[0].lower() if noun else ""
        return bool(self.feminine) and first.endswith(self.feminine)

    def before(self, relation: str, article: str, words: str) -> str:
        """`words` after what the relation sets before a noun of this class; nothing after an apostrophe but the noun."""
        forms = self.articles.get(article, {})
        word = forms.get(relation, self.articles.get("", {}).get(relation, ""))
        return self.fitted(word + words if word.endswith("’") else f"{word} {words}".strip())

    def phrase(self, relation: str, phrase: str) -> str:
        """A noun phrase, its article told by its first word: `ao número de pensionistas`, `du nombre de retraités`."""
        for article, forms in self.articles.items():
            the = forms.get("the", "")
            opening = the if the.endswith("’") else f"{the} "
            if the and phrase.startswith(opening) and len(phrase) > len(opening):
                return self.before(relation, article, phrase[len(opening) :])
        return self.before(relation, "", phrase)


@lru_cache(maxsize=16)
def _compiled(fit: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(found), said) for found, said in fit)
