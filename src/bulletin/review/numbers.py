"""Numbers as people write them: any grouping, either decimal mark, scale words, units, words for numbers; exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bulletin.document.figures import Reader, either, reader
from bulletin.document.literals import kind_of, literals_in
from bulletin.document.phrases import matching
from bulletin.model.locale import MINUS, Locale
from bulletin.model.narration import Lexicon
from bulletin.review.number_words import Phrase, phrase_at

_THIN = "\u00a0\u202f\u2009"
_BLANK = f" {_THIN}"
_RUN = rf"\d{{1,3}}(?:[{_BLANK}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+|['’]\d{{3}}(?!\d))*"
_GROUPS = re.compile(rf"[{_BLANK}'’]")
_SILENT = Lexicon()
_LABELS = ("table", "figure", "map", "box", "annex", "chapter", "section")


@dataclass(frozen=True)
class Written:
    """A number in a text."""

    start: int
    core: int
    """End of its sign and digits, or of its word."""
    scale: int
    """End of its scale word; equal to `core` without one."""
    end: int
    """End of its unit."""
    values: tuple[Decimal, ...]
    """What it may mean, scale included, the likeliest first; empty: digits that are no number, such as `31.12.2024`."""
    unit: str
    """`%`, `pp`, `‰` or empty."""
    digits: int
    """Significant ones, as written."""
    power: int
    """Of ten, of its scale word."""
    hedged: bool
    """A word before it says that it is rounded."""
    sure: bool
    """False: a word that may mean something else."""
    literal: str = ""
    """Kind of the literal of which it is part by its pattern: `period`, `legal`, …"""
    whole: tuple[int, int] = (0, 0)
    """Where that literal stands; of others where they themselves stand."""


@dataclass(frozen=True)
class Label:
    """`Quadro 5.1` in a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Grammar:
    """How numbers and references are written in a language."""

    decimal: str
    number: re.Pattern[str]
    label: re.Pattern[str]
    hedge: re.Pattern[str]
    literal: re.Pattern[str]
    words: Mapping[str, int]
    scales: Mapping[str, int]
    ambiguous: frozenset[str]
    small: frozenset[str]
    """Frequent small words, which tell little of what a number is about."""
    word: re.Pattern[str]
    """One word of a number."""
    join: re.Pattern[str]
    """What stands between the words of a number."""
    unit: re.Pattern[str]
    """After a number."""
    quantity: re.Pattern[str]
    """Shares and multiples said in words: `metade`, `o dobro`, `two thirds`."""


def grammar_of(locale: Locale, lexicon: Lexicon = _SILENT) -> Grammar:
    by = reader(locale)
    scales = _scales(by)
    alone = [one for one, _ in locale.scales.values()]
    scale = either(scales)
    unit = rf"(?:[{_BLANK}]?(?:(?P<percent>{either(by.percent)})|(?P<points>{either(by.points)})|(?P<other>‰))(?!\w))?"
    said = either(by.words)
    tens = either(w for w, n in by.words.items() if 20 <= n < 100 and n % 10 == 0)
    ones = either(w for w, n in by.words.items() if 0 < n < 10)
    join = rf"(?:[{_BLANK}]{re.escape(locale.list_and)}[{_BLANK}]|-)"
    number = re.compile(
        rf"(?P<sign>{MINUS}|(?<![\w)\]%\u2060.,])[-–])?(?P<run>{_RUN})(?:[{_BLANK}](?P<scale>{scale})(?!\w))?{unit}"
        rf"|(?<!\w)(?:(?P<alone>{either(alone)})(?!\w)|(?:(?P<tens>{tens}){join}(?P<ones>{ones})|(?P<word>{said}))(?!\w)"
        rf"(?:[{_BLANK}](?P<times>{scale})(?!\w))?"
        rf"(?:[{_BLANK}]?(?:(?P<said>{either(by.percent)})|(?P<spoken>{either(by.points)}))(?!\w))?)",
        re.IGNORECASE,
    )
    labels = either(locale.words[name] for name in _LABELS if name in locale.words)
    return Grammar(
        locale.decimal,
        number,
        re.compile(rf"(?<!\w)(?:{labels})[{_BLANK}](?:[A-Z]\.?)?\d+(?:\.\d+)*", re.IGNORECASE),
        matching(locale.grammar.hedges),
        literals_in(locale.literals),
        by.words,
        scales,
        by.ambiguous,
        frozenset(w.lower() for w in locale.grammar.stop_words),
        re.compile(rf"(?<!\w)(?:{either([*by.words, *scales])})(?!\w)", re.IGNORECASE),
        re.compile(rf"{join}|[{_BLANK}]", re.IGNORECASE),
        re.compile(rf"[{_BLANK}]?(?:(?P<percent>{either(by.percent)})|(?P<points>{either(by.points)}))(?!\w)", re.IGNORECASE),
        re.compile(rf"{matching(sorted((*lexicon.share, *lexicon.multiple), key=len, reverse=True)).pattern}|[¼½¾⅐-⅞]", re.I),
    )


def labels_in(text: str, by: Grammar) -> tuple[Label, ...]:
    return tuple(Label(m.start(), m.end(), m[0]) for m in by.label.finditer(text))


def numbers_in(text: str, by: Grammar, labels: Sequence[Label] = ()) -> tuple[Written, ...]:
    """In order, those inside labels left out."""
    literals = [(m.start(), m.end(), kind_of(m)) for m in by.literal.finditer(text)]
    return tuple(_numbers(text, by, labels, literals))


def _numbers(text: str, by: Grammar, labels: Sequence[Label], literals: Sequence[tuple[int, int, str]]) -> Iterator[Written]:
    match = by.number.search(text)
    while match:
        start, end = match.span()
        covering = next((found for found in literals if found[0] <= start < found[1]), None)
        if covering and end > covering[1]:
            # What follows a literal is a number of its own: `COVID-19 124 598`.
            match = by.number.match(text, start, covering[1]) or match
            end = match.end()
        label = next((found for found in labels if found.start < end and start < found.end), None)
        if label:
            # What runs on behind a label is a number of its own: of `Quadro 1.12,5%` the share.
            end = label.end
        else:
            literal, whole = (covering[2], covering[:2]) if covering else ("", (start, end))
            phrase = None if match["run"] else _phrase(text, start, by)
            if phrase:
                one = _worded(phrase, match, text, by, literal)
                yield one
                end = one.end
            else:
                yield _written(match, text, by, literal, whole)
        match = by.number.search(text, end)


def _phrase(text: str, start: int, by: Grammar) -> Phrase | None:
    return phrase_at(text, start, by.word, by.join, by.words, by.scales, plain_key)


def _worded(phrase: Phrase, match: re.Match[str], text: str, by: Grammar, literal: str) -> Written:
    unit = by.unit.match(text, phrase.end)
    end = unit.end() if unit else phrase.end
    said = "" if not unit else "%" if unit["percent"] else "pp"
    digits = len(format(phrase.value, "f").rstrip("0")) or 1
    hedged, whole = _is_hedged(text, match.start(), by), (match.start(), end)
    return Written(
        match.start(), phrase.core, phrase.end, end, (phrase.value,), said, digits, phrase.power, hedged, True, literal, whole
    )


def _written(match: re.Match[str], text: str, by: Grammar, literal: str, whole: tuple[int, int]) -> Written:
    hedged = _is_hedged(text, match.start(), by)
    if match["run"]:
        power = by.scales[plain_key(match["scale"])] if match["scale"] else 0
        sign = -1 if match["sign"] else 1
        values = tuple(sign * value.scaleb(power) for value in readings(match["run"], by.decimal))
        unit = "%" if match["percent"] else "pp" if match["points"] else match["other"] or ""
        core, scale = match.end("run"), match.end("scale") if match["scale"] else match.end("run")
        digits = len(re.sub(r"\D", "", match["run"]).strip("0")) or 1
        return Written(match.start(), core, scale, match.end(), values, unit, digits, power, hedged, True, literal, whole)
    if match["alone"]:
        power = by.scales[plain_key(match["alone"])]
        value, end = Decimal(1).scaleb(power), match.end()
        return Written(match.start(), end, end, end, (value,), "", 1, power, hedged, True, literal, whole)
    power = by.scales[plain_key(match["times"])] if match["times"] else 0
    unit = "%" if match["said"] else "pp" if match["spoken"] else ""
    word = plain_key(match["word"] or "")
    core = match.end("word") if word else match.end("ones")
    count = by.words[word] if word else by.words[plain_key(match["tens"])] + by.words[plain_key(match["ones"])]
    sure = not word or bool(power or unit) or word not in by.ambiguous
    scale = match.end("times") if match["times"] else core
    value = Decimal(count).scaleb(power)
    return Written(match.start(), core, scale, match.end(), (value,), unit, 1, power, hedged, sure, literal, whole)


def readings(run: str, decimal: str) -> tuple[Decimal, ...]:
    """What digits and marks may mean, the reading by `decimal`, the mark of the language, first.

    `12.345` is twelve thousand in Portuguese and may be a decimal all the same; `12.3` is a decimal in every language.
    """
    grouped = bool(_GROUPS.search(run))
    bare = _GROUPS.sub("", run)
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return (_decimal(bare),)
    last = marks[-1]
    whole, _, fraction = bare.rpartition(last)
    if len(set(marks)) == 2 or (len(marks) > 1 and grouped):
        if marks.count(last) > 1 or not _is_grouped(whole, marks[0]):
            return ()
        return (_decimal(re.sub(r"[.,]", "", whole) + "." + fraction),)
    if len(marks) > 1:
        return (_decimal(re.sub(r"[.,]", "", bare)),) if _is_grouped(bare, last) else ()
    fractional = _decimal(f"{whole}.{fraction}")
    if grouped or len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
        return (fractional,)
    integer = _decimal(whole + fraction)
    return (fractional, integer) if last == decimal else (integer, fractional)


def plain_key(word: str) -> str:
    return re.sub(r"\s", " ", word.lower())


def _decimal(digits: str) -> Decimal:
    return Decimal("".join(str(int(c)) if c.isdigit() else c for c in digits))


def _is_grouped(whole: str, mark: str) -> bool:
    first, *rest = whole.split(mark)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def _is_hedged(text: str, start: int, by: Grammar) -> bool:
    before = text[max(0, start - 30) : start]
    return any(before[m.end() :].strip(_BLANK) == "" for m in by.hedge.finditer(before))


def _scales(by: Reader) -> dict[str, int]:
    """Without the word that joins scale and noun: `milhões`, not `milhões de`, so that the noun keeps it."""
    return {
        w: p for w, p in by.scales.items() if not any(o != w and p == q and w.startswith(f"{o} ") for o, q in by.scales.items())
    }


@lru_cache(maxsize=4096)
def is_rounding(exact: Decimal, rounded: Decimal, digits: int) -> bool:
    """Whether `rounded`, written with so many significant digits, is what is left of `exact`."""
    if exact == rounded or not exact or not rounded or max(abs(exact.adjusted()), abs(rounded.adjusted()), digits) > 20:
        return False
    step = exact.adjusted() - digits + 1
    steps = (step, step + 1)
    return any(exact.quantize(Decimal(1).scaleb(s), "ROUND_HALF_UP") == rounded for s in steps) or any(
        exact.quantize(Decimal(1).scaleb(s), rounding) == rounded for s in steps for rounding in ("ROUND_DOWN", "ROUND_UP")
    )


def overlaps(start: int, end: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in ranges)
