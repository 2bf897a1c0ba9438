"""Charts that can be edited in Word: what their workbooks hold now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bulletin.errors import ReviewError
from bulletin.model.reviewed import ReadChart
from bulletin.review.package import Package, main_part, unpacked
from bulletin.review.wordml import CHART, R

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_STORES = tuple(f"{CHART}{name}" for name in ("numCache", "numLit", "strCache", "strLit"))
_ROWS, _COLUMNS = 5000, 200
"""Of a workbook behind a chart; cells further out are none of its data."""


def read_charts(package: Package, main: str, drawings: Sequence[tuple[str, str]]) -> tuple[ReadChart, ...]:
    """`drawings`: name and relationship of each, in reading order."""
    parts = {r.id: r.part for r in package.relationships(main)}
    charts = []
    for name, relation in drawings:
        part = parts.get(relation, "")
        root = package.xml(part) if part else None
        if root is not None:
            charts.append(ReadChart(name, _workbook(package, part, root) or _remembered(root)))
    return tuple(charts)


def _workbook(package: Package, part: str, root: Element) -> tuple[tuple[str, ...], ...]:
    """Rows of the first sheet; empty where the chart has no workbook in the file that can be read."""
    wanted = root.find(f"{CHART}externalData")
    relation = "" if wanted is None else wanted.get(f"{R}id", "")
    inside = next((r.part for r in package.relationships(part) if r.id == relation and r.part), "")
    data = package.data(inside) if inside else None
    if not data or not data.startswith(b"PK"):
        return ()
    try:
        return _first_sheet(package, data)
    except ReviewError:
        return ()


def _first_sheet(package: Package, data: bytes) -> tuple[tuple[str, ...], ...]:
    book = unpacked(data, package.file)
    book.read = package.read
    main = main_part(book)
    listed = book.xml(main) if main else None
    first = listed.find(f"{_S}sheets/{_S}sheet") if listed is not None else None
    names = {r.id: r.part for r in book.relationships(main)}
    sheet = book.xml(names.get(first.get(f"{R}id", ""), "")) if first is not None else None
    strings = book.one(main, "sharedStrings")
    shared = [_words(e) for e in strings.iterfind(f"{_S}si")] if strings is not None else []
    package.read = book.read
    return _grid(_cells(sheet, shared)) if sheet is not None else ()


def _cells(sheet: Element, shared: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for cell in sheet.iter(f"{_S}c"):
        found = _ADDRESS.fullmatch(cell.get("r", ""))
        if not found:
            continue
        row, column = int(found[2]) - 1, _column(found[1]) - 1
        if row >= _ROWS or column >= _COLUMNS:
            continue
        kind, raw = cell.get("t", "n"), cell.findtext(f"{_S}v") or ""
        if kind == "s":
            text = shared[int(raw)] if raw.isascii() and raw.isdigit() and int(raw) < len(shared) else ""
        elif kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            text = "" if inline is None else _words(inline)
        else:
            text = number(raw) if kind == "n" else raw
        if text:
            yield row, column, text


def _grid(cells: Iterator[tuple[int, int, str]]) -> tuple[tuple[str, ...], ...]:
    known = {(row, column): text for row, column, text in cells}
    if not known:
        return ()
    rows, columns = max(r for r, _ in known) + 1, max(c for _, c in known) + 1
    return tuple(tuple(known.get((row, column), "") for column in range(columns)) for row in range(rows))


def _remembered(root: Element) -> tuple[tuple[str, ...], ...]:
    """What the chart itself remembers of a workbook that is lost: categories down, series across, as its workbook had them."""
    columns: list[dict[int, str]] = []
    heads = [""]
    for series in root.iter(f"{CHART}ser"):
        if not columns:
            columns.append(_points(series.find(f"{CHART}cat")))
        heads.append(" ".join(_points(series.find(f"{CHART}tx")).values()))
        columns.append(_points(series.find(f"{CHART}val")))
    if not columns:
        return ()
    length = min(max((max(c, default=-1) for c in columns), default=-1) + 1, _ROWS)
    return (tuple(heads), *(tuple(c.get(row, "") for c in columns) for row in range(length)))


def _points(element: Element | None) -> dict[int, str]:
    if element is None:
        return {}
    found = {}
    for store in element.iter(*_STORES):
        for point in store.iterfind(f"{CHART}pt"):
            index, text = point.get("idx", ""), point.findtext(f"{CHART}v") or ""
            if index.isascii() and index.isdigit() and int(index) < _ROWS:
                found[int(index)] = number(text) if str(store.tag).startswith(f"{CHART}num") else text
    return found


def number(text: str) -> str:
    """`1.2E1` → `12`: no exponent, no zeros at the end; what is no number stays as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return text
    # Programs store binary fractions in seventeen digits and show fifteen.
    short = format(Decimal(f"{float(value):.15g}"), "f")
    return (short.rstrip("0").rstrip(".") if "." in short else short) or "0"


def _words(element: Element) -> str:
    """Without the reading aids of East Asian texts."""
    return "".join(e.text or "" for path in (f"{_S}t", f"{_S}r/{_S}t") for e in element.iterfind(path))


def _column(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total
