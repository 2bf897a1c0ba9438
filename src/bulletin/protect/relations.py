"""Which figures add up to which: every equation by which a reader could compute a hidden figure from printed ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletin.model.cells import LENGTHS, MONTHS, PERIODS
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.indicator import TimeBasis
from bulletin.model.parts import named_parts, parts_of, total_code
from bulletin.protect.control import Key, is_additive

if TYPE_CHECKING:
    from bulletin.model.cells import Block, Coding, Floats, Integers
    from bulletin.model.indicator import Formula, Indicator, ParameterValue
    from bulletin.model.project import Project

Cell = Hashable
"""A `Key`, or the name of a figure that nobody printed but everybody can compute."""
Terms = tuple[tuple[Cell, int], ...]
_AGE = re.compile(r"Y(?:(?P<low>\d+)(?:T(?P<high>\d+))?|_GE(?P<from>\d+)|_GT(?P<above>\d+)|_LT(?P<below>\d+)|_LE(?P<to>\d+))")
_FOREVER = 1000
_SLIGHT = 0.02
"""Parts that exceed their total by up to this share of it are parts all the same; by more, they overlap."""


@dataclass(frozen=True)
class Relation:
    """Σ coefficient × cell is what it is: nobody needs to know more of it to use it."""

    terms: Terms


@dataclass(frozen=True)
class Link:
    """An identity of the catalogue: at the same coordinates the terms add up to zero, `back` months before where said."""

    terms: tuple[tuple[str, int, int], ...]
    """Indicator, coefficient, months back."""
    inequality: bool = False
    """The sum is only known not to be below zero."""


def as_key(cell: Cell) -> Key | None:
    """The key of a cell that has one: observed, or one that a reader computes for coordinates of its own."""
    if isinstance(cell, tuple) and len(cell) == 2 and isinstance(cell[0], str) and isinstance(cell[1], int):
        return cell[0], cell[1]
    return None


def age_band(code: str) -> tuple[int, int] | None:
    """First year of age, and the year after the last."""
    found = _AGE.fullmatch(code)
    if not found:
        return None
    if found["low"]:
        low = int(found["low"])
        return low, int(found["high"] or low) + 1
    if found["from"] or found["above"]:
        return (int(found["from"]) if found["from"] else int(found["above"]) + 1), _FOREVER
    return 0, (int(found["below"]) if found["below"] else int(found["to"]) + 1)


@dataclass
class Relations:
    """Equations around a cell, made when asked for; `implied` grows as cells are found that printed ones give away."""

    project: Project
    coding: Coding
    values: Mapping[Key, float]
    implied: dict[Cell, float] = field(default_factory=dict)
    """Value of what was not observed but follows from what was."""

    def __post_init__(self) -> None:
        import numpy as np

        catalogue = self.project.catalogue
        self._varied: dict[str, frozenset[str]] = {}
        self._trees = {d: _tree(self.project, d) for d in DIMENSIONS if d != "age"}
        self._home: dict[Cell, tuple[Hashable, Callable[[], list[Relation]]]] = {}
        self._links: dict[str, list[tuple[Link, int]]] = defaultdict(list)
        for indicator in catalogue.values():
            for link in _links(indicator, catalogue):
                for name, _, back in link.terms:
                    self._links[name].append((link, back))
        keys: dict[str, list[int]] = defaultdict(list)
        for name, key in self.values:
            keys[name].append(key)
        for name, several in keys.items():
            found = np.array(several, dtype=np.int64)
            self._varied[name] = frozenset(d for d in DIMENSIONS if len(np.unique(self.coding.digit(found, d))) > 1)

    def value(self, cell: Cell) -> float | None:
        return self.implied.get(cell, self.values.get(cell))  # type: ignore[call-overload]

    def groups(self, cell: Cell) -> Iterator[tuple[Hashable, Callable[[], list[Relation]]]]:
        """Families of equations in which the cell stands: a name, and how to make them."""
        if cell in self._home:
            yield self._home[cell]
        known = as_key(cell)
        if known is None:
            return
        name, key = known
        indicator = self.project.catalogue.get(name)
        if indicator is None:
            return
        if is_additive(indicator):
            for dimension in DIMENSIONS:
                rest = key - self._digit(key, dimension) * self.coding.strides[dimension]
                if dimension in self._varied.get(name, ()):
                    if dimension == "age":
                        yield (name, dimension, rest), lambda rest=rest: self._ages(name, rest)  # type: ignore[misc]
                    else:
                        yield (
                            (name, dimension, rest),
                            lambda rest=rest, dimension=dimension: self._parts(indicator, dimension, rest),  # type: ignore[misc]
                        )
            if indicator.time_basis == TimeBasis.FLOW:
                year = key - key % PERIODS + key % MONTHS // 12 * 12
                yield (name, "period", year), lambda: self._times(name, year)
        for link, back in self._links.get(name, ()):
            at = key + back
            yield (link, at), lambda link=link, at=at: self._linked(link, at)  # type: ignore[misc]

    def made(self, name: Hashable, make: Callable[[], list[Relation]]) -> tuple[list[Relation], list[Cell]]:
        """The equations of a family, and the cells that it is the first to give away."""
        before = len(self.implied)
        equations = make()
        fresh = list(self.implied)[before:]
        self._home |= dict.fromkeys(fresh, (name, make))
        return equations, fresh

    def _digit(self, key: int, dimension: str) -> int:
        return key // self.coding.strides[dimension] % len(self.coding.names[dimension])

    def _has(self, name: str, rest: int, dimension: str, code: str) -> Key | None:
        digit = self.coding.digits[dimension].get(code)
        if digit is None:
            return None
        key = (name, rest + digit * self.coding.strides[dimension])
        return key if key in self.values or key in self.implied else None

    def _parts(self, indicator: Indicator, dimension: str, rest: int) -> list[Relation]:
        """Every code against the nearest observed ones below it, and the sums that the catalogue declares."""
        tree, found = self._trees[dimension], []
        whole: set[tuple[str, frozenset[str]]] = set()
        have = {code: cell for code in tree.codes if (cell := self._has(indicator.id, rest, dimension, code))}
        for rule in indicator.rules:
            if rule.rule == "sum" and rule.parameters.get("over") == dimension:
                total = total_code(self.project, dimension, str(rule.parameters.get("total", TOTAL)))
                if total not in have:
                    continue
                codes = [p.code for p in named_parts(self.project, dimension, total, rule.parameters.get("parts", "children"))]
                parts = [c for c in codes if c in have]
                if len(parts) == len(codes):
                    # what is left over is a fault of the data, and no figure of its own
                    whole.add((total, frozenset(parts)))
                if parts:
                    missing = [c for c in codes if c not in have and c in self.coding.digits[dimension]]
                    name = (indicator.id, dimension, rest, total, tuple(codes))
                    found += self._sum(name, have[total], [have[p] for p in parts], self._keys(
                        indicator.id, dimension, rest, missing), complete=len(parts) == len(codes))  # fmt: skip
        for code, cell in have.items():
            parts, missing = tree.below(code, have)
            if parts and (code, frozenset(parts)) not in whole:
                missing = [m for m in missing if m in self.coding.digits[dimension]]
                found += self._sum((indicator.id, dimension, rest, code), cell, [have[p] for p in parts], self._keys(
                    indicator.id, dimension, rest, missing), complete=not missing)  # fmt: skip
        return found

    def totals(self, name: str, dimension: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Codes that have parts, with them: by the code list, and as the indicator's rules say."""
        yield from self._trees[dimension].children.items()
        for rule in self.project.catalogue[name].rules:
            if rule.rule == "sum" and rule.parameters.get("over") == dimension:
                total = total_code(self.project, dimension, str(rule.parameters.get("total", TOTAL)))
                parts = named_parts(self.project, dimension, total, rule.parameters.get("parts", "children"))
                yield total, tuple(p.code for p in parts)

    def tree_value(self, block: Block, keys: Integers, dimension: str, code: str) -> Floats:
        """The cells at a code, or where it has none the sum of those below it; NaN where there are none either."""
        import numpy as np

        value = block.values(self.coding.at(keys, dimension, code))
        below = self._trees[dimension].children.get(code, ())
        if not below or not np.isnan(value).any():
            return value
        sums, some = np.zeros(len(keys)), np.zeros(len(keys), dtype=bool)
        for child in below:
            part = self.tree_value(block, keys, dimension, child)
            some |= ~np.isnan(part)
            sums += np.nan_to_num(part)
        return np.where(np.isnan(value) & some, sums, value)

    def _keys(self, name: str, dimension: str, rest: int, codes: Iterable[str]) -> list[Key]:
        return [(name, rest + self.coding.digits[dimension][c] * self.coding.strides[dimension]) for c in codes]

    def _sum(
        self, name: Hashable, total: Cell, parts: list[Key], missing: list[Key], *, complete: bool
    ) -> list[Relation]:  # fmt: skip
        """Total = parts; what is missing to the total is what a reader computes for the parts that are not there."""
        whole = self.value(total) or 0.0
        rest = whole - sum(self.value(p) or 0.0 for p in parts)
        terms: list[tuple[Cell, int]] = [(total, 1), *((p, -1) for p in parts)]
        if abs(rest) > 1e-9 * max(1.0, abs(whole)) and not complete:
            if rest < -_SLIGHT * abs(whole):
                return []
            if rest > 0:
                unknown: Cell = missing[0] if len(missing) == 1 else ("rest", name)
                self.implied[unknown] = rest
                terms.append((unknown, -1))
        return [Relation(tuple(terms))]

    def _ages(self, name: str, rest: int) -> list[Relation]:
        """Every band is the sum of the pieces into which the bounds of all bands that are connected cut it."""
        bands: dict[tuple[int, int], Cell] = {}
        outside: list[Key] = []
        total = self._has(name, rest, "age", TOTAL)
        for code in self.coding.names["age"]:
            cell = self._has(name, rest, "age", code)
            if cell is None or code == TOTAL:
                continue
            band = age_band(code)
            if band is None or band == (0, _FOREVER):
                outside.append(cell)
            else:
                bands[band] = cell
        amounts = {band: self.value(cell) or 0.0 for band, cell in bands.items()}
        sides: dict[tuple[int, int], list[tuple[Cell, int]]] = {band: [(cell, 1)] for band, cell in bands.items()}
        if total and bands:
            sides[0, _FOREVER] = [(total, 1), *((o, -1) for o in outside)]
            amounts[0, _FOREVER] = sum((self.value(cell) or 0.0) * factor for cell, factor in sides[0, _FOREVER])
        level = _levels(amounts)
        found = []
        for (low, high), side in sides.items():
            bounds = sorted(b for b in level if low <= b <= high and level[b][0] == level[low][0])
            pieces = list(pairwise(bounds))
            if pieces == [(low, high)]:
                continue
            for piece in pieces:
                if piece not in bands:
                    self.implied["ages", name, rest, piece] = level[piece[1]][1] - level[piece[0]][1]
            found.append(Relation((*side, *((bands.get(p, ("ages", name, rest, p)), -1) for p in pieces))))
        return found

    def _times(self, name: str, year: int) -> list[Relation]:
        """A flow of a year is that of its half-years, quarters and months; `year`: a key at the January of whole-year length."""
        found = []
        spans = {months: n for n, months in enumerate(LENGTHS)}
        for long in LENGTHS:
            for short in LENGTHS:
                if short >= long or long % short:
                    continue
                for first in range(0, 12, long):
                    total = (name, year + spans[long] * MONTHS + first + long - 1)
                    if total not in self.values:
                        continue
                    keys = [(name, year + spans[short] * MONTHS + m + short - 1) for m in range(first, first + long, short)]
                    parts = [k for k in keys if k in self.values]
                    if parts:
                        missing = [k for k in keys if k not in self.values]
                        found += self._sum((total, short), total, parts, missing, complete=not missing)
        return found

    def _linked(self, link: Link, at: int) -> list[Relation]:
        keys = [((name, at - back), factor) for name, factor, back in link.terms]
        if any(key not in self.values for key, _ in keys):
            return []
        cells: list[tuple[Cell, int]] = list(keys)
        if link.inequality:
            amount = sum(factor * self.values[key] for key, factor in keys)
            if amount < 0:
                return []
            slack: Cell = ("slack", link, at)
            self.implied[slack] = amount
            cells.append((slack, -1))
        return [Relation(tuple(cells))]


def known_with(public: AbstractSet[Cell], equations: Iterable[Relation]) -> set[Cell]:
    """The public cells and all that follow from them by a subtraction."""
    known = set(public)
    waiting = list(equations)
    while True:
        open_ = [[c for c, _ in e.terms if c not in known] for e in waiting]
        found = {left[0] for left in open_ if len(left) == 1}
        if not found:
            return known
        known |= found
        waiting = [e for e, left in zip(waiting, open_, strict=True) if len(left) > 1]


def _levels(amounts: Mapping[tuple[int, int], float]) -> dict[int, tuple[int, float]]:
    """Every bound of a band: a number for what it is connected with, and how many are younger, counted from some bound of these."""
    level: dict[int, tuple[int, float]] = {}
    neighbours: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (low, high), amount in sorted(amounts.items()):
        neighbours[low].append((high, amount))
        neighbours[high].append((low, -amount))
    for start in sorted(neighbours):
        if start in level:
            continue
        level[start] = (start, 0.0)
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for there, amount in neighbours[here]:
                if there not in level:
                    level[there] = (start, level[here][1] + amount)
                    waiting.append(there)
    return level


@dataclass(frozen=True)
class _Tree:
    top: str
    children: Mapping[str, tuple[str, ...]]
    codes: tuple[str, ...]

    def below(self, code: str, have: Mapping[str, object]) -> tuple[list[str], list[str]]:
        """The nearest observed codes below, and those between that have none."""
        parts, missing = [], []
        for child in self.children.get(code, ()):
            if child in have:
                parts.append(child)
                continue
            found, _ = self.below(child, have)
            parts += found
            if not found:
                missing.append(child)
        return parts, missing


def _tree(project: Project, dimension: str) -> _Tree:
    top = total_code(project, dimension)
    codes = project.codelists[dimension].codes if dimension in project.codelists else ()
    children: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        if code.parent:
            children[code.parent].append(code.id)
    for part in parts_of(project, dimension, top):
        if part.code not in children[top]:
            children[top].append(part.code)
    names = dict.fromkeys([top, *(c for below in children.values() for c in below), *(c for c in children if c)])
    return _Tree(top, {k: tuple(v) for k, v in children.items()}, tuple(names))


def _links(indicator: Indicator, catalogue: Mapping[str, Indicator]) -> Iterator[Link]:
    """Identities and inequalities between indicators, as rules and as formulas whose results were received."""
    for rule in indicator.rules:
        stock = rule.rule == "stock-flow"
        plus, minus = (_names(rule.parameters.get(n, ())) for n in (("entries", "exits") if stock else ("plus", "minus")))
        if plus or minus:
            months = round(float(str(rule.parameters.get("lag", 12) if stock else rule.parameters.get("previous", 0))))
            before = ((indicator.id, -1, months),) if months else ()
            yield Link(((indicator.id, 1, 0), *((p, -1, 0) for p in plus), *((m, 1, 0) for m in minus), *before))
        if rule.rule == "compare" and float(str(rule.parameters.get("factor", 1))) == 1:
            right, op = str(rule.parameters.get("right", "")), rule.parameters.get("op", "<=")
            if right in catalogue and op in ("<=", "<", ">=", ">"):
                sign = 1 if str(op).startswith(">") else -1
                yield Link(((indicator.id, sign, 0), (right, -sign, 0)), inequality=True)
            elif right in catalogue and op in ("=", "=="):
                yield Link(((indicator.id, 1, 0), (right, -1, 0)))
    if indicator.formula and adds_up(indicator.formula):
        inputs = indicator.formula.inputs
        factor = {"minuend": 1, "subtrahend": -1} if indicator.formula.name == "difference" else dict.fromkeys(inputs, 1)
        yield Link(((indicator.id, 1, 0), *((i, -factor.get(role, 1), 0) for role, i in inputs.items())))


def adds_up(formula: Formula) -> bool:
    """Whether a formula is an equation between indicators at the same coordinates."""
    return formula.name in ("sum", "difference") and not formula.where and "over" not in formula.parameters


def _names(value: ParameterValue | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(v.strip() for v in value.split(",") if v.strip())
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()
