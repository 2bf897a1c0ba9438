"""Connected parts of an edition: the cells that equations tie to a hidden one, as one system of linear equations."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin.protect.relations import Cell, Relation, Relations

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from bulletin.model.cells import Booleans, Floats


@dataclass(frozen=True)
class System:
    """Coefficients × values is what readers know of the cells together; each cell by its place."""

    cells: tuple[Cell, ...]
    value: Floats
    rows: tuple[tuple[tuple[int, int], ...], ...]
    """Equations: place of a cell and its coefficient."""
    free: Booleans
    """Never printed: hidden from the beginning, at no cost."""
    fixed: Booleans
    """Known to everybody: hiding it would be of no use."""
    whole: Booleans
    """Whole numbers."""
    cost: Floats
    """Of hiding it, for each unit by which it may then differ."""

    @cached_property
    def matrix(self) -> csr_matrix:
        from scipy.sparse import csr_matrix

        entries = [(n, place, factor) for n, row in enumerate(self.rows) for place, factor in row]
        if not entries:
            return csr_matrix((0, len(self.cells)))
        at, places, factors = zip(*entries, strict=True)
        return csr_matrix((factors, (at, places)), shape=(len(self.rows), len(self.cells)))

    @cached_property
    def lowest(self) -> Floats:
        """Counts and amounts are not below zero; where one is, nobody may take that for granted."""
        import numpy as np

        return np.where(self.value < 0, -np.inf, 0.0)


def gathered(start: Cell, relations: Relations) -> tuple[tuple[Cell, ...], tuple[Relation, ...]]:
    """All cells that equations connect with `start`, and the equations; in an order that depends on the data alone.

    A cell that one family of equations gives away may complete another one, which is then made again.
    """
    made: dict[Hashable, list[Relation]] = {}
    cells: dict[Cell, None] = {start: None}
    waiting = [start]
    while waiting:
        cell = waiting.pop()
        for name, make in relations.groups(cell):
            if name in made:
                continue
            made[name], fresh = relations.made(name, make)
            for new in fresh:
                for stale, _ in relations.groups(new):
                    if stale != name and made.pop(stale, None) is not None:
                        waiting.append(new)
            for relation in made[name]:
                for other, _ in relation.terms:
                    if other not in cells:
                        cells[other] = None
                        waiting.append(other)
    distinct = {frozenset(r.terms): r for family in made.values() for r in family if len(r.terms) > 1}
    used = {cell for r in distinct.values() for cell, _ in r.terms} | {start}
    return tuple(c for c in cells if c in used), tuple(distinct.values())


def system(
    cells: Sequence[Cell],
    equations: Sequence[Relation],
    relations: Relations,
    *,
    fixed: AbstractSet[Cell],
    whole: AbstractSet[Cell],
    cost: Mapping[Cell, float],
) -> System:
    import numpy as np

    place = {cell: n for n, cell in enumerate(cells)}
    value = np.array([relations.value(c) or 0.0 for c in cells])
    rows = tuple(tuple((place[c], factor) for c, factor in e.terms) for e in equations)
    observed = np.array([c in relations.values for c in cells])
    return System(
        tuple(cells),
        value,
        rows,
        ~observed,
        np.array([c in fixed for c in cells]),
        np.array(
            [c in whole or (c not in relations.values and float(v).is_integer()) for c, v in zip(cells, value, strict=True)]
        ),
        np.array([cost.get(c, 1.0) for c in cells]),
    )
