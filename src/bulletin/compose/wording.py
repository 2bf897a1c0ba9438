"""Statements made ready for the patterns of one language: figures, periods, subjects and places as the macros use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.compose.claims.statement import About, Figure, Item, Statement
from bulletin.compose.figures_text import count_text, figure_text, scale_joiner
from bulletin.compose.inline import Tokens, recognised, without_private
from bulletin.compose.places import PlaceWords, contracted, group_words, is_feminine, place_words
from bulletin.document.inline import Literal, Number, Text
from bulletin.model.codes import TOTAL, Code, CodeList
from bulletin.model.country import Article, Country
from bulletin.model.indicator import Catalogue
from bulletin.model.locale import Locale
from bulletin.model.period import Period

_SEX_ARTICLE: Mapping[str, Article] = {"F": "fp", "M": "mp"}
_KINDS = {12: "year", 6: "half", 3: "quarter", 1: "month"}


@dataclass(frozen=True)
class FigureWords:
    """A number in a pattern; `text` is the figure with scale word and per cent sign, the pattern adds currency and unit."""

    text: str
    form: str
    one: bool
    """Prints as exactly one: *1,0 ponto percentual*."""
    join: str
    """Between scale and noun: *de*."""
    currency: str
    """Noun, as in *meticais*."""
    code: str
    """ISO code, as in *MZN*."""
    note: str
    n: int
    """The whole number, for counts."""
    words: Callable[[str], str]

    def word(self, gender: str) -> str:
        """A count in words up to ten, agreeing with what is counted."""
        return self.words(gender)


@dataclass(frozen=True)
class PeriodWords:
    text: str
    kind: str
    """`year`, `half`, `quarter`, `month`: decides article and preposition."""


@dataclass(frozen=True)
class SubjectWords:
    """Noun phrase of a sentence with what agrees with it."""

    text: str
    start: str
    """Opening a sentence."""
    of: str
    to: str
    g: str
    """m, f, n."""
    n: str
    """s, p."""


@dataclass(frozen=True)
class ItemWords:
    place: PlaceWords
    kind: str
    """`place`, `sex`, or the dimension."""
    figure: FigureWords | None


@dataclass(frozen=True)
class UnitsWords:
    """What places of the country are called: *província*, *províncias*."""

    one: str
    many: str
    g: str


@dataclass(frozen=True)
class SubjectWish:
    """What the narrative says of the subject: words after it, or another phrase altogether."""

    who: str | None = None
    phrase: str = ""
    agrees: str = ""
    """Gender and number of `phrase`: ms, fs, mp, fp, or p in English."""


@dataclass(frozen=True)
class Wording:
    """Turns what claims decided into what macros print, in one language; every number becomes a token."""

    locale: Locale
    country: Country
    catalogue: Catalogue
    codelists: Mapping[str, CodeList]
    tokens: Tokens

    @property
    def language(self) -> str:
        return self.locale.language

    def arguments(self, statement: Statement, wish: SubjectWish) -> dict[str, object]:
        """Everything by name: subject, figures, periods, items, other subjects, choices, outcome, note."""
        found: dict[str, object] = {
            "subject": self.subject(statement.about, wish),
            "outcome": statement.outcome,
            "note": statement.note,
            "units": self.units(),
        }
        found |= {name: self.figure(f) for name, f in statement.figures.items()}
        found |= {name: self.period(p) for name, p in statement.periods.items()}
        found |= {name: tuple(self.item(i) for i in items) for name, items in statement.items.items()}
        found |= {name: self.subject(a, SubjectWish(_who(wish, statement.about, a))) for name, a in statement.others.items()}
        return found | dict(statement.choices)

    def figure(self, figure: Figure) -> FigureWords:
        text = figure_text(self.locale, figure)
        noun = self._said(self.country.currency.noun) if figure.unit == "XDC" else self._unit_noun(figure.unit)
        code = self.country.currency.code if figure.unit == "XDC" else figure.unit

        def word(gender: str) -> str:
            said = count_text(self.locale, int(figure.value), gender)
            return self.tokens.put(Number(said, figure.fact.id), figure.fact)

        return FigureWords(
            text=self.tokens.put(Number(text, figure.fact.id), figure.fact),
            form=figure.form,
            one=abs(figure.displayed) == 1,
            join=scale_joiner(self.locale, figure.scale),
            currency=noun,
            code=code,
            note=figure.note,
            n=int(figure.value) if figure.form in ("count", "ordinal") else 0,
            words=word,
        )

    def period(self, text: str) -> PeriodWords:
        period = Period.parse(text)
        return PeriodWords(self.tokens.put(Literal(self.locale.period(period), "period")), _KINDS[period.months])

    def subject(self, about: About, wish: SubjectWish) -> SubjectWords:
        subject = self.catalogue[about.indicator].subject.get(self.language)
        if wish.phrase or subject is None:
            # A phrase of the narrative holds its literals as tokens already.
            text = wish.phrase or self._inserted(self._said(self.catalogue[about.indicator].label))
            gender, number = _agreement(wish.agrees or ("ms" if self.language == "pt" else "s"))
            of = ""
        else:
            text, of = self._inserted(subject.text), self._inserted(subject.of)
            gender, number = subject.gender, subject.number
        tail = "" if wish.phrase else self._qualifiers(about, wish.who)
        said = text + tail
        return SubjectWords(
            text=said,
            start=said[:1].upper() + said[1:],
            of=(of or contracted("of", text, self.language)) + tail,
            to=contracted("to", text, self.language) + tail,
            g=gender,
            n=number,
        )

    def _qualifiers(self, about: About, who: str | None) -> str:
        """` do INSS` as the narrative says, else ` (INSS, mulheres)`; then the place: ` na Zambézia`."""
        tail = ""
        if who is None:
            codes = [(d, c) for d, c in about.where.items() if d != "ref_area" and c != TOTAL]
            names = [self._inserted(self.name(d, c)) for d, c in codes]
            tail = f" ({', '.join(names)})" if names else ""
        elif who:
            tail = " " + who
        area = about.where["ref_area"]
        place = self.country.place_of(area)
        if area != self.country.code and place:
            tail += f" {self._inserted(place_words(place, self.language).at)}"
        elif area != self.country.code and who is None:
            tail += f" ({self._inserted(self.name('ref_area', area))})"
        return tail

    def name(self, dimension: str, code: str) -> str:
        """A code inside a sentence: its acronym, or its label in lower case."""
        if dimension == "ref_area":
            place = self.country.place_of(code)
            if place:
                return place_words(place, self.language).name
        listed = self.codelists.get(dimension)
        found = listed.get(code) if listed else None
        return self._code_name(found, dimension) if found else code

    def _code_name(self, code: Code, dimension: str) -> str:
        label = self._said(code.label)
        if dimension == "ref_area":
            return label
        if ", " in label and code.short:
            label = self._said(code.short)
        elif code.acronym:
            return code.acronym
        return label[:1].lower() + label[1:] if label[1:2].islower() else label

    def item(self, item: Item) -> ItemWords:
        figure = self.figure(item.figure) if item.figure else None
        if item.dimension == "ref_area":
            place = self.country.place_of(item.code)
            if place:
                return ItemWords(self._inserted_place(place_words(place, self.language)), "place", figure)
        listed = self.codelists.get(item.dimension)
        found = listed.get(item.code) if listed else None
        article: Article = _SEX_ARTICLE.get(item.code, "") if item.dimension == "sex" else found.article if found else ""
        words = group_words(self.name(item.dimension, item.code), self.language, article)
        return ItemWords(self._inserted_place(words), item.dimension, figure)

    def units(self) -> UnitsWords:
        one, many = self.country.subdivision_kind.get(self.language, ("", ""))
        return UnitsWords(one, many, "f" if self.language == "pt" and is_feminine(one) else "m")

    def _inserted(self, text: str) -> str:
        """Words of configuration: their digits (ages, years) are literals, not statistics."""
        if not any(c.isdigit() for c in text):
            return without_private(text)
        pieces = recognised(without_private(text), lambda _: None)
        return "".join(p.text if isinstance(p, Text) else self.tokens.put(p) for p in pieces)

    def _inserted_place(self, words: PlaceWords) -> PlaceWords:
        return PlaceWords(*(self._inserted(getattr(words, f)) for f in PlaceWords.__dataclass_fields__))

    def _unit_noun(self, unit: str) -> str:
        listed = self.codelists.get("unit")
        found = listed.get(unit) if listed else None
        return self._said(found.short or found.label) if found else unit

    def _said(self, text: Mapping[str, str] | None) -> str:
        return (text or {}).get(self.language, "")


def _who(wish: SubjectWish, about: About, other: About) -> str | None:
    """Words after the subject hold for another thing only where that has coordinates of its own: *o salário mínimo* has none."""
    own = any(code != TOTAL for d, code in other.where.items() if d != "ref_area")
    return wish.who if own or dict(about.where) == dict(other.where) else None


def _agreement(agrees: str) -> tuple[str, str]:
    return agrees[0] if agrees[:1] in ("m", "f") else "n", "p" if agrees.endswith("p") else "s"
