"""Figures read back from finished text: `1,2 milhões`, `1.2 million` and `1200 thousand` are one number, `três` and `3` too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bulletin.model.locale import MINUS, Locale

_SPACES = "\u00a0\u202f"
_RUN = rf"\d+(?:[.,]\d+|[{_SPACES}]\d{{3}}(?!\d))*"
_WIDE_RUN = rf"\d{{1,3}}(?:[ ]\d{{3}})+(?!\d)(?:[.,]\d+)?|{_RUN}"
_CODE = re.compile(r"\d+")
_ROMAN = r"(?-i:(?=[IVXL]{2})X{0,3}L?X{0,3}(?:IX|IV|V?I{0,3}))"
_NAME = re.compile(rf"\b([A-Z]\w+)[ {_SPACES}]$")


@dataclass(frozen=True)
class Reading:
    """A figure as it was read."""

    value: Decimal | None
    """None: digits that are no number in this language, such as `1.3` in Portuguese."""
    unit: str
    """`%`, `pp`, `month`, or empty."""
    sure: bool
    """False: a word that may mean something else."""
    text: str
    name: str = ""
    """The name before it, `*` for an acronym: `SDG 1.3`, `License 1.1`."""

    @property
    def same(self) -> tuple[object, str]:
        return (self.text if self.value is None else self.value, self.unit)


@dataclass(frozen=True)
class Reader:
    """How figures are read in a language."""

    decimal: str
    pattern: re.Pattern[str]
    words: Mapping[str, int]
    scales: Mapping[str, int]
    months: Mapping[str, int]
    ambiguous: frozenset[str]
    percent: tuple[str, ...] = ()
    """`%` and the words for it."""
    points: tuple[str, ...] = ()
    """Words for percentage points."""


def reader(locale: Locale) -> Reader:
    grammar = locale.grammar
    words: dict[str, int] = {}
    for forms in locale.cardinals.values():
        words.update({word.lower(): n for n, word in enumerate(forms, 1)})
    words.update({word.lower(): n for n, forms in grammar.numbers.items() for word in forms})
    scales: dict[str, int] = {word.lower(): power for power, forms in locale.scales.items() for word in forms}
    named = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
    scales.update({locale.words[w].lower(): p for p, w in named.items() if w in locale.words})
    scales.update({word.lower(): power for power, forms in grammar.scales.items() for word in forms})
    months = {name.lower(): n for n, name in enumerate(locale.months, 1)}
    short = {locale.short_month(n).rstrip(".").lower(): n for n in range(1, 13)}
    months = {**short, **months}
    percent = ("%", *(locale.words.get("per_cent", ""),), *grammar.percent)
    points = (*(locale.words.get(w, "") for w in ("pp", "percentage_point", "percentage_points")), *grammar.points)
    scale = either(scales)
    full = either(name for name in locale.months)
    abbreviated = either(locale.short_month(n).rstrip(".") for n in range(1, 13))
    run = _WIDE_RUN if locale.group.strip() == "" else _RUN
    pattern = re.compile(
        rf"(?P<sign>{MINUS}|(?<![\w)\]%])-)?(?P<run>{run})(?:[ {_SPACES}](?P<scale>{scale})(?!\w))?"
        rf"(?:[ {_SPACES}]?(?:(?P<percent>{either(percent)})|(?P<points>{either(points)}))(?!\w))?"
        rf"|(?<!\w)(?:(?P<month>{full})(?!\w)|(?P<short>{abbreviated})(?=\.?[ {_SPACES}]\d)|(?P<alone>{scale})(?!\w)|(?P<roman>{_ROMAN})(?!\w)"
        rf"|(?P<word>{either(words)})(?!\w)(?:[ {_SPACES}](?P<times>{scale})(?!\w))?(?:[ {_SPACES}](?P<said>{either(points)})(?!\w))?)",
        re.IGNORECASE,
    )
    always = frozenset(w for w, n in words.items() if n == 1) | {w.lower() for w in grammar.ambiguous}
    return Reader(locale.decimal, pattern, words, scales, months, always, percent, points)


def read(text: str, by: Reader) -> Iterator[Reading]:
    """Every figure of a text in order; words for one, and those the pack calls ambiguous, are not sure."""
    for match in by.pattern.finditer(text):
        if match["run"]:
            yield _number(match, text, by)
        elif name := match["month"] or match["short"]:
            near = text[max(0, match.start() - 7) : match.start()] + text[match.end() : match.end() + 7]
            yield Reading(Decimal(by.months[_plain(name)]), "month", any(c.isdigit() for c in near), match[0])
        elif match["roman"]:
            yield Reading(Decimal(_roman(match["roman"])), "", False, match[0])
        elif match["alone"]:
            yield Reading(Decimal(10) ** by.scales[_plain(match["alone"])], "", True, match[0])
        else:
            word = _plain(match["word"])
            power = by.scales[_plain(match["times"])] if match["times"] else 0
            unit = "pp" if match["said"] else ""
            sure = word not in by.ambiguous or bool(power or unit)
            yield Reading(by.words[word] * Decimal(10) ** power, unit, sure, match[0])


def codes(text: str) -> Iterator[Reading]:
    """The digits of a law, a code or an age, which have no grammar of numbers."""
    for match in _CODE.finditer(text):
        yield Reading(Decimal(match[0]), "", True, match[0])


def differing(first: Iterable[Reading], second: Iterable[Reading]) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Figures of either text for which the other has none; what is not sure answers a figure and asks for none."""
    one, two = list(first), list(second)
    if all(r.sure for r in (*one, *two)) and [r.same for r in one] == [r.same for r in two]:
        return (), ()  # nearly all texts
    left, right = _unanswered(one, two), _unanswered(two, one)
    codes = {(r.name, r.text) for r in left if r.name} & {(r.name, r.text) for r in right}
    return tuple(r for r in left if (r.name, r.text) not in codes), tuple(r for r in right if (r.name, r.text) not in codes)


def _unanswered(these: Iterable[Reading], those: Iterable[Reading]) -> list[Reading]:
    those = list(those)
    sure, other = (Counter(r.same for r in those if r.sure is s) for s in (True, False))
    left = []
    for reading in (r for r in these if r.sure):
        found = sure if sure[reading.same] > 0 else other
        if found[reading.same] > 0:
            found[reading.same] -= 1
        else:
            left.append(reading)
    return left


def _number(match: re.Match[str], text: str, by: Reader) -> Reading:
    before = _NAME.search(text, max(0, match.start() - 30), match.start())
    name = "" if before is None else "*" if before[1].isupper() else before[1]
    unit = "%" if match["percent"] else "pp" if match["points"] else ""
    value = number(match["run"], by)
    if value is None:
        return Reading(None, unit, True, match["run"], name)
    if match["scale"]:
        value = value * Decimal(10) ** by.scales[_plain(match["scale"])]
    return Reading((-value if match["sign"] else value).normalize(), unit, True, match["run"], name)


def number(run: str, by: Reader) -> Decimal | None:
    """The number that digits and marks write, in any usual grouping; None when they write none with the language's decimal mark."""
    if run.isdigit():
        return Decimal(run)
    whole, mark, fraction = run.partition(by.decimal)
    if mark and not fraction.isdigit():
        return None
    parts = re.split(r"\D", whole)
    marks = set(re.findall(r"\D", whole))
    if len(parts) > 1 and (len(marks) > 1 or len(parts[0]) > 3 or any(len(p) != 3 for p in parts[1:])):
        return None
    return Decimal("".join(parts) + ("." + fraction if mark else ""))


def either(words: Iterable[str]) -> str:
    """An expression for any of the words, longest first, spaces of any kind; one that never matches for none."""
    listed = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return "|".join(rf"[ {_SPACES}]".join(re.escape(p) for p in re.split(r"\s", w)) for w in listed) or r"(?!)"


def _plain(word: str) -> str:
    return re.sub(r"\s", " ", word.lower())


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
