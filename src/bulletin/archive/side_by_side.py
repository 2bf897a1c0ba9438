"""Figures of several editions side by side: a row for each edition, place and source, and nothing ever joined across them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from bulletin.archive.published import Published, Row
from bulletin.document.site import Board, Measure, Said, Series, Value, commonest, is_alike, is_same
from bulletin.model.codes import DIMENSIONS, TOTAL, ObsStatus
from bulletin.model.period import Period
from bulletin.model.text import LocalText


@dataclass(frozen=True)
class _Cell:
    """An observation in the edition that publishes it last."""

    edition: str
    row: Row
    former: tuple[tuple[str, str], ...] = ()


def side_by_side(published: Sequence[Published], themes: Mapping[str, str], outside: Collection[str] = ()) -> tuple[Measure, ...]:
    """Of every indicator with an observation, in the order of `themes` (indicator to theme), a country's own after them. `published`:
    editions by country, the newest first: what two of a country publish is shown as the newer has it. `outside`: areas of no country."""
    cells = _newest(published)
    places = {name: n for n, name in enumerate(themes)}
    names = sorted(cells, key=lambda name: (places.get(name, len(places)), name))
    return tuple(_measure(name, cells[name], published, themes.get(name, ""), outside) for name in names)


def _newest(published: Sequence[Published]) -> dict[str, list[_Cell]]:
    """By indicator. A figure that an older edition has too is the newer one's, with what the older one printed where it differs; what
    the newer one hides, nobody shows."""
    found: dict[tuple[str, str, tuple[str, ...], str], _Cell] = {}
    for one in published:
        for row in one.rows:
            key = (one.edition.country, row.indicator, tuple(row.coordinates[d] for d in DIMENSIONS), row.period)
            newer = found.get(key)
            if newer is None:
                found[key] = _Cell(one.edition.id, row)
            elif newer.edition != one.edition.id and _is_other(newer.row, row):
                found[key] = replace(newer, former=(*newer.former, (one.edition.id, row.value)))
    cells: dict[str, list[_Cell]] = defaultdict(list)
    for cell in found.values():
        cells[cell.row.indicator].append(cell)
    return cells


def _is_other(newer: Row, older: Row) -> bool:
    """Both print a figure from the same source, and not the same."""
    return newer.sources == older.sources and bool(newer.value and older.value) and _printed(newer) != _printed(older)


def _printed(row: Row) -> Decimal:
    return Decimal(row.value).quantize(Decimal(1).scaleb(-max(row.decimals, 0)), ROUND_HALF_UP)


def _measure(name: str, cells: Sequence[_Cell], published: Sequence[Published], theme: str, outside: Collection[str]) -> Measure:
    described = [
        (p, p.described[name]) for p in published if name in p.described and any(c.edition == p.edition.id for c in cells)
    ]
    scales = {p.edition.id: said.scale for p, said in described}
    rows = _quoted(list(_rows(cells, scales, published, outside)), published)
    return Measure(
        name,
        commonest([said.name for _, said in described]),
        theme,
        tuple(_said_by((p.edition.id, said.definition) for p, said in described)),
        tuple(_said_by((p.edition.id, said.limits) for p, said in described)),
        tuple(dict.fromkeys(c.row.unit for c in cells)),
        next((said.time_basis for _, said in described if said.time_basis), ""),
        next((said.series for _, said in described if said.series), ""),
        next((said.sdg for _, said in described if said.sdg), ""),
        next((said.ilo for _, said in described if said.ilo), ""),
        tuple(_boards(rows)),
    )


def _said_by(texts: Iterable[tuple[str, LocalText]]) -> Iterator[Said]:
    """Editions that say the same together."""
    found: list[list[tuple[str, LocalText]]] = []
    for edition, text in texts:
        if text:
            group = next((g for g in found if is_same(g[0][1], text)), None)
            if group is None:
                found.append([(edition, text)])
            else:
                group.append((edition, text))
    return (Said(commonest([text for _, text in group]), tuple(edition for edition, _ in group)) for group in found)


def _rows(
    cells: Sequence[_Cell], scales: Mapping[str, int], published: Sequence[Published], outside: Collection[str]
) -> Iterator[Series]:
    countries = {p.edition.id: p.edition.country for p in published}
    grouped: dict[tuple[object, ...], list[_Cell]] = defaultdict(list)
    for cell in cells:
        row = cell.row
        codes = tuple(row.coordinates[d] for d in DIMENSIONS)
        length = Period.parse(row.period).months
        grouped[(cell.edition, codes, row.unit, row.sources, row.illustrative, length)].append(cell)
    order = _order(published)
    for group in sorted(grouped.values(), key=lambda g: _place(g[0], order)):
        parts = _unbroken(sorted(group, key=lambda c: Period.parse(c.row.period)))
        for number, part in enumerate(parts, 1):
            row, country = part[0].row, countries[part[0].edition]
            where = row.coordinates
            yield Series(
                country,
                part[0].edition,
                where["ref_area"],
                tuple((d, where[d]) for d in DIMENSIONS if _is_part(d, where[d], country)),
                row.unit,
                scales.get(part[0].edition, 0),
                row.sources,
                row.illustrative,
                number if len(parts) > 1 else 0,
                where["ref_area"] in outside,
                {c.row.period: _value(c) for c in part},
            )


def _quoted(rows: Sequence[Series], published: Sequence[Published]) -> list[Series]:
    """Rows of areas of no country after all others, by area; what several editions quote alike once, with their names."""
    by_name = {p.edition.id: p for p in published}
    found: list[Series] = []
    for row in (row for row in rows if row.outside):
        place = next((n for n, other in enumerate(found) if _is_quoted_alike(row, other, by_name)), None)
        if place is None:
            found.append(replace(row, quoted=(row.edition,)))
        else:
            found[place] = replace(found[place], quoted=(*found[place].quoted, row.edition))
    areas = list(dict.fromkeys(row.place for row in found))
    return [row for row in rows if not row.outside] + sorted(found, key=lambda row: areas.index(row.place))


def _is_quoted_alike(row: Series, other: Series, published: Mapping[str, Published]) -> bool:
    one, two = published[row.edition], published[other.edition]
    bare = replace(row, country=other.country, edition=other.edition, values=other.values, quoted=other.quoted)
    return (
        bare == other
        and one.edition.demonstration == two.edition.demonstration
        and all(is_alike(one.names.get(("source", s), {}), two.names.get(("source", s), {})) for s in row.sources)
        and row.values.keys() == other.values.keys()
        and all(_is_value_alike(value, other.values[period]) for period, value in row.values.items())
    )


def _is_value_alike(value: Value, other: Value) -> bool:
    return replace(value, comment=other.comment) == other and is_alike(value.comment, other.comment)


def _is_part(dimension: str, code: str, country: str) -> bool:
    return code != country if dimension == "ref_area" else code != TOTAL


def _order(published: Sequence[Published]) -> Mapping[tuple[str, str, str], int]:
    """Edition, list and code to the place that the edition's own list gives it; `(edition, "", "")`: its own place."""
    codes = {(p.edition.id, *key): n for p in published for n, key in enumerate(p.names)}
    return codes | {(p.edition.id, "", ""): n for n, p in enumerate(published)}


def _place(cell: _Cell, order: Mapping[tuple[str, str, str], int]) -> tuple[object, ...]:
    """Editions in the order given, then as the edition orders its codes, then in time."""
    row = cell.row
    codes = [order.get((cell.edition, d, row.coordinates[d]), len(order)) for d in DIMENSIONS]
    return (
        order[cell.edition, "", ""],
        codes,
        [row.coordinates[d] for d in DIMENSIONS],
        row.unit,
        row.illustrative,
        row.period,
        row.sources,
    )


def _unbroken(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """In time; a figure that breaks with those before it begins another row."""
    parts: list[list[_Cell]] = []
    for cell in cells:
        if not parts or ObsStatus.BREAK in cell.row.statuses:
            parts.append([])
        parts[-1].append(cell)
    return parts


def _value(cell: _Cell) -> Value:
    row = cell.row
    return Value(row.value, row.decimals, row.statuses, row.hidden, row.comment, row.ref_date, cell.former)


def _boards(rows: Sequence[Series]) -> Iterator[Board]:
    """Whole countries first, then by what is broken down, the coarser first, areas of no country at the end."""
    grouped: dict[tuple[bool, tuple[str, ...], int], list[Series]] = defaultdict(list)
    for row in rows:
        by = tuple(d for d, _ in row.codes)
        grouped[(row.outside, by, Period.parse(next(iter(row.values))).months)].append(row)
    places = {d: n for n, d in enumerate(DIMENSIONS)}
    for outside, by, months in sorted(grouped, key=lambda key: (key[0], len(key[1]), [places[d] for d in key[1]], -key[2])):
        board = grouped[(outside, by, months)]
        periods = sorted({p for row in board for p in row.values}, key=Period.parse)
        yield Board(by, outside, months, tuple(periods), tuple(board))
