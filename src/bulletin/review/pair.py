"""Which number of a reviewer's text stands for which issued figure: by value, by place, by the words around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from bulletin.review.items import Before, Fit, Said, Slot
from bulletin.review.numbers import Written, is_rounding

_MARGIN, _LEAST_GAIN = 0.2, 0.1
"""By how much the words around numbers must fit each other's figures better, on average and each, before they count as exchanged."""
_LEAST, _LEAST_STYLED = 0.35, 0.1
"""How well a number must fit the place of a figure of another value to count as that figure, changed."""
_FIXED = ("period", "legal", "code")
"""Kinds of literals that take no figure's place unless they are nearly equal to it."""
_MOST = 5
"""Figures of one value whose assignments are all tried."""


@dataclass(frozen=True)
class Pairing:
    bound: Mapping[int, int]
    """Number to slot."""
    changed: frozenset[int] = frozenset()
    """Numbers whose value or unit is not the figure's."""
    rounded: frozenset[int] = frozenset()
    swapped: tuple[tuple[int, ...], ...] = ()
    """Numbers that stand in each other's places, each with the slot of its place."""
    ambiguous: tuple[tuple[int, ...], ...] = ()
    """Numbers of one value that may stand for either of several figures."""
    settled: frozenset[int] = field(default_factory=frozenset)
    """Numbers that stand where the issued text has the same literal."""


def paired(issued: Before, said: Said, by: Fit) -> Pairing:
    settled = frozenset(n for n in by.settled if not said.styled[n])
    bound, ambiguous = _by_value(issued, said, by, settled)
    bound, swapped = _by_place(issued.slots, bound, said, by)
    changed, rounded = set[int](), set[int]()
    for number, slot in bound.items():
        said_unit = said.numbers[number].unit
        if said_unit and said_unit != issued.slots[slot].unit:
            changed.add(number)
    free = [n for n in range(len(said.numbers)) if n not in bound and n not in settled]
    open_slots = [s for s in range(len(issued.slots)) if s not in bound.values()]
    scored = [(score, s, n) for s in open_slots for n in free if (score := _score(issued.slots[s], (s, n), said, by)) > 0]
    for _, slot, number in sorted(scored, key=lambda found: (-found[0], found[1:])):
        if number not in bound and slot not in bound.values():
            bound[number] = slot
            if issued.slots[slot].value in said.numbers[number].values:
                continue
            (rounded if _rounds(issued.slots[slot], said.numbers[number]) else changed).add(number)
    return Pairing(bound, frozenset(changed), frozenset(rounded), swapped, ambiguous, settled)


def _by_value(issued: Before, said: Said, by: Fit, settled: frozenset[int]) -> tuple[dict[int, int], tuple[tuple[int, ...], ...]]:
    groups: dict[Decimal, list[int]] = defaultdict(list)
    for s, slot in enumerate(issued.slots):
        if slot.value is not None:
            groups[slot.value].append(s)
    bound: dict[int, int] = {}
    ambiguous = []
    for value, slots in groups.items():
        numbers = [
            n for n, w in enumerate(said.numbers) if value in w.values and n not in settled and _may(w, n, slots, issued, by)
        ]
        best = _assigned(slots, numbers, lambda s, n: _value_score(issued.slots[s], said.numbers[n], s, n, by))
        bound.update({n: s for s, n in best if n not in bound})
        if not all(_is_told(s, n, slots, issued, by) for s, n in best):
            ambiguous.append(tuple(n for _, n in best))
    return bound, tuple(ambiguous)


def _is_told(slot: int, number: int, slots: Sequence[int], issued: Before, by: Fit) -> bool:
    """Whether the words around a number say which of several equal figures it is."""
    others = [s for s in slots if issued.slots[s].fact != issued.slots[slot].fact]
    fits = by.content.get((slot, number), 0)
    return (slot, number) in by.placed or all(fits > by.content.get((s, number), 0) for s in others)


def _may(written: Written, number: int, slots: Sequence[int], issued: Before, by: Fit) -> bool:
    """A word such as `um` is a number only where the issued text says the figure in a word; a year only in a figure's place."""
    if not written.sure:
        return any(not issued.slots[s].text[:1].isdigit() for s in slots)
    if not written.literal or any(_long(issued.slots[s]) for s in slots):
        return True
    return any(by.total(s, number) > 0.3 for s in range(len(issued.slots)))


def _long(slot: Slot) -> bool:
    return slot.digits > 2 or bool(slot.unit)


def _value_score(slot: Slot, written: Written, s: int, n: int, by: Fit) -> float:
    unit = 0.3 if written.unit == slot.unit else -0.3 if written.unit else 0.0
    return 0.05 + by.near.get((s, n), 0) + (0.5 if (s, n) in by.placed else 0) + unit


def _assigned(slots: Sequence[int], numbers: Sequence[int], score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, slot and number, whose scores add up to most; in order where that is as good."""
    if not slots or not numbers:
        return []
    if max(len(slots), len(numbers)) > _MOST:
        return _greedy(slots, numbers, score)
    if len(slots) >= len(numbers):
        tried: Iterator[list[tuple[int, int]]] = (
            list(zip(way, numbers, strict=True)) for way in permutations(slots, len(numbers))
        )
    else:
        tried = (list(zip(slots, way, strict=True)) for way in permutations(numbers, len(slots)))

    def sum_of(pairs: list[tuple[int, int]]) -> float:
        ordered = all((a[0] < b[0]) == (a[1] < b[1]) for a in pairs for b in pairs if a[0] != b[0])
        return sum(score(s, n) for s, n in pairs) + (0.01 if ordered else 0)

    return max(tried, key=sum_of)


def _greedy(slots: Sequence[int], numbers: Sequence[int], score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    ways = [(-score(s, n), abs(s - n), s, n) for s in slots for n in numbers]
    taken: set[tuple[str, int]] = set()
    for _, _, s, n in sorted(ways):
        if ("s", s) not in taken and ("n", n) not in taken:
            found.append((s, n))
            taken |= {("s", s), ("n", n)}
    return found


def _by_place(
    slots: Sequence[Slot], bound: dict[int, int], said: Said, by: Fit
) -> tuple[dict[int, int], tuple[tuple[int, ...], ...]]:
    """Numbers whose neighbours say that each belongs where the other stands are figures exchanged: the places keep their figures."""
    found = dict(bound)
    swapped: list[tuple[int, ...]] = []
    for ring in _rings(slots, bound, said, by):
        places = [bound[n] for n in ring]
        found.update(zip(ring, places[1:] + places[:1], strict=True))
        swapped.append(ring)
    return found, tuple(swapped)


def _rings(slots: Sequence[Slot], bound: Mapping[int, int], said: Said, by: Fit) -> Iterator[tuple[int, ...]]:
    """Each number stands in the place of the next one's figure, the last in that of the first."""
    left = sorted(bound)
    for size in (2, 3, 4):
        for ring in permutations(left, size) if len(left) <= 8 or size == 2 else ():
            if ring[0] != min(ring) or not set(ring) <= set(left):
                continue
            places = [bound[n] for n in ring]
            if len({slots[s].value for s in places}) < size:
                continue
            wanted = list(zip(places[1:] + places[:1], ring, strict=True))
            # Figures of several units have changed places only where the units stayed behind.
            if len({slots[s].unit for s in places}) > 1 and any(said.numbers[n].unit != slots[s].unit for s, n in wanted):
                continue
            gains = [by.near.get((s, n), 0) - by.near.get((bound[n], n), 0) for s, n in wanted]
            placed = all(pair in by.placed for pair in wanted)
            aligned = min(by.aligned.get(pair, 0) for pair in wanted) >= 0.5 and min(gains) > -0.05
            if placed or aligned or (min(gains) > _LEAST_GAIN and sum(gains) > _MARGIN * size):
                yield ring
                left = [n for n in left if n not in ring]


def _score(slot: Slot, place: tuple[int, int], said: Said, by: Fit) -> float:
    """How surely the number of a `place` (slot, number) is the figure with another value; 0: it is not."""
    number = place[1]
    written, styled = said.numbers[number], said.styled[number]
    alike = _alike(slot, written)
    if written.literal and not styled and not alike and (written.literal in _FIXED or by.total(*place) < 0.7):
        return 0.0
    if not written.sure and by.aligned.get(place, 0) < 0.8:
        return 0.0
    score = by.total(*place) + (0.3 if alike else 0) + (0.1 if written.unit == slot.unit else 0) + (0.3 if styled else 0)
    return score if score >= (_LEAST_STYLED if styled else _LEAST) else 0.0


def _alike(slot: Slot, written: Written) -> bool:
    """A slip of the fingers or a rounding: few digits differ, or the value is close."""
    if slot.value is None or not written.values:
        return False
    return any(_close(slot.value, value) for value in written.values) or _rounds(slot, written)


def _close(one: Decimal, two: Decimal) -> bool:
    if not one or not two:
        return False
    ratio = abs(two / one)
    if Decimal("0.8") <= ratio <= Decimal("1.25"):
        return True
    a, b = (str(abs(v)).replace(".", "").strip("0") for v in (one, two))
    return a == b or (len(a) == len(b) > 2 and (sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1))


def _rounds(slot: Slot, written: Written) -> bool:
    """Fewer digits of the same value; after a word such as `cerca de` whatever is near."""
    if slot.value is None or (written.unit and written.unit != slot.unit):
        return False
    near = Decimal("0.1") * abs(slot.value)
    if written.hedged and any(abs(v - slot.value) <= near for v in written.values):
        return True
    return written.digits < slot.digits and any(is_rounding(slot.value, v, written.digits) for v in written.values)
