"""Orders compared: what kept its place among the others, and which pairs fit best without crossing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bulletin.review.plain import likeness

_ALL = 4000
"""Pairs of a gap that are all compared; in a larger gap only those that share rare words."""
_RARE, _CANDIDATES = 12, 6

Words = tuple[str, ...]


def kept_in_order(places: Sequence[int]) -> frozenset[int]:
    """Positions of a longest run of places that never goes back."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, place in enumerate(places):
        length = bisect_right(ends, place)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            at.append(n)
        else:
            ends[length], at[length] = place, n
    found: set[int] = set()
    n = at[-1] if at else -1
    while n >= 0:
        found.add(n)
        n = before[n]
    return frozenset(found)


def aligned(one: Sequence[Words], two: Sequence[Words], least: float) -> list[tuple[int, int, float]]:
    """Pairs with their likeness, in order in both; the sum of the likenesses is the greatest."""
    scores = {
        (a, b): score for a, b in _candidates(one, two) if (score := likeness(one[a], two[b], least)) >= least and score > 0
    }
    return _best_chain(scores, len(two))


def _candidates(one: Sequence[Words], two: Sequence[Words]) -> list[tuple[int, int]]:
    if len(one) * len(two) <= _ALL:
        return [(a, b) for a in range(len(one)) for b in range(len(two))]
    standing: dict[str, list[int]] = defaultdict(list)
    for b, words in enumerate(two):
        for word in set(words):
            standing[word].append(b)
    found = []
    for a, words in enumerate(one):
        shared = Counter(b for word in set(words) if len(standing[word]) <= _RARE for b in standing[word])
        found += [(a, b) for b, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
    return sorted(found)


def _best_chain(scores: Mapping[tuple[int, int], float], width: int) -> list[tuple[int, int, float]]:
    """By rows; the best sum that ends before each column is kept in a list that only rises."""
    rows: dict[int, list[int]] = defaultdict(list)
    for a, b in scores:
        rows[a].append(b)
    chains: list[tuple[int, float, tuple[object, ...]]] = [(-1, 0.0, ())]
    for a in sorted(rows):
        columns = [c for c, _, _ in chains]
        made = []
        for b in rows[a]:
            _, total, chain = chains[bisect_left(columns, b) - 1]
            made.append((b, total + scores[a, b], (chain, (a, b, scores[a, b]))))
        merged: list[tuple[int, float, tuple[object, ...]]] = []
        for entry in sorted([*chains, *made], key=lambda c: (c[0], -c[1])):
            if not merged or (entry[1] > merged[-1][1] and entry[0] > merged[-1][0]):
                merged.append(entry)
        chains = merged
    found: list[tuple[int, int, float]] = []
    chain = chains[-1][2]
    while chain:
        before, pair = chain
        found.append(pair)  # type: ignore[arg-type]
        chain = before  # type: ignore[assignment]
    return found[::-1]
