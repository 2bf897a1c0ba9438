"""An issued text and a reviewer's text as words and numbers in order, and how the numbers of one stand to those of the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from bulletin.model.issued import IssuedBlock
from bulletin.review.numbers import Grammar, Label, Written, labels_in, numbers_in, overlaps, plain_key
from bulletin.review.plain import same

_WORD = re.compile(r"[^\W\d_]+(?:['’\u2011-][^\W\d_]+)*")
FIGURE = "#"
"""Begins the key of every number that is, or may be, a figure: by it texts are compared as if all figures were equal."""
_AFTER = 1.2
"""What the words after a number tell more than those before it: they say what is counted."""
_NEAR = 5
"""Words on either side of a number that tell what it is about."""


@dataclass(frozen=True)
class Slot:
    """A figure of the issued text."""

    block: str
    fact: str
    start: int
    text: str
    tail: str
    """Words of its unit or scale that stand after it and are printed as they are."""
    value: Decimal | None
    unit: str
    power: int
    """Of ten, of a scale word in `tail`."""
    digits: int


@dataclass(frozen=True)
class Item:
    start: int
    key: str
    """By which texts are compared: a word, the unit of a figure, the value of a year or another literal."""
    number: int = -1
    """Index among the numbers of its side; of the issued text figures first, then the others."""
    value: str = ""
    """Of a number: what it says, to tell one figure from another as a neighbour."""


@dataclass(frozen=True)
class Before:
    """What was sent out: one block, or several that a reviewer has joined."""

    text: str
    slots: tuple[Slot, ...]
    others: tuple[Written, ...]
    """Numbers that are no figures."""
    items: tuple[Item, ...]
    spoken: frozenset[str]
    """Digits that it says outside its figures."""
    literals: frozenset[str]
    """Words of its literals."""
    references: Mapping[str, str]
    """Label to the block that it names."""


@dataclass(frozen=True)
class Said:
    """What came back."""

    text: str
    numbers: tuple[Written, ...]
    styled: tuple[bool, ...]
    """Which numbers carry the style of figures: they were data before they were edited."""
    labels: tuple[Label, ...]
    items: tuple[Item, ...]


def before_of(blocks: Sequence[IssuedBlock], by: Grammar) -> Before:
    text, spans, owner = "", [], []
    for block in blocks:
        start = len(text) + 2 if text else 0
        text = text + "\n\n" + block.text if text else block.text
        spans += [replace(span, start=span.start + start) for span in block.spans]
        owner += [block.id] * len(block.spans)
    references = {plain_key(s.text): s.ref for s in spans if s.kind == "reference"}
    labels = tuple(Label(s.start, s.end, s.text) for s in spans if s.kind == "reference")
    numbers = numbers_in(text, by, labels)
    slots = tuple(
        _slot(span.start, span.text, span.ref, block, numbers, text, by)
        for span, block in zip(spans, owner, strict=True)
        if span.kind == "number"
    )
    places = [(s.start, s.start + len(s.text + s.tail)) for s in slots]
    others = tuple(n for n in numbers if not overlaps(n.start, n.end, places))
    bare = _without(text, [(s.start, s.start + len(s.text)) for s in slots] + [(lb.start, lb.end) for lb in labels])
    literals = {plain_key(n.text) for n in spans if n.kind == "literal"}
    literals |= {plain_key(text[n.whole[0] : n.whole[1]]) for n in others if n.literal}
    keys = [FIGURE + s.unit for s in slots] + [_value_key(n.values, text[n.start : n.core]) for n in others]
    values = [_value_key([s.value] if s.value is not None else [], s.text) for s in slots] + keys[len(slots) :]
    ends = places + [(n.start, n.end) for n in others]
    items = _items(text, [(*place, key, value) for place, key, value in zip(ends, keys, values, strict=True)], labels)
    return Before(text, slots, others, items, frozenset(re.findall(r"\d+", bare)), frozenset(literals), references)


def said_of(text: str, styled: Sequence[tuple[int, int]], issued: Before, by: Grammar) -> Said:
    labels = labels_in(text, by)
    numbers = _with_shared_scale(numbers_in(text, by, labels), text)
    figures = {s.value for s in issued.slots}
    others = {v for n in issued.others for v in n.values[:1]}
    keys = []
    for n in numbers:
        own = set(n.values)
        literal = bool(n.literal) or not n.sure or bool(own & others)
        keys.append(_value_key(n.values, text[n.start : n.core]) if literal and not own & figures else FIGURE + n.unit)
    values = [_value_key([v for v in n.values if v in figures] or n.values, text[n.start : n.core]) for n in numbers]
    places = [(n.start, n.end, key, value) for n, key, value in zip(numbers, keys, values, strict=True)]
    marked = tuple(overlaps(n.start, n.core, styled) for n in numbers)
    return Said(text, numbers, marked, labels, _items(text, places, labels))


def _slot(start: int, text: str, fact: str, block: str, numbers: Sequence[Written], whole: str, by: Grammar) -> Slot:
    end = start + len(text)
    found = next((n for n in numbers if n.start == start and n.core <= end), None)
    if found and found.values:
        tail = whole[end : found.end] if found.end > end else ""
        power = found.power if found.scale > end else 0
        return Slot(block, fact, start, text, tail, found.values[0], found.unit, power, found.digits)
    alone = next((n for n in numbers_in(text, by) if n.values), None)
    if alone:
        return Slot(block, fact, start, text, "", alone.values[0], alone.unit, 0, alone.digits)
    return Slot(block, fact, start, text, "", None, "", 0, 0)


def _items(text: str, numbers: Sequence[tuple[int, int, str, str]], labels: Sequence[Label]) -> tuple[Item, ...]:
    """`numbers`: start, end, key and value."""
    taken = [(start, end) for start, end, *_ in numbers] + [(label.start, label.end) for label in labels]
    found = [Item(start, key, n, value) for n, (start, _, key, value) in enumerate(numbers)]
    found += [Item(label.start, "@" + plain_key(label.text)) for label in labels]
    bare = _without(text, taken)
    found += [Item(m.start(), same(m[0]).casefold()) for m in _WORD.finditer(bare)]
    return tuple(sorted(found, key=lambda item: item.start))


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Blanks in their place, so that nothing moves."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _value_key(values: Sequence[Decimal], text: str) -> str:
    return "=" + (format(values[0].normalize(), "f") if values and abs(values[0].adjusted()) < 25 else text)


def _with_shared_scale(numbers: Sequence[Written], text: str) -> tuple[Written, ...]:
    """`6,8, 6,2 e 3,3 milhões`: the scale of the last may be that of all."""
    found, power = list(numbers), 0
    for n in range(len(found) - 1, -1, -1):
        one = found[n]
        between = text[one.end : found[n + 1].start] if n + 1 < len(found) else "\n"
        if one.power or one.unit or len(between) > 6 or len(between.split()) > 2:
            power = one.power
        elif power:
            found[n] = replace(one, values=(*one.values, *(v.scaleb(power) for v in one.values)))
    return tuple(found)


@dataclass(frozen=True)
class Fit:
    """How well each figure's place in the issued text fits each number's place in the new one; keys are slot and number."""

    near: Mapping[tuple[int, int], float]
    """How alike the words around them are, 0 to 1."""
    content: Mapping[tuple[int, int], float]
    """The same without small words and neighbouring figures."""
    aligned: Mapping[tuple[int, int], float]
    """How surely a comparison of the texts sets one in the place of the other, 0 to 1."""
    placed: frozenset[tuple[int, int]]
    """The same words stand before and after."""
    settled: frozenset[int]
    """Numbers that stand where the issued text has the same number, no figure."""
    changed: Mapping[int, int]
    """Number to the number of the issued text, no figure, in whose place it stands."""

    def total(self, slot: int, number: int) -> float:
        return self.near.get((slot, number), 0) + self.aligned.get((slot, number), 0)


def fit(issued: Before, said: Said, by: Grammar) -> Fit:
    aligned: dict[tuple[int, int], float] = {}
    placed: set[tuple[int, int]] = set()
    settled: set[int] = set()
    changed: dict[int, int] = {}
    figures = len(issued.slots)
    one, two = issued.items, said.items
    for tag, a, b, c, d in SequenceMatcher(None, [i.key for i in one], [i.key for i in two], autojunk=False).get_opcodes():
        before, after = [i.number for i in one[a:b] if i.number >= 0], [i.number for i in two[c:d] if i.number >= 0]
        alike = len(before) == len(after)
        if tag == "equal":
            for at, item in enumerate(one[a:b]):
                number = two[c + at].number
                if item.number >= figures and b - a > 1:
                    settled.add(number)
                elif 0 <= item.number < figures:
                    sides = _same_side(at, a, c, one, two, -1), _same_side(b - a - 1 - at, b, d, one, two, 1)
                    aligned[item.number, number] = 0.1 + 0.4 * sum(bool(side) for side in sides)
                    if all(sides) or max(sides) > 2:
                        placed.add((item.number, number))
        elif tag == "replace":
            for old, new in zip(before, after, strict=False):
                if old < figures:
                    aligned[old, new] = 0.7 if alike else 0.3
                elif alike:
                    changed[new] = old - figures
    near, content = _nearness(issued, said, by)
    return Fit(near, content, aligned, frozenset(placed), frozenset(settled), changed)


def _same_side(run: int, old: int, new: int, one: Sequence[Item], two: Sequence[Item], side: int) -> int:
    """How many words of an equal run stand on a side of a number; the end of both texts counts as one."""
    if run:
        return run
    ends = (old == 0, new == 0) if side < 0 else (old == len(one), new == len(two))
    return int(all(ends))


def _nearness(issued: Before, said: Said, by: Grammar) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    slots = _windows(issued.items, len(issued.slots), by)
    numbers = _windows(said.items, len(said.numbers), by)
    often = Counter(word for window in slots for word in {w for _, w in window})
    near: dict[tuple[int, int], float] = {}
    content: dict[tuple[int, int], float] = {}
    for s, one in enumerate(slots):
        most = sum(weight / often[word] for (_, word), weight in one.items())
        for n, two in enumerate(numbers):
            shared = {word: _shared(one, two, side, word) / often[word] for side, word in one}
            if most and any(shared.values()):
                near[s, n] = sum(shared.values()) / most
                content[s, n] = sum(v for w, v in shared.items() if w not in by.small and not w.startswith("=")) / most
    return near, content


def _shared(one: Mapping[tuple[int, str], float], two: Mapping[tuple[int, str], float], side: int, word: str) -> float:
    mine = one[side, word]
    return max(min(mine, two.get((side, word), 0)), 0.3 * min(mine, two.get((-side, word), 0)))


def _windows(items: Sequence[Item], count: int, by: Grammar) -> list[dict[tuple[int, str], float]]:
    """Of each number: side and word to weight, the nearest most, small words little."""
    found: list[dict[tuple[int, str], float]] = [{} for _ in range(count)]
    for at, item in enumerate(items):
        if not 0 <= item.number < count:
            continue
        window = found[item.number]
        for side, words in ((-1, _words(items, range(at - 1, -1, -1))), (1, _words(items, range(at + 1, len(items))))):
            for n, word in enumerate(words):
                weight = 0.3 if word in by.small else _AFTER if side > 0 else 1.0
                if word != item.value:
                    window.setdefault((side, word), weight / (n + 1) ** 0.5)
    return found


def _words(items: Sequence[Item], places: range) -> Iterator[str]:
    """The nearest, up to the next figure and with it: what stands beyond it is said of that one."""
    left = _NEAR
    for place in places:
        if items[place].key.startswith(FIGURE):
            yield items[place].value
            return
        yield items[place].key
        left -= 1
        if not left:
            return
