"""The record of what was sent out as JSON, whole or without its texts, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import get_args

from bulletin.document.lines import encoded_items
from bulletin.document.serial import Json
from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.issued import BlockKind, Issued, IssuedBlock, IssuedChart, IssuedTable, Span

SCHEMA = "bulletin-issued/1"
BRIEF = "bulletin-issued-brief/1"
"""Without texts: what the Word file itself carries."""


def encode_issued(issued: Issued) -> bytes:
    """A block, a table, a text of a fact a line."""
    blocks: list[Json] = [_block(b, brief=False) for b in issued.blocks]
    tables: list[Json] = [
        {"id": t.id, "bookmark": t.bookmark, "grid": _rows(t.grid), "facts": _rows(t.facts), "marks": _rows(t.marks)}
        for t in issued.tables
    ]
    charts: list[Json] = [
        {"id": c.id, "rows": [list(r) for r in c.rows], "facts": [list(r) for r in c.facts]} for c in issued.charts
    ]
    texts: list[Json] = [[fact, dict(sorted(said.items()))] for fact, said in sorted(issued.texts.items())]
    return encoded_items(_head(issued, SCHEMA), {"blocks": blocks, "tables": tables, "charts": charts, "texts": texts})


def encode_brief(issued: Issued) -> bytes:
    """The same without texts: of a block the digest and what is no plain word in it, of a table its shape."""
    blocks: list[Json] = [_block(b, brief=True) for b in issued.blocks]
    tables: list[Json] = [
        {"id": t.id, "bookmark": t.bookmark, "shape": [len(t.grid), len(t.grid[0]) if t.grid else 0]} for t in issued.tables
    ]
    whole: dict[str, Json] = {**_head(issued, BRIEF), "blocks": blocks, "tables": tables, "charts": [c.id for c in issued.charts]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _rows(grid: Sequence[Sequence[str]]) -> Json:
    return [list(row) for row in grid]


def _head(issued: Issued, schema: str) -> dict[str, Json]:
    return {
        "schema": schema,
        "build": issued.build,
        "edition": issued.edition,
        "project": issued.project,
        "languages": list(issued.languages),
        "author": issued.author,
    }


def _block(block: IssuedBlock, *, brief: bool) -> Json:
    """What is empty is left out."""
    said: dict[str, Json] = {
        "id": block.id,
        "language": block.language,
        "bookmark": block.bookmark,
        "kind": block.kind,
        "text": "" if brief else block.text,
        "digest": block.digest,
        "spans": [[s.start, s.text, s.kind, s.ref] for s in block.spans],
        "generated": block.generated,
        "section": block.section,
        "editable": block.editable,
        "source": block.source,
        "lead": "" if brief else block.lead,
        "tail": "" if brief else block.tail,
    }
    return {k: v for k, v in said.items() if v not in ("", [])}


def decode_issued(data: bytes, label: str = "") -> Issued:
    """Either form. Raises ConfigError, with a finding that names `label`, for anything else."""
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or found.get("schema") not in (SCHEMA, BRIEF):
            raise ValueError("schema")
        return _issued(found)
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        detail = f"{type(fault).__name__}: {fault}"[:120]
        finding = Finding("issued-malformed", Severity.ERROR, Place(label), label, {"detail": detail})
        raise ConfigError([finding]) from fault


def _issued(found: Mapping[str, Json]) -> Issued:
    blocks = tuple(_read_block(b, n) for n, b in enumerate(_items(found["blocks"])))
    names = [b.bookmark for b in blocks]
    if len(set(names)) < len(names):
        raise ValueError("bookmark")
    texts = {
        _text(fact): {_text(k): _text(v) for k, v in _map(said).items()}
        for fact, said in map(_pair, _list(found.get("texts", [])))
    }
    return Issued(
        _text(found["build"]),
        _text(found["edition"]),
        _text(found["project"]),
        _texts(found["languages"]),
        blocks,
        tuple(_read_table(t) for t in _items(found.get("tables", []))),
        tuple(_read_chart(c) for c in _list(found.get("charts", []))),
        texts,
        _text(found.get("author", "")),
    )


def _read_block(block: Mapping[str, Json], order: int) -> IssuedBlock:
    kind = _text(block["kind"])
    if kind not in get_args(BlockKind):
        raise ValueError("kind")
    text = _text(block.get("text", ""))
    spans = tuple(_read_span(s, text) for s in _list(block.get("spans", [])))
    return IssuedBlock(
        _text(block["id"]),
        _text(block["language"]),
        _text(block["bookmark"]),
        kind,  # type: ignore[arg-type]
        order,
        text,
        _text(block["digest"]),
        spans,
        _text(block.get("generated", "")),
        _text(block.get("section", "")),
        block.get("editable") is True,
        _text(block.get("source", "")),
        _text(block.get("lead", "")),
        _text(block.get("tail", "")),
    )


def _read_span(span: Json, text: str) -> Span:
    start, said, kind, ref = _list(span)
    if not isinstance(start, int) or isinstance(start, bool) or start < 0 or kind not in ("number", "literal", "reference"):
        raise ValueError("span")
    found = Span(start, _text(said), kind, _text(ref))  # type: ignore[arg-type]
    if text and text[found.start : found.end] != found.text:
        raise ValueError("span")
    return found


def _read_table(table: Mapping[str, Json]) -> IssuedTable:
    name, mark = _text(table["id"]), _text(table["bookmark"])
    if "shape" in table:
        rows, columns = _list(table["shape"])
        if not isinstance(rows, int) or not isinstance(columns, int) or not 0 <= rows * columns <= 1_000_000:
            raise ValueError("shape")
        empty = (("",) * columns,) * rows
        return IssuedTable(name, mark, empty, empty)
    grid = tuple(_texts(r) for r in _list(table["grid"]))
    facts = tuple(_texts(r) for r in _list(table["facts"]))
    marks = tuple(_texts(r) for r in _list(table.get("marks", [])))
    if [len(r) for r in grid] != [len(r) for r in facts] or (marks and [len(r) for r in grid] != [len(r) for r in marks]):
        raise ValueError("grid")
    return IssuedTable(name, mark, grid, facts, marks)


def _read_chart(chart: Json) -> IssuedChart:
    if isinstance(chart, str):
        return IssuedChart(chart, ())
    found = _map(chart)
    rows = tuple(_texts(r) for r in _list(found["rows"]))
    facts = tuple(_texts(r) for r in _list(found.get("facts", [])))
    if facts and [len(r) for r in rows] != [len(r) for r in facts]:
        raise ValueError("rows")
    return IssuedChart(_text(found["id"]), rows, facts)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40}")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r:.40}")
    return value


def _pair(value: Json) -> tuple[Json, Json]:
    first, second = _list(value)
    return first, second


def _map(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r:.40}")
    return value


def _items(value: Json) -> list[dict[str, Json]]:
    return [_map(v) for v in _list(value)]


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(_text(v) for v in _list(value))
