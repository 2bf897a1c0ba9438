"""What an outline names must exist and what it asks for be possible, whoever wrote it: indicators, periods, dimensions, kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bulletin.load.nearest import nearest
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Finding, Severity
from bulletin.model.outline import CHART_HEIGHT, CHART_KINDS, LIST_KINDS
from bulletin.model.outlined import NEWEST
from bulletin.model.period import FIRST_YEAR, LAST_YEAR, Period

_BY = ("period", "indicator", *DIMENSIONS)
_COORDINATES = ("period", *DIMENSIONS)
_NOT_PERIODS = {"since": ("none",)}


def unknown_names(tree: Tree, indicators: Collection[str]) -> Iterator[Finding]:
    """In the tree of an outline, changes included; in the order of its lines."""
    if isinstance(tree, Seq):
        for entry in tree:
            yield from unknown_names(entry, indicators)
    if not isinstance(tree, Map):
        return
    yield from _own(tree, indicators)
    for key, value in tree.items():
        if key == "where" and isinstance(value, Map):
            single = not any(isinstance(inner, Map) for inner in value.values())
            for where in (value,) if single else (w for w in value.values() if isinstance(w, Map)):
                yield from _coordinates(where)
        else:
            yield from unknown_names(value, indicators)


def _own(tree: Map, indicators: Collection[str]) -> Iterator[Finding]:
    name = tree.get("indicator")
    if isinstance(name, str) and name and name not in indicators:
        yield _unknown(name, tree.at["indicator"], indicators)
    kind = tree.get("kind")
    if "chart" in tree and isinstance(kind, str) and kind not in CHART_KINDS:
        said = {"chart": str(tree["chart"])[:60], "kind": kind[:60], "known": ", ".join(CHART_KINDS)}
        yield Finding("chart-kind-unknown", Severity.ERROR, place(tree.at["kind"], "kind"), parameters=said)
    listed = tree.get("list")
    if isinstance(listed, str) and listed not in LIST_KINDS:
        yield _not_allowed(listed, tree.at["list"], "list", LIST_KINDS)
    height = tree.get("height")
    if "chart" in tree and isinstance(height, int | float) and not 0 <= height <= CHART_HEIGHT:
        yield _not_allowed(str(height), tree.at["height"], "height", (f"0–{CHART_HEIGHT}",))
    for key in ("rows", "columns"):
        if "table" in tree and isinstance(tree.get(key), Seq) and not tree[key]:
            yield Finding("config-wrong-length", Severity.ERROR, place(tree.at[key], key), parameters={"count": "≥ 1"})
    for key in ("period", "since"):
        if tree.get(key) not in (None, "", *_NOT_PERIODS.get(key, ())):
            yield from _period(tree[key], tree.at[key])
    by = tree.get("by")
    if isinstance(by, str):
        yield from _level(tree, by, indicators)


def _level(level: Map, by: str, indicators: Collection[str]) -> Iterator[Finding]:
    if by not in _BY:
        yield _not_allowed(by, level.at["by"], "by", _BY)
    codes = level.get("codes")
    listed = codes if isinstance(codes, Seq) else Seq(level.own)
    if by == "indicator" and not listed:
        yield Finding("config-missing-key", Severity.ERROR, place(level.at["by"], "by"), parameters={"name": "codes"})
    for code, at in zip(listed, listed.at, strict=True):
        if by == "indicator" and str(code) not in indicators:
            yield _unknown(str(code), at, indicators)
        if by == "period" and code not in NEWEST:
            yield from _period(code, at)


def _coordinates(where: Map) -> Iterator[Finding]:
    for key, code in where.items():
        if key not in _COORDINATES:
            yield _not_allowed(key, where.at[key], "where", _COORDINATES)
        elif key == "period":
            yield from _period(code, where.at[key])


def _period(text: Tree, at: Line) -> Iterator[Finding]:
    try:
        Period.parse(str(text))
    except ValueError:
        said = {"found": str(text)[:40], "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        yield Finding("not-a-period", Severity.ERROR, place(at), parameters=said)


def _unknown(name: str, at: Line, indicators: Collection[str]) -> Finding:
    said = {"name": name[:60], "nearest": nearest(name[:60], indicators) or "?"}
    return Finding("unknown-indicator", Severity.ERROR, place(at), parameters=said)


def _not_allowed(found: str, at: Line, column: str, known: Collection[str]) -> Finding:
    said = {"found": found[:60], "expected": ", ".join(known)}
    return Finding("config-not-allowed", Severity.ERROR, place(at, column), parameters=said)
