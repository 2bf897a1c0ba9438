"""The messy workbooks of a project read a second time by their maps, for the words of the map that the projects use; shares no code
with the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string

WORDS = {
    "sheet", "hidden", "superscript", "footnote", "missing", "header_rows", "columns", "across", "map", "drop", "until", "groups",
    "decimal", "constants", "marks", "first_column", "last_column",
}  # fmt: skip


def mapped_rows(path: Path, spec: dict) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and canonical columns of every figure; a missing one that the map passes over is left out."""
    shared = {k: v for k, v in spec.items() if k != "tables"}
    sheet = openpyxl.load_workbook(path, rich_text=True)[shared["sheet"]]
    for own in spec["tables"]:
        table = {**shared, **own}
        assert set(table) <= WORDS, set(table) - WORDS
        yield from _table(sheet, table)


def _table(sheet, table: dict) -> Iterator[tuple[str, dict[str, str]]]:  # type: ignore[no-untyped-def]
    first, last = (column_index_from_string(table.get(k, d)) for k, d in (("first_column", "A"), ("last_column", "Z")))
    shown = [c for c in range(first, last + 1) if not sheet.column_dimensions[openpyxl.utils.get_column_letter(c)].hidden]
    heads = {row: {c: _words(sheet.cell(row, c), table)[0] for c in shown} for row in table["header_rows"]}
    ((name, said),) = table["columns"].items()
    stub = next((c for row in heads.values() for c, text in row.items() if " ".join(text.split()) == said), 0)
    stub = stub or column_index_from_string(said)
    for row in range(max(table["header_rows"]) + 1, sheet.max_row + 1):
        label, _ = _words(sheet.cell(row, stub), table)
        if not label or ("until" in table and re.match(table["until"], label)):
            return
        if any(re.fullmatch(d, label) for d in table.get("drop", ())):
            continue
        for column in shown:
            text, marks = _words(sheet.cell(row, column), table)
            if column == stub or not heads[table["header_rows"][0]][column] or table["missing"].get(text) == "ignore":
                continue
            found = {**table["constants"], name: _code(label, "", table["map"][name])}
            for head in table["across"]:
                found[head["column"]] = _code(heads[head["row"]][column], head.get("regex", ""), head.get("map"))
            for mark in marks:
                found |= table["marks"][mark]
            found["OBS_VALUE"] = re.sub(r"[\s\u00a0\u2009.]", "", text)
            yield sheet.cell(row, column).coordinate, found


def _words(cell, table: dict) -> tuple[str, list[str]]:  # type: ignore[no-untyped-def]
    value = cell.value
    if value is None:
        return "", []
    if hasattr(value, "date"):
        return value.date().isoformat(), []
    marks = []
    text = str(value)
    if isinstance(value, CellRichText):
        raised = [str(r) for r in value if getattr(getattr(r, "font", None), "vertAlign", "") == "superscript"]
        marks += raised
        text = "".join(str(r) for r in value if str(r) not in raised)
    found = re.search(rf"\s*({table['footnote']})$", text)
    if found and len(text) < 20:
        marks.append(found[1])
        text = text[: found.start()]
    return text.strip(), marks


def _code(text: str, pattern: str, codes: dict[str, str] | None) -> str:
    text = " ".join(text.split())
    if pattern:
        text = re.search(pattern, text)[1]
    if codes is None:
        return text
    both = {codes[part] for part in re.split(r" / ", text) if part in codes} if text not in codes else {codes[text]}
    assert len(both) == 1, text
    return both.pop()
