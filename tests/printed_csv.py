"""Reads the open data of an edition, and compares its tables with those that a DOCX prints; knows nothing of their writer."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printed import Exhibit, spelled, squeezed
from printed_xlsx import plain

Row = dict[str, str]


@dataclass(frozen=True)
class Opened:
    files: dict[str, bytes]

    @property
    def package(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.files["datapackage.json"])
        return found

    def rows(self, path: str) -> list[Row]:
        text = self.files[path].decode("utf-8")
        assert text.endswith("\r\n"), path
        assert "\n" not in text.replace("\r\n", ""), path
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert {len(line) for line in lines} == {len(lines[0])}, path
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def opened(path: Path) -> Opened:
    with zipfile.ZipFile(path) as package:
        return Opened({name: package.read(name) for name in package.namelist()})


def unlike_tables(data: Opened, exhibits: dict[str, Exhibit], language: str) -> Iterator[str]:
    """What the tables of the open data and of a DOCX do not say alike."""
    signs = {row["code"]: row[f"printed_{language}"] for row in data.rows("codes/sign.csv")}
    tables = {label: e for label, e in exhibits.items() if e.grid}
    known = {
        r["titles"][language].partition(":")[0]: r["path"] for r in data.package["resources"] if r["path"].startswith("tables/")
    }
    paths = {squeezed(label): path for label, path in known.items()}
    yield from (f"table in one only: {label}" for label in sorted(tables.keys() ^ paths.keys()))
    for label in (k for k in tables if k in paths):
        yield from (f"{label}, {fault}" for fault in _unlike(data.rows(paths[label]), tables[label], signs, language))


def _unlike(rows: list[Row], exhibit: Exhibit, signs: dict[str, str], language: str) -> Iterator[str]:
    columns = list(dict.fromkeys(row["column"] for row in rows))
    lines: dict[str, list[Row]] = {}
    for row in rows:
        lines.setdefault(row["row"], []).append(row)
    body: list[list[Row]] = []
    block = ""
    for cells in lines.values():
        named = cells[0].get(f"block_{language}", "")
        if named and named != block:
            body.append([])
        block = named
        body.append(cells)
    depth = len(exhibit.grid) - len(body)
    heads = [
        ":".join(dict.fromkeys(squeezed(c.text) for c in column if c.text)) for column in zip(*exhibit.grid[:depth], strict=True)
    ]
    ours = [squeezed(cell[f"column_{language}"]) for cell in next(iter(lines.values()))]
    if heads[1:] != ours or len(ours) != len(columns):
        yield f"heads: {ours} / {heads[1:]}"
    for n, (cells, printed) in enumerate(zip(body, exhibit.grid[depth:], strict=True), 1):
        if not cells:
            continue
        if spelled(cells[0][f"row_{language}"]) != printed[0].text:
            yield f"row {n}: {cells[0][f'row_{language}']} / {printed[0]}"
        for c, (cell, twin) in enumerate(zip(cells, printed[1:], strict=True), 2):
            text, said = _text(cell, signs, language), plain(twin.text, language).removeprefix("+")
            spelt = "".join(signs.get(s, s) for s in cell.get("sign", "").split())
            if text != said or twin.sign not in spelt or not set(twin.mark.split(",")) <= {"", *cell.get("notes", "").split()}:
                yield f"row {n} ({printed[0].text}), column {c}: {text} {spelt} {cell.get('notes', '')} / {said} {twin.sign} {twin.mark}"


def _text(cell: Row, signs: dict[str, str], language: str) -> str:
    """As it is printed, with a point for decimals."""
    if words := cell.get(f"text_{language}", ""):
        return plain(spelled(words), language)
    own = cell.get("sign", "").split()
    if cell["value"] in ("", "0"):
        instead = [signs[s] for s in own if s in signs and not signs[s].startswith("(")]
        if instead:
            return spelled(instead[0])
        return "" if not cell["value"] else signs.get("0", "0")
    return cell["value"]
