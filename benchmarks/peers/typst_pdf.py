"""Typst alone: the content as its own markup, tagged, from the wheel; or absent."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.content import Content, Heading, Picture, Points, Table, Words
from benchmarks.peers.markup import FONTS


def absent() -> bool:
    return find_spec("typst") is None


def write(content: Content, charts: Path, target: Path) -> None:
    """Pictures stand in `charts` as SVG."""
    import typst

    source = charts / f"{content.language}.typ"
    source.write_text("\n".join(_lines(content)), encoding="utf-8")
    data = typst.compile(str(source), root=str(charts), font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=["ua-1"])
    target.write_bytes(data)


def _lines(content: Content) -> Iterator[str]:
    yield f"#set document(title: {_string(content.title)})"
    yield f"#set text(font: {_string('Source Sans 3')}, size: 10pt, lang: {_string(content.language)})"
    yield "#set page(paper: " + _string("a4") + ", numbering: " + _string("1") + ")"
    yield "#show table: set text(size: 8pt)"
    yield "#show figure: set block(breakable: true)"
    yield "#outline()"
    for item in content.items:
        match item:
            case Heading(level, text, _):
                if text:
                    yield f"#heading(level: {level}, {_string(text)})"
            case Words(text):
                yield f"#par({_string(text)})"
            case Points(items):
                yield "#list(" + ", ".join(_string(i) for i in items) + ")"
            case Table():
                yield f"#par({_string(f'{item.title}. {item.headnote}')})"
                yield from _table(item)
                yield from (f"#par({_string(n)})" for n in item.notes)
            case Picture():
                yield f"#par({_string(f'{item.title}. {item.subtitle}')})"
                yield f"#image({_string(f'{item.chart.id}.svg')}, width: 100%, alt: {_string(item.alt)})"
                yield from (f"#par({_string(n)})" for n in item.notes)


def _table(table: Table) -> Iterator[str]:
    width = sum(span for _, span in table.heads[-1])
    yield f"#table(columns: (2fr,) + (1fr,) * {width - 1}, align: (left,) + (right,) * {width - 1}, table.header("
    for heads in table.heads:
        yield "".join(f"table.cell(colspan: {span}, {_string(text)})," for text, span in heads)
    yield "),"
    for row in table.rows:
        if len(row) == 1:
            yield f"table.cell(colspan: {width}, {_string(row[0])}),"
        else:
            yield "".join(f"{_string(cell)}," for cell in row)
    yield ")"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
