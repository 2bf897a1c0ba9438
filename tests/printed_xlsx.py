"""Reads what a workbook of tables says, sheet by sheet, in the shape in which a DOCX prints the same tables; knows nothing of its writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from printed import BLANK, Cell, Exhibit, spelled, squeezed

_CODE = re.compile(r'\+?#,##0(?:\.(0+))?(?:"(.*)")?')
_MARKS = {"pt": ",", "en": "."}


@dataclass(frozen=True)
class Sheet:
    """Heads of the columns on one line each, and the rows, those that head a block included."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_xlsx(path: Path, words: dict[str, str]) -> dict[str, Sheet]:
    """Label of the table to what its sheet holds; `words`: fixed words of the language."""
    book = openpyxl.load_workbook(path)
    signs = (
        {spelt: printed for spelt, printed, *_ in _table(book[words["signs"]])[1:]} if words["signs"] in book.sheetnames else {}
    )
    front = {words[k] for k in ("workbook_cover", "contents", "signs", "notes", "sources")}
    return {
        squeezed(name): _read(book[name], {str(k): str(v) for k, v in signs.items()}, words)
        for name in book.sheetnames
        if name not in front
    }


def _table(sheet: Worksheet) -> list[tuple[object, ...]]:
    (table,) = sheet.tables.values()
    return [tuple(c.value for c in row) for row in sheet[table.ref]]


def _read(sheet: Worksheet, signs: dict[str, str], words: dict[str, str]) -> Sheet:
    (table,) = sheet.tables.values()
    head, *lines = sheet[table.ref]
    heads = [str(c.value) for c in head]
    grouped, remarked = heads[0] == words["workbook_group"], heads[-1] == words["workbook_remarks"]
    rows: list[tuple[Cell, ...]] = []
    group = words["workbook_no_group"]
    for line in lines:
        cells = list(line)
        remarks = _remarks(str(cells.pop().value), words, signs) if remarked else {}
        if grouped and (named := str(cells.pop(0).value)) != group:
            group = named
            rows.append((_said(named, words),) * (len(cells)))
        known = [_bare(h) for h in heads[1 if grouped else 0 :]]
        rows.append(
            (
                _said(str(cells[0].value), words),
                *(_cell(c, *remarks.get(name, ("", ())), signs, words) for name, c in zip(known[1:], cells[1:], strict=False)),
            )
        )
    plain_heads = heads[1 if grouped else 0 : -1 if remarked else None]
    return Sheet(tuple(_head(h, words, signs) for h in plain_heads), tuple(rows))


def _remarks(text: str, words: dict[str, str], signs: dict[str, str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Head of the column to marks of notes and printed signs."""
    found = {}
    for part in text.split("; ") if text != words["workbook_none"] else ():
        head, _, said = part.rpartition(": ")
        marks, others = _bracketed(said, words)
        found[head] = (",".join(marks), tuple(signs.get(o, o) for o in others))
    return found


def _bracketed(text: str, words: dict[str, str]) -> tuple[list[str], list[str]]:
    note = re.escape(words["workbook_note"]).replace(r"\{mark\}", r"(.+?)")
    pieces = re.findall(r"\[[^\]]*\]", text)
    marks = [m[1] for p in pieces if (m := re.fullmatch(rf"\[{note}\]", p))]
    return marks, [p for p in pieces if not re.fullmatch(rf"\[{note}\]", p)]


def _bare(head: str) -> str:
    return re.sub(r" \[[^\]]*\]", "", head)


def _said(text: str, words: dict[str, str]) -> Cell:
    marks, _ = _bracketed(text, words)
    bare = _bare(text) if marks else text
    return Cell(spelled("" if bare == words["workbook_blank"] else bare), ",".join(marks))


def _head(text: str, words: dict[str, str], signs: dict[str, str]) -> str:
    marks, others = _bracketed(text, words)
    return squeezed(_bare(text)) + "".join(marks) + "".join(signs.get(o, o) for o in others)


def _cell(cell: SheetCell, marks: str, after: tuple[str, ...], signs: dict[str, str], words: dict[str, str]) -> Cell:
    zero = signs.get("0", "0")
    if cell.data_type != "n":
        text = str(cell.value)
        return Cell(signs.get(text, spelled("" if text == words["workbook_blank"] else text)), marks, "".join(after))
    code = cell.number_format
    if code == "0" and not cell.value:
        low = [s for s in after if s == signs.get("[low]")]
        return Cell(low[0] if low else zero, marks, "".join(s for s in after if s not in low))
    shape = _CODE.match(code)
    assert shape, (cell.coordinate, code)
    decimals = len(shape[1] or "")
    value = float(str(cell.value))
    assert abs(round(value, decimals) - value) < 1e-9 * max(1, abs(value)), (cell.coordinate, value, "more than is printed")
    sign = "+" if code.startswith("+") and value > 0 else ""
    return Cell(f"{sign}{value:.{decimals}f}{squeezed(shape[2] or '')}", marks, "".join(after))


def as_sheet(exhibit: Exhibit, rows: int, language: str) -> Sheet:
    """A table of a DOCX in the same shape; `rows`: below its heads."""
    depth = len(exhibit.grid) - rows
    heads = []
    for column in zip(*exhibit.grid[:depth], strict=True):
        levels: list[Cell] = []
        for found in column:
            if found != BLANK and found not in levels:
                levels.append(found)
        heads.append(":".join(squeezed(c.text) + c.mark.replace(",", "") + c.sign for c in levels))
    body = tuple(tuple(Cell(plain(c.text, language), c.mark, c.sign) for c in row) for row in exhibit.grid[depth:])
    return Sheet(tuple(heads), body)


def plain(text: str, language: str) -> str:
    """A figure with a point for its decimals and no marks between thousands."""
    mark = _MARKS[language]
    other = "." if mark == "," else ","
    shape = re.fullmatch(rf"([+−-]?)(\d[\d\s{other}]*(?:{re.escape(mark)}\d+)?)(\D*)", text)
    if not shape:
        return text
    digits = re.sub(rf"[\s{other}]", "", shape[2]).replace(mark, ".")
    return shape[1].replace("−", "-") + digits + squeezed(shape[3])


def unequal(sheets: dict[str, Sheet], exhibits: dict[str, Exhibit], language: str) -> Iterator[str]:
    """What a workbook and a DOCX do not say alike; a year or a code is a figure in one and a word in the other."""
    tables = {label: e for label, e in exhibits.items() if e.grid}
    yield from (f"table in one only: {label}" for label in sorted(tables.keys() ^ sheets.keys()))
    for label in (k for k in tables if k in sheets):
        ours = sheets[label]
        theirs = as_sheet(tables[label], len(ours.rows), language)
        if theirs.heads[1:] != tuple(ours.heads[1:]):
            yield f"{label}, heads: {ours.heads} / {theirs.heads}"
        for n, (row, twin) in enumerate(zip(ours.rows, theirs.rows, strict=True), 1):
            for c, (x, y) in enumerate(zip(row, twin, strict=True), 1):
                if Cell(plain(x.text, language), x.mark, x.sign) != y and x != y:
                    yield f"{label}, row {n} ({row[0].text}), column {c}: {x} / {y}"
