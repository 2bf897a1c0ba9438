"""Charts, maps and strips of key figures as Typst source."""

from __future__ import annotations

from collections.abc import Callable

from bulletin.document.blocks import Figure, KeyFigure, KeyFigures
from bulletin.document.inline import plain
from bulletin.write.html import grouped, is_crowded
from bulletin.write.typst.source import array, blocks, call, content, literal, mm, said, statement
from bulletin.write.typst.tables import exhibit_head, notes_source, space

Path = Callable[[str], str]
"""Id of a picture to its path."""


def figure(block: Figure, path: Path, width: float, below: str = "") -> str:
    parts = [
        exhibit_head(block.label, block.illustrative, block.title, block.subtitle),
        statement("picture", literal(path(block.chart.id)), mm(width), literal(block.alt)),
        notes_source(block.notes),
    ]
    return call("exhibit", blocks(parts), **space(below))


def key_figures(block: KeyFigures, path: Path) -> str:
    rows = [
        statement("cards", *(card(item, path, below=is_crowded(item)) for item in row), above="7mm" if n else "0mm")
        for n, row in enumerate(grouped(block.items))
    ]
    return call("spaced", blocks(rows), below="8mm")


def card(item: KeyFigure, path: Path, *, below: bool, name: str = "figure-card", **more: str) -> str:
    return call(
        name,
        said(item.label),
        content(item.value),
        literal(item.unit),
        said(item.when),
        literal(item.illustrative),
        literal(item.direction),
        content(item.change) if item.change else "none",
        content(item.since),
        spark=array((literal(path(item.spark.id)), literal(item.spark_alt))) if item.spark else "none",
        none_said=literal(item.no_series if not item.spark else ""),
        below="true" if below else "false",
        **more,
    )


def opening_fact(item: KeyFigure) -> str:
    return call(
        "fact",
        content(item.value),
        literal(item.unit),
        said(item.label),
        said(item.when),
        literal(item.direction),
        content(item.change) if item.change else "none",
        content(item.since),
        literal(item.illustrative),
        long="true" if len(plain(item.value)) > 7 else "false",
    )
