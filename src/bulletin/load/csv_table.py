"""Canonical CSV read whole, vectorised: encoding, separator, shape and characters are checked before any value is looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.limits import CSV_COLUMNS, CSV_FIELD, CSV_ROWS, Limit
from bulletin.load.nearest import nearest
from bulletin.load.sheet import Sheet, SheetCell
from bulletin.load.table import HEADERS, REQUIRED, Left, Table, refused
from bulletin.load.text_file import FORBIDDEN, as_windows, decode
from bulletin.model.edition import DataFile
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

SEPARATORS = (",", ";", "\t")
_SHOWN = 20


@dataclass(frozen=True)
class Grid:
    """A CSV file as texts: one row per line of the file, with the line each begins at."""

    rows: pd.DataFrame
    """Columns 0, 1, … of category type."""
    lines: npt.NDArray[np.int64]
    read: int
    """All lines after the header."""
    wrong: tuple[int, ...]
    """Lines of another width."""
    blank: int


def open_text(content: bytes, file: str, declared: DataFile | None) -> tuple[str | None, list[Finding]]:
    """Text of a data file with Unix line ends; None when it cannot be read for certain."""
    findings: list[Finding] = []
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        return None, [Finding("empty-file", Severity.ERROR, Place(file))]
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return None, [Finding("csv-is-workbook", Severity.ERROR, Place(file))]
    decoded = decode(content, declared.encoding if declared else None)
    windows = None if decoded else as_windows(content)
    if windows is not None:
        findings.append(Finding("encoding-windows", Severity.WARNING, Place(file)))
        decoded = windows, "windows"
    if decoded is None:
        return None, [Finding("unknown-encoding", Severity.ERROR, Place(file))]
    text, encoding = decoded
    if encoding == "cp1252":
        findings.append(Finding("encoding-declared", Severity.INFO, Place(file), parameters={"encoding": "Windows-1252"}))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = text.count("\n")
    if rows > CSV_ROWS.most:
        return None, [*findings, _too_large(file, "rows", rows, CSV_ROWS)]
    bad = [m for _, m in zip(range(_SHOWN), FORBIDDEN.finditer(text), strict=False)]
    for found in bad:
        line = text.count("\n", 0, found.start()) + 1
        findings.append(
            Finding(
                "forbidden-character",
                Severity.ERROR,
                Place(file, cell=str(line)),
                parameters={"character": f"U+{ord(found[0]):04X}"},
            )
        )
    head = text.find("\n") if rows else len(text)
    if head > CSV_FIELD.most:
        findings.append(_too_large(file, "heads", head, CSV_FIELD))
        return None, findings
    return (None if bad else text), findings


def _too_large(file: str, what: str, found: int, limit: Limit) -> Finding:
    parameters: dict[str, Parameter] = {"what": what, "found": found, "limit": limit.most}
    return Finding(limit.rule, Severity.ERROR, Place(file), parameters=parameters)


def sniff_separator(header: str, known: Sequence[str] = tuple(HEADERS)) -> str | None:
    """The separator under which most of the header's fields are known names; None when two fit equally or none does."""
    names = {k.casefold() for k in known}
    scores = {s: sum(f.strip().casefold() in names for f in next(csv.reader([header], delimiter=s))) for s in SEPARATORS}
    best = max(scores.values())
    winners = [s for s, score in scores.items() if score == best]
    if best >= 1 and len(winners) == 1:
        return winners[0]
    present = [s for s in SEPARATORS if s in header]
    return present[0] if len(present) == 1 else None


def read_grid(text: str, file: str, separator: str, skip: int = 0, width: int | None = None) -> tuple[Grid | None, list[Finding]]:
    """All rows after the first `skip`, as texts; rows of another width than the first are refused with their line."""
    import numpy as np
    import pandas as pd

    if not text.endswith("\n"):
        text += "\n"
    raw = text.encode("utf-8")
    octets = np.frombuffer(raw, dtype=np.uint8)
    newline = octets == 10
    cut = octets == ord(separator)
    if 34 in octets:
        inside = np.cumsum(octets == 34, dtype=np.uint8) & 1 == 1
        wrong_quote = _stray(octets, separator)
        if inside[-1] or wrong_quote is not None:
            at = str(raw.count(b"\n", 0, wrong_quote) + 1) if wrong_quote is not None else ""
            return None, [Finding("csv-quotes", Severity.ERROR, Place(file, cell=at))]
        ends = np.flatnonzero(newline & ~inside)
        cut &= ~inside
        cumulated = np.cumsum(newline, dtype=np.int64)[ends]
        lines = np.concatenate(([1], cumulated[:-1] + 1))
        del inside, cumulated
    else:
        ends = np.flatnonzero(newline)
        lines = np.arange(1, len(ends) + 1, dtype=np.int64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    cuts = np.flatnonzero(cut)
    counts = np.searchsorted(cuts, ends) - np.searchsorted(cuts, starts)
    blank = (ends - starts) == counts
    del newline, cut, cuts
    data = np.arange(len(ends)) >= skip
    expected = int(counts[0]) if width is None else width - 1
    wrong = data & ~blank & (counts != expected)
    findings = [
        Finding(
            "row-width",
            Severity.ERROR,
            Place(file, cell=str(lines[n])),
            parameters={"found": int(counts[n]) + 1, "expected": expected + 1},
        )
        for n in np.flatnonzero(wrong)[:_SHOWN]
    ]
    total = int(wrong.sum())
    if total > _SHOWN:
        findings.append(
            Finding("more-of-the-same", Severity.ERROR, Place(file), parameters={"rule": "row-width", "count": total - _SHOWN})
        )
    keep = data & ~blank & ~wrong
    read = int(data.sum())
    wrong_lines = tuple(int(n) for n in lines[wrong])
    if not keep.any():
        findings.append(Finding("no-rows", Severity.WARNING if not total else Severity.ERROR, Place(file)))
        return Grid(pd.DataFrame(), lines[:0], read, wrong_lines, int((data & blank).sum())), findings
    if keep[skip:].all() and skip < len(starts):
        body = raw[int(starts[skip]) :]
    else:
        body = b"".join(raw[s : e + 1] for s, e in zip(starts[keep].tolist(), ends[keep].tolist(), strict=True))
    frame = pd.read_csv(
        io.BytesIO(body),
        sep=separator,
        header=None,
        names=list(range(expected + 1)),
        # Not "category": its categories would be inferred, and a code such as 01 would become the number 1.
        dtype=str,
        keep_default_na=False,
        na_filter=False,
        index_col=False,
        engine="c",
        low_memory=False,
        encoding="utf-8",
        skip_blank_lines=False,
    )
    del body
    frame = pd.DataFrame({name: frame.pop(name).astype("category") for name in list(frame.columns)})
    if len(frame) != int(keep.sum()):
        return None, [*findings, Finding("csv-quotes", Severity.ERROR, Place(file))]
    return Grid(frame, lines[keep], read, wrong_lines, int((data & blank).sum())), findings


def _stray(octets: npt.NDArray[np.uint8], separator: str) -> int | None:
    """Where a quotation mark stands inside a field: readers differ in what they make of it. Quotes open a field, close it, or are
    doubled."""
    import numpy as np

    quotes = np.flatnonzero(octets == 34)
    edges = (10, 34, ord(separator))
    opening, closing = quotes[::2], quotes[1::2]
    wrong = opening[(opening > 0) & ~np.isin(octets[opening - 1], edges)]
    after = closing[closing + 1 < len(octets)]
    wrong = np.concatenate((wrong, after[~np.isin(octets[after + 1], edges)]))
    return int(wrong.min()) if len(wrong) else None


def read_canonical(content: bytes, file: str, declared: DataFile | None) -> Table:
    """A CSV with the canonical header; every fault of its shape is among the findings."""
    text, findings = open_text(content, file, declared)
    if text is None:
        return refused(file, "", findings)
    header_line, _, rest = text.partition("\n")
    separator = (declared.separator if declared else None) or sniff_separator(header_line)
    if separator is None:
        return refused(file, "", [*findings, Finding("unknown-separator", Severity.ERROR, Place(file, cell="1"))])
    names = [name.strip() for name in next(csv.reader([header_line], delimiter=separator))]
    if len(names) > CSV_COLUMNS.most:
        return refused(file, "", [*findings, _too_large(file, "columns", len(names), CSV_COLUMNS)])
    columns, faults = known_columns(names, Place(file, cell="1"))
    findings += faults
    missing = [name for name in REQUIRED if HEADERS[name] not in columns.values()]
    if missing:
        findings.append(
            Finding("missing-columns", Severity.ERROR, Place(file, cell="1"), parameters={"names": ", ".join(missing)})
        )
        return refused(file, "", findings)
    findings += cut_off(text, file)
    if not rest.strip():
        findings.append(Finding("no-rows", Severity.WARNING, Place(file)))
        return refused(file, "", findings)
    grid, faults = read_grid(text, file, separator, skip=1, width=len(names))
    findings += faults
    if grid is None:
        return refused(file, "", findings)
    findings += other_count(grid.read - grid.blank, file, declared)
    rejected = {"row-width": len(grid.wrong)} if grid.wrong else {}
    ignored = {"blank": grid.blank} if grid.blank else {}
    left = tuple(Left(str(n), "row-width") for n in grid.wrong)
    frame = grid.rows
    if not frame.empty:
        frame = frame[list(columns)].rename(columns=columns)
        frame["cell"] = grid.lines.astype(str).astype(object)
    decimal = declared.decimal if declared else None
    return Table(file, "", frame, grid.read, rejected, ignored, tuple(findings), decimal, left=left)


def cut_off(text: str, file: str) -> list[Finding]:
    """A last line without its end may be half a line."""
    if text.endswith("\n"):
        return []
    return [Finding("no-final-newline", Severity.ERROR, Place(file, cell=str(text.count("\n") + 1)))]


def other_count(found: int, file: str, declared: DataFile | None) -> list[Finding]:
    """The sender's count of rows against those in the file."""
    if declared is None or declared.rows is None or declared.rows == found:
        return []
    return [Finding("row-count-differs", Severity.ERROR, Place(file), parameters={"found": found, "expected": declared.rows})]


def known_columns(names: Sequence[str], where: Place) -> tuple[dict[int, str], list[Finding]]:
    """Position to column; unknown, empty and repeated names are findings."""
    upper = {k.casefold(): v for k, v in HEADERS.items()}
    columns: dict[int, str] = {}
    findings: list[Finding] = []
    for n, name in enumerate(names):
        column = upper.get(name.casefold())
        if column is None:
            near = nearest(name, HEADERS) if name else ""
            findings.append(
                Finding(
                    "unknown-column",
                    Severity.ERROR,
                    Place(where.file, where.sheet, where.cell),
                    parameters={"name": name or f"#{n + 1}", "nearest": near or ", ".join(HEADERS)},
                )
            )
        elif column in columns.values():
            findings.append(Finding("repeated-column", Severity.ERROR, where, parameters={"name": name}))
        else:
            columns[n] = column
    return columns, findings


def sheet_of_text(text: str, file: str, separator: str) -> tuple[Sheet | None, list[Finding]]:
    """A messy CSV file as a sheet of texts, so that one mapping serves all formats; its rows may differ in width."""
    cells: list[SheetCell] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            cells += [SheetCell(line, n + 1, "s", t) for n, field in enumerate(row) if (t := field.strip())]
            line = reader.line_num + 1
    except csv.Error:
        return None, [Finding("csv-quotes", Severity.ERROR, Place(file, cell=str(line)))]
    widest = max((c.column for c in cells), default=0)
    if widest > CSV_COLUMNS.most:
        return None, [_too_large(file, "columns", widest, CSV_COLUMNS)]
    return Sheet("", False, tuple(cells)), []
