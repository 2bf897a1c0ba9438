"""pandoc: its own Markdown to DOCX, or absent."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.content import Content, Heading, Picture, Points, Table, Words

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|^~$@])")


def absent() -> bool:
    return shutil.which("pandoc") is None


def prepare(content: Content, charts: Path, source: Path) -> None:
    """Writing the Markdown is not part of what is timed."""
    source.write_text("\n".join(_lines(content, charts)), encoding="utf-8")


def convert(source: Path, target: Path) -> None:
    subprocess.run(["pandoc", "-f", "markdown-yaml_metadata_block", "-t", "docx", "-o", str(target), str(source)], check=True)


def _lines(content: Content, charts: Path) -> Iterator[str]:
    for item in content.items:
        match item:
            case Heading(level, text, anchor):
                yield f"{'#' * level} {_safe(text)} {{#{anchor}}}\n"
            case Words(text):
                yield _safe(text) + "\n"
            case Points(items):
                yield "\n".join(f"- {_safe(i)}" for i in items) + "\n"
            case Table():
                yield f"[]{{#{item.anchor}}}{_safe(item.title)}. {_safe(item.headnote)}\n"
                yield from _table(item)
                yield from (_safe(n) + "\n" for n in item.notes)
            case Picture():
                yield f"[]{{#{item.anchor}}}{_safe(item.title)}. {_safe(item.subtitle)}\n"
                yield f"![{_safe(item.alt)}]({charts / item.chart.id}.png){{width=17cm}}\n"
                yield from (_safe(n) + "\n" for n in item.notes)


def _table(table: Table) -> Iterator[str]:
    """Pipe tables have one row of heads: the spanning ones are written before the columns' own."""
    width = sum(span for _, span in table.heads[-1])
    above = [""] * width
    for heads in table.heads[:-1]:
        at = 0
        for text, span in heads:
            above[at] = f"{above[at]} {text}".strip()
            at += span
    yield "|" + "|".join(_safe(f"{a} {t}".strip()) for a, (t, _) in zip(above, table.heads[-1], strict=True)) + "|"
    yield "|" + ":---|" * width
    for row in table.rows:
        yield "|" + "|".join(_safe(c) for c in (*row, *[""] * (width - len(row)))) + "|"
    yield ""


def _safe(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("\n", " "))
