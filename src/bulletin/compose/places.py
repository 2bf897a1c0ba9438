"""Places and groups inside sentences, with the prepositions and contractions of a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.phrasing import TYPED

if TYPE_CHECKING:
    from bulletin.model.country import PlaceName
    from bulletin.model.locale import Locale


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


def place_words(place: PlaceName, locale: Locale) -> PlaceWords:
    """`no Niassa`, `na Zambézia`, `em Gaza`; `na província de X` where the article is not known."""
    language, phrasing = locale.language, locale.phrasing
    name = (place.inside or place.name).get(language) or place.name.get(language, "")
    article = place.article.get(language, "")
    kind = (place.kind or {}).get(language, "")
    if article != TYPED:
        return _joined(locale, article, name, name)
    if not kind:
        return _joined(locale, "", name, name)
    gender = "f" if phrasing.is_feminine(kind) else "m"
    return _joined(locale, gender, name, phrasing.kind_of.format(kind=kind, name=name))


def group_words(label: str, locale: Locale, article: str = "") -> PlaceWords:
    """The same forms for a group that is no place: `entre as mulheres` needs the article, a scheme's label has none."""
    return _joined(locale, article, label, label)


def _joined(locale: Locale, article: str, name: str, inside: str) -> PlaceWords:
    def with_(relation: str) -> str:
        return locale.phrasing.before(relation, article, inside)

    return PlaceWords(name, with_("the"), with_("at"), with_("of"), with_("to"), with_("by"), with_("for"))
