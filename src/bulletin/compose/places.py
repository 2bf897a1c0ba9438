"""Places inside sentences: their prepositions and contractions in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.model.country import Article, PlaceName

_PT: Mapping[str, Mapping[str, str]] = {
    "": {"the": "", "at": "em", "of": "de", "to": "a", "by": "por", "for": "para"},
    "m": {"the": "o", "at": "no", "of": "do", "to": "ao", "by": "pelo", "for": "para o"},
    "f": {"the": "a", "at": "na", "of": "da", "to": "à", "by": "pela", "for": "para a"},
    "mp": {"the": "os", "at": "nos", "of": "dos", "to": "aos", "by": "pelos", "for": "para os"},
    "fp": {"the": "as", "at": "nas", "of": "das", "to": "às", "by": "pelas", "for": "para as"},
}
_EN: Mapping[str, str] = {"the": "", "at": "in", "of": "of", "to": "to", "by": "by", "for": "for"}

PREPOSITIONS: Mapping[str, str] = {
    "": "", "o": "the", "the": "the",
    "em": "at", "in": "at", "at": "at",
    "de": "of", "of": "of",
    "a": "to", "to": "to",
    "por": "by", "by": "by",
    "para": "for", "for": "for",
}  # fmt: skip
"""What a narrative may write, in either language, to one of the relations of `PlaceWords`."""


@dataclass(frozen=True)
class PlaceWords:
    """A place or group as the patterns use it: alone, with its article, and after each preposition."""

    name: str
    the: str
    at: str
    of: str
    to: str
    by: str
    for_: str

    def relation(self, name: str) -> str:
        return self.for_ if name == "for" else str(getattr(self, name or "name"))


def is_feminine(noun: str) -> bool:
    """Of the Portuguese kinds of place: província, região, ilha, cidade; but município, distrito, concelho."""
    first = noun.split()[0].lower() if noun else ""
    return first.endswith(("a", "as", "ão", "ões", "dade", "dades"))


def place_words(place: PlaceName, language: str) -> PlaceWords:
    """`no Niassa`, `na Zambézia`, `em Gaza`; `na província de X` where the article is not known."""
    name = (place.inside or place.name).get(language) or place.name.get(language, "")
    if language != "pt":
        return _joined(_EN, name, name) if language == "en" else _joined(dict.fromkeys(_EN, ""), name, name)
    article: Article = place.article
    kind = (place.kind or {}).get(language, "")
    if article == "typed":
        if not kind:
            return _joined(_PT[""], name, name)
        return _joined(_PT["f" if is_feminine(kind) else "m"], name, f"{kind} de {name}")
    return _joined(_PT[article], name, name)


def group_words(label: str, language: str, article: Article = "") -> PlaceWords:
    """The same forms for a group that is no place: `entre as mulheres` needs the article, a scheme's label has none."""
    if language == "pt":
        return _joined(_PT[article], label, label)
    return _joined(_EN if language == "en" else dict.fromkeys(_EN, ""), label, label)


def _joined(forms: Mapping[str, str], name: str, inside: str) -> PlaceWords:
    def with_(form: str) -> str:
        return f"{forms[form]} {inside}".strip()

    return PlaceWords(name, with_("the"), with_("at"), with_("of"), with_("to"), with_("by"), with_("for"))


_CONTRACTED = {
    "of": {"o": "do", "a": "da", "os": "dos", "as": "das"},
    "to": {"o": "ao", "a": "à", "os": "aos", "as": "às"},
    "at": {"o": "no", "a": "na", "os": "nos", "as": "nas"},
}


def contracted(relation: str, phrase: str, language: str) -> str:
    """A noun phrase after a preposition: `ao número de pensionistas`, `of the number of pensioners`."""
    if language == "pt":
        first, _, rest = phrase.partition(" ")
        if first in _CONTRACTED[relation] and rest:
            return f"{_CONTRACTED[relation][first]} {rest}"
        return f"{_PT[''][relation]} {phrase}"
    return f"{_EN[relation]} {phrase}" if language == "en" else phrase
