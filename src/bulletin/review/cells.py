"""Tables and chart workbooks cell by cell against what was issued; every difference is a question, never a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial

from bulletin.model.issued import Issued, IssuedChart, IssuedTable
from bulletin.model.override import Reviewer
from bulletin.model.review import Query
from bulletin.model.reviewed import ReadChart, ReadFile, ReadTable
from bulletin.review.numbers import Grammar, numbers_in
from bulletin.review.plain import same

Grid = Sequence[Sequence[str]]
_LEAST = 0.5
"""Share of cells that must be equal for a table without its bookmark to be the issued one."""


def tables_found(issued: Issued, file: ReadFile) -> dict[int, int]:
    """Index of the read table to that of the issued one: by bookmark, then in order by equal cells."""
    by_name = {table.bookmark: n for n, table in enumerate(issued.tables)}
    marks: dict[int, list[str]] = defaultdict(list)
    for n, table in enumerate(file.tables):
        marks[n] += [m.name for m in table.marks]
    for paragraph in file.paragraphs:
        if paragraph.cell:
            marks[paragraph.cell[0]] += [m.name for m in paragraph.marks]
    found: dict[int, int] = {}
    for n in range(len(file.tables)):
        known = next((by_name[m] for m in marks[n] if m in by_name and by_name[m] not in found.values()), None)
        if known is not None:
            found[n] = known
    for known, sent in enumerate(issued.tables):
        if known not in found.values():
            scores = [(_equal_cells(sent.grid, t.accepted), -n) for n, t in enumerate(file.tables) if n not in found]
            best, place = max(scores, default=(0.0, 0))
            if best >= _LEAST:
                found[-place] = known
    return found


Authors = Callable[[int, int, int], tuple[Reviewer, ...]]
"""Of a cell: table, row, column of the file; row -1 for the whole table."""


def table_queries(
    issued: Issued, file: ReadFile, found: Mapping[int, int], by: Mapping[str, Grammar], authors: Authors
) -> Iterator[Query]:
    language = issued.languages[0] if issued.languages else ""
    for n, known in sorted(found.items(), key=lambda pair: pair[1]):
        if not _is_same(issued.tables[known].grid, file.tables[n].accepted):
            yield from _table(issued.tables[known], file.tables[n], language, by.get(language), partial(authors, n))
    for known in range(len(issued.tables)):
        if known not in found.values():
            grid = issued.tables[known].grid
            yield Query("table-structure", issued.tables[known].id, language, _shape(grid), "0 × 0")


def _table(
    table: IssuedTable, said: ReadTable, language: str, by: Grammar | None, authors: Callable[[int, int], tuple[Reviewer, ...]]
) -> Iterator[Query]:
    old, new = table.grid, said.accepted
    rows = [(n, n) for n in range(len(old))]
    if [len(r) for r in old] != [len(r) for r in new]:
        rows = _rows_found(old, new)
        added = [new[n][0] if new[n] else "" for n in range(len(new)) if n not in {b for _, b in rows}]
        gone = [old[n][0] if old[n] else "" for n in range(len(old)) if n not in {a for a, _ in rows}]
        detail = "; ".join([*(f"+ {label}" for label in added), *(f"- {label}" for label in gone)])
        yield Query("table-structure", table.id, language, _shape(old), _shape(new), detail=detail, authors=authors(-1, -1))
    for a, b in rows:
        for column, (was, now) in enumerate(zip(old[a], new[b], strict=False)):
            if _says_same(was, now, by):
                continue
            fact = table.facts[a][column] if a < len(table.facts) and column < len(table.facts[a]) else ""
            mark = table.marks[a][column] if table.marks else ""
            if mark and was.endswith(mark) and now.endswith(mark):
                was, now = was.removesuffix(mark), now.removesuffix(mark)
            where = _cell(old, table.facts, a, column)
            yield Query("table-cell", table.id, language, was, now, fact, where, authors=authors(b, column))


def _rows_found(old: Grid, new: Grid) -> list[tuple[int, int]]:
    """Rows of both in order: equal ones, and between them those with the same first cell."""
    one, two = [tuple(map(same, r)) for r in old], [tuple(map(same, r)) for r in new]
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found += list(zip(range(a, b), range(c, d), strict=True))
        elif tag == "replace":
            place = c
            for n in range(a, b):
                near = next((m for m in range(place, d) if one[n][:1] == two[m][:1]), None)
                if near is not None:
                    found.append((n, near))
                    place = near + 1
    return found


def chart_queries(issued: Issued, file: ReadFile) -> Iterator[Query]:
    language = issued.languages[0] if issued.languages else ""
    left = list(file.charts)
    for chart in issued.charts:
        said = _chart_found(chart, left)
        if said is None:
            continue
        left.remove(said)
        if not chart.rows:
            # The record in the file itself has no texts.
            continue
        if [len(r) for r in chart.rows] != [len(r) for r in said.rows]:
            yield Query("chart-data", chart.id, language, _shape(chart.rows), _shape(said.rows))
        for a, (old, new) in enumerate(zip(chart.rows, said.rows, strict=False)):
            for column, (was, now) in enumerate(zip(old, new, strict=False)):
                if not _says_same(was, now, None):
                    fact = chart.facts[a][column] if chart.facts else ""
                    yield Query("chart-data", chart.id, language, was, now, fact, _cell(chart.rows, (), a, column))


def _chart_found(chart: IssuedChart, among: Sequence[ReadChart]) -> ReadChart | None:
    named = next((c for c in among if c.name == chart.id), None)
    if named:
        return named
    scores = [(_equal_cells(chart.rows, c.rows), -n) for n, c in enumerate(among) if not c.name]
    best, place = max(scores, default=(0.0, 0))
    return among[-place] if best >= _LEAST else None


def _cell(grid: Grid, facts: Grid, row: int, column: int) -> str:
    """`Maputo / 2024`: the first cell of the row and the heads of the column."""
    heads = next((n for n, names in enumerate(facts) if any(names)), 1)
    stub = grid[row][0] if grid[row] and column and row >= heads else ""
    above = [grid[n][_spanning(grid[n], column)] for n in range(min(heads, row)) if grid[n]] if column else []
    return " / ".join(p for p in (stub, *dict.fromkeys(above)) if p)


def _spanning(cells: Sequence[str], column: int) -> int:
    """The column whose text stands over this one."""
    column = min(column, len(cells) - 1)
    return next((n for n in range(column, 0, -1) if cells[n]), column)


def _says_same(was: str, now: str, by: Grammar | None) -> bool:
    if same(was) == same(now):
        return True
    if by is None:
        return was.strip().removesuffix(".0") == now.strip().removesuffix(".0")
    one, two = numbers_in(was, by), numbers_in(now, by)
    if len(one) != 1 or len(two) != 1 or not one[0].values:
        return False
    rest = [same(text[: n.start] + text[n.core :]) for text, n in ((was, one[0]), (now, two[0]))]
    return rest[0] == rest[1] and one[0].values[0] in two[0].values


def _is_same(old: Grid, new: Grid) -> bool:
    return len(old) == len(new) and all(tuple(map(same, a)) == tuple(map(same, b)) for a, b in zip(old, new, strict=True))


def _equal_cells(old: Grid, new: Grid) -> float:
    cells = sum(map(len, old))
    if not cells:
        return 0.0
    return sum(same(a) == same(b) for r, s in zip(old, new, strict=False) for a, b in zip(r, s, strict=False)) / cells


def _shape(grid: Grid) -> str:
    return f"{len(grid)} × {max(map(len, grid), default=0)}"
