"""Statements made ready for the patterns of one language: figures, periods, subjects and places as the macros use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.compose.claims.statement import About, Figure, Item, Statement
from bulletin.compose.figures_text import IN_WORDS, count_text, figure_text, scale_joiner
from bulletin.compose.inline import Tokens, recognised, without_private
from bulletin.compose.places import PlaceWords, group_words, place_words
from bulletin.document.inline import Literal, Number, Text
from bulletin.model.codes import TOTAL, Code, CodeList
from bulletin.model.country import Country
from bulletin.model.indicator import Catalogue
from bulletin.model.locale import Locale
from bulletin.model.period import Period

_VOWELS = frozenset("aeiouáàâãéêíóôõúœ")
_KINDS = {12: "year", 6: "half", 3: "quarter", 1: "month"}


@dataclass(frozen=True)
class FigureWords:
    """A number in a pattern; `text` is the figure with scale word and per cent sign, the pattern adds currency and unit."""

    text: str
    form: str
    one: bool
    """Takes the singular: *1,0 ponto percentual*."""
    join: str
    """Between scale and noun: *de*."""
    currency: str
    """Noun, as in *meticais*; after a figure that takes the singular, *metical*."""
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
    vowel: bool = False
    """Begins with a vowel: *d’avril 2024*."""
    key: str = ""
    """The period itself, to tell whether two are the same."""


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
        # Counts that are set beside one another are all said in the same way: *5 of the 11*, not *five of the 11*.
        digits = any(f.form == "count" and f.value > IN_WORDS for f in statement.figures.values())
        found |= {name: self.figure(f, digits) for name, f in statement.figures.items()}
        found |= {name: self.period(p) for name, p in statement.periods.items()}
        found |= {name: tuple(self.item(i) for i in items) for name, items in statement.items.items()}
        found |= {name: self.subject(a, SubjectWish(_who(wish, statement.about, a))) for name, a in statement.others.items()}
        return found | dict(statement.choices)

    def figure(self, figure: Figure, digits: bool = False) -> FigureWords:
        """`digits`: no count stands in words."""
        digits = digits and figure.form == "count"
        text = self.locale.number(figure.value, 0) if digits else figure_text(self.locale, figure)
        noun = self._said(self.country.currency.noun) if figure.unit == "XDC" else self._unit_noun(figure.unit)
        code = self.country.currency.code if figure.unit == "XDC" else figure.unit
        one = self.locale.is_one(figure.displayed)

        def word(gender: str) -> str:
            said = text if digits else count_text(self.locale, int(figure.value), gender)
            return self.tokens.put(Number(said, figure.fact.id), figure.fact)

        return FigureWords(
            text=self.tokens.put(Number(text, figure.fact.id), figure.fact),
            form=figure.form,
            one=one,
            join=scale_joiner(self.locale, figure.scale),
            currency=self._one_of(noun) if one and not figure.scale else noun,
            code=code,
            note=figure.note,
            n=int(figure.value) if figure.form in ("count", "ordinal") else 0,
            words=word,
        )

    def period(self, text: str) -> PeriodWords:
        period = Period.parse(text)
        said = self.locale.period_said(period)
        known = said[:1].lower() in _VOWELS
        return PeriodWords(self.tokens.put(Literal(said, "period")), _KINDS[period.months], known, str(period))

    def subject(self, about: About, wish: SubjectWish) -> SubjectWords:
        subject = self.catalogue[about.indicator].subject.get(self.language)
        if wish.phrase or subject is None:
            # A phrase of the narrative holds its literals as tokens already.
            text = wish.phrase or self._inserted(self._said(self.catalogue[about.indicator].label))
            gender, number = _agreement(wish.agrees or self.locale.phrasing.agrees)
            of = ""
        else:
            text, of = self._inserted(subject.text), self._inserted(subject.of)
            gender, number = subject.gender, subject.number
        tail = "" if wish.phrase else self._qualifiers(about, wish.who)
        said = text + tail
        return SubjectWords(
            text=said,
            start=said[:1].upper() + said[1:],
            of=(of or self.locale.phrasing.phrase("of", text)) + tail,
            to=self.locale.phrasing.phrase("to", text) + tail,
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
            tail += f" {self._inserted(place_words(place, self.locale).at)}"
        elif area != self.country.code and who is None:
            tail += f" ({self._inserted(self.name('ref_area', area))})"
        return tail

    def name(self, dimension: str, code: str) -> str:
        """A code inside a sentence: its acronym, or its label in lower case."""
        if dimension == "ref_area":
            place = self.country.place_of(code)
            if place:
                return place_words(place, self.locale).name
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
                return ItemWords(self._inserted_place(place_words(place, self.locale)), "place", figure)
        listed = self.codelists.get(item.dimension)
        found = listed.get(item.code) if listed else None
        article = found.article.get(self.language, "") if found else ""
        words = group_words(self.name(item.dimension, item.code), self.locale, article)
        return ItemWords(self._inserted_place(words), item.dimension, figure)

    def units(self) -> UnitsWords:
        one, many = self.country.subdivision_kind.get(self.language, ("", ""))
        return UnitsWords(one, many, "f" if self.locale.phrasing.is_feminine(one) else "m")

    def _inserted(self, text: str) -> str:
        """Words of configuration: their digits (ages, years) are literals, not statistics."""
        if not any(c.isdigit() for c in text):
            return without_private(text)
        pieces = recognised(without_private(text), lambda _: None, self.locale.literals)
        return "".join(p.text if isinstance(p, Text) else self.tokens.put(p) for p in pieces)

    def _inserted_place(self, words: PlaceWords) -> PlaceWords:
        return PlaceWords(*(self._inserted(getattr(words, f)) for f in PlaceWords.__dataclass_fields__))

    def _unit_noun(self, unit: str) -> str:
        listed = self.codelists.get("unit")
        found = listed.get(unit) if listed else None
        return self._said(found.short or found.label) if found else unit

    def _one_of(self, noun: str) -> str:
        """*1 dólar dos Estados Unidos*: a noun that the pack knows in both numbers, with what follows it."""
        first, space, rest = noun.partition(" ")
        return next((one for one, many in self.locale.grammar.plurals if many == first), first) + space + rest

    def _said(self, text: Mapping[str, str] | None) -> str:
        return (text or {}).get(self.language, "")


def _who(wish: SubjectWish, about: About, other: About) -> str | None:
    """Words after the subject hold for another thing only where that has coordinates of its own: *o salário mínimo* has none."""
    own = any(code != TOTAL for d, code in other.where.items() if d != "ref_area")
    return wish.who if own or dict(about.where) == dict(other.where) else None


def _agreement(agrees: str) -> tuple[str, str]:
    return agrees[0] if agrees[:1] in ("m", "f") else "n", "p" if agrees.endswith("p") else "s"
