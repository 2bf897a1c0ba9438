"""Names that changed places while the figures stayed: `à velhice (62,3%), seguida da sobrevivência (36,4%)`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bulletin.review.items import FIGURE, Item

_NEAR = 3
"""How many words may stand between a name and its figure."""


def relabelled(
    issued: Sequence[Item], said: Sequence[Item], bound: Mapping[int, int], small: frozenset[str]
) -> tuple[tuple[int, ...], ...]:
    """Rings of slots of which each has a word beside it that the one before had. `bound`: number to slot."""
    slots = set(bound.values())
    before = _beside(issued, {s: s for s in slots}, small)
    after = _beside(said, dict(bound), small)
    went: dict[int, set[int]] = defaultdict(set)
    for word in before.keys() & after.keys():
        for old in before[word] - after[word]:
            went[old] |= set(after[word] - before[word])
    rings = {frozenset(ring) for start in sorted(went) if (ring := _ring(start, went))}
    return tuple(tuple(sorted(ring)) for ring in sorted(rings, key=min))


def _beside(items: Sequence[Item], owners: Mapping[int, int], small: frozenset[str]) -> dict[str, Counter[int]]:
    """Word to the slots that it stands next to; one midway between two belongs to both."""
    places = [(at, owners[item.number]) for at, item in enumerate(items) if item.number in owners]
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for at, item in enumerate(items):
        if item.key.startswith(FIGURE) or item.key in small or item.number in owners:
            continue
        far = [(abs(at - place), slot) for place, slot in places]
        nearest = min((distance for distance, _ in far), default=_NEAR + 2)
        if nearest <= _NEAR + 1:
            found[item.key].update(slot for distance, slot in far if distance == nearest)
    return found


def _ring(start: int, went: Mapping[int, set[int]]) -> tuple[int, ...]:
    """The shortest way back to the start; empty without one."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen = {start}
    while ways:
        further: list[tuple[int, ...]] = []
        for way in ways:
            for slot in sorted(went.get(way[-1], ())):
                if slot == start and len(way) > 1:
                    return way
                if slot not in seen:
                    seen.add(slot)
                    further.append((*way, slot))
        ways = further
    return ()
