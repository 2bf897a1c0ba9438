"""Where to begin: figures that printed ones give away although nobody printed them, and what it costs to hide a figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, PERIODS
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.parts import total_code
from bulletin.protect.control import Key, Need, is_additive, is_small
from bulletin.protect.relations import Cell, Relations, known_with

if TYPE_CHECKING:
    from bulletin.model.cells import Block, Cells
    from bulletin.model.disclosure import Disclosure
    from bulletin.model.project import Project

_NATIONAL, _KEPT, _ZERO = 20.0, 1000.0, 4.0


def given_away(
    relations: Relations, cells: Cells, under: frozenset[str], said: Disclosure, public: frozenset[Key]
) -> dict[Cell, Need]:  # fmt: skip
    """Small remainders of totals whose parts are printed in part, and totals that lie in one category altogether."""
    found: dict[Cell, Need] = {}
    if said.threshold < 2:
        return found
    catalogue = relations.project.catalogue
    for name in sorted(under):
        block = cells.blocks.get(name)
        if block is None or not is_additive(catalogue.get(name)):
            continue
        made: set[object] = set()
        for key, family in _suspects(name, block, relations, said):
            for group, make in relations.groups((name, key)):
                if group in made or not isinstance(group, tuple) or group[1] != family:
                    continue
                made.add(group)
                equations, fresh = relations.made(group, make)
                known = known_with(public, equations) if fresh else set()
                for cell in (c for c in fresh if c not in known):
                    if indicator_of(cell) in under and is_small(relations.implied[cell], said.threshold):
                        found[cell] = Need("remainder", said.width)
                if said.group:
                    for equation in equations:
                        single = _single(equation.terms, relations, said)
                        if single is not None and single not in public:
                            found[single] = Need("group", said.width)
    return found


def _suspects(name: str, block: Block, relations: Relations, said: Disclosure) -> Iterator[tuple[int, str]]:
    """Keys of totals worth a closer look, and along what: all ages and times, else where little is left or the whole is small."""
    import numpy as np

    coding = relations.coding
    present = block.key[~np.isnan(block.value)]
    for dimension in DIMENSIONS:
        if len(np.unique(coding.digit(present, dimension))) < 2:
            continue
        if dimension == "age":
            rest = present - coding.digit(present, dimension) * coding.strides[dimension]
            yield from ((key, dimension) for key in present[np.unique(rest, return_index=True)[1]].tolist())
            continue
        for code, parts in relations.totals(name, dimension):
            keys = present[coding.holds(present, dimension, code)]
            whole = block.values(keys)
            sums, some = np.zeros(len(keys)), np.zeros(len(keys), dtype=bool)
            for part in parts:
                value = relations.tree_value(block, keys, dimension, part)
                some |= ~np.isnan(value)
                sums += np.nan_to_num(value)
            left = whole - sums
            little = (left > 1e-9 * np.abs(whole)) & (left < said.threshold)
            if said.group:
                little |= (whole > 0) & (whole < said.group_below)
            yield from ((key, dimension) for key in keys[some & little].tolist())
    if len(np.unique(present % PERIODS // MONTHS)) > 1:
        yield from ((key, "period") for key in present.tolist())


def _single(terms: tuple[tuple[Cell, int], ...], relations: Relations, said: Disclosure) -> Cell | None:
    """The part in which the whole total lies, where there is another one to compare with."""
    totals, parts = [c for c, f in terms if f > 0], [c for c, f in terms if f < 0]
    if len(totals) != 1 or len(parts) < 2:
        return None
    whole = relations.value(totals[0]) or 0.0
    if not 0 < whole < said.group_below:
        return None
    filled = [p for p in parts if relations.value(p)]
    return filled[0] if len(filled) == 1 and relations.value(filled[0]) == whole else None


def indicator_of(cell: Cell) -> str:
    """The indicator whose figure it is, observed or computed by a reader."""
    while isinstance(cell, tuple) and cell and cell[0] in ("rest", "ages"):
        cell = cell[1]
    if isinstance(cell, tuple) and cell and cell[0] != "slack":
        return indicator_of(cell[0])
    return cell if isinstance(cell, str) else ""


def cost_of(cell: Key, relations: Relations, project: Project) -> float:
    """Small cells are cheap; totals dearer; the country's figures dearer still; those to keep as good as never."""
    name, key = cell
    value = abs(relations.values[name, key])
    cost = 1 + math.log10(1 + value) if value else _ZERO
    where = relations.coding.coordinates(key)
    for d in DIMENSIONS[1:]:
        cost *= 1.5 if where[d] == TOTAL and d in project.catalogue[name].dimensions else 1.0
    if where["ref_area"] == total_code(project, "ref_area"):
        cost *= _NATIONAL
    text = relations.coding.key_text(name, key)
    if any(text == k or name == k or (text.startswith(k) and text[len(k)] in ".@") for k in project.edition.disclosure.keep):
        cost *= _KEPT
    return cost
