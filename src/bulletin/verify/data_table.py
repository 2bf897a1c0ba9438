"""Whether a CSV file of open data is the table that its package describes: columns, rows, kinds of values, keys and codes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault
from bulletin.verify.listed import Listed

_KINDS = {
    "number": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "integer": re.compile(r"-?\d+"),
    "boolean": re.compile(r"true|false"),
}


def rows_of(content: bytes) -> list[list[str]]:
    """The head first. Raises ValueError."""
    try:
        return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error


def check_table(
    name: str, file: Listed, rows: Sequence[Sequence[str]], known: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """The first fault of each kind; `known`: what may stand in a column of codes."""
    columns = list(file.kinds)
    odd = next((n for n, row in enumerate(rows, 1) if len(row) != len(columns) or (n == 1 and row != columns)), 0 if rows else 1)
    if odd:
        yield fault("verify-data-columns", name, part=file.path, line=odd)
        return
    if file.rows not in (-1, len(rows) - 1):
        yield fault("verify-data-rows", name, part=file.path, found=len(rows) - 1, said=file.rows)
    for line, column, value in islice(_wrong_values(file, rows, known), 1):
        yield fault("verify-data-value", name, part=file.path, line=line, column=column, found=value[:60])
    places = [columns.index(k) for k in file.key if k in columns]
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows[1:] if places else (), 2):
        key = tuple(row[p] for p in places)
        if key in seen:
            yield fault("verify-data-key", name, part=file.path, line=line, found=", ".join(key)[:120])
            break
        seen.add(key)


def _wrong_values(
    file: Listed, rows: Sequence[Sequence[str]], known: Mapping[str, Collection[str]]
) -> Iterator[tuple[int, str, str]]:
    """Line, column and value of whatever cannot stand there."""
    checks = [
        (n, column, _KINDS.get(kind), column in file.required, known.get(column))
        for n, (column, kind) in enumerate(file.kinds.items())
        if kind in _KINDS or column in file.required or column in known
    ]
    for line, row in enumerate(rows[1:], 2):
        for n, column, shape, required, codes in checks:
            value = row[n]
            if (
                (required and not value)
                or (value and shape and not shape.fullmatch(value))
                or (value and codes is not None and value not in codes)
            ):
                yield line, column, value
