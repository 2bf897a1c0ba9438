"""The content as a plain web page, for the programs that make a PDF from one."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.content import Content, Heading, Picture, Points, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = Path(__file__).parents[2] / "config" / "fonts"

STYLE = f"""
@font-face {{ font-family: S; src: url({FONTS.as_uri()}/SourceSans3-Regular.ttf) }}
@font-face {{ font-family: S; font-weight: 700; src: url({FONTS.as_uri()}/SourceSans3-Bold.ttf) }}
@page {{ size: A4; margin: 20mm 20mm 22mm; @bottom-right {{ content: counter(page); font: 8pt S }} @top-left {{ content: string(chapter); font: 8pt S }} }}
body {{ font: 10pt/14pt S; hyphens: auto }}
h1 {{ string-set: chapter content(); break-before: page }}
h1, h2, h3 {{ break-after: avoid }}
table {{ border-collapse: collapse; width: 100%; font-size: 8pt; line-height: 10pt }}
caption {{ text-align: left; font-weight: bold }}
td {{ text-align: right; border-bottom: .25pt solid #999 }}
th {{ text-align: left; font-weight: normal; border-bottom: .25pt solid #999 }}
tr, figure {{ break-inside: avoid }}
figure {{ margin: 4mm 0 }}
figure img {{ width: 100% }}
.n {{ font-size: 8pt; line-height: 10pt }}
li a::after {{ content: " " target-counter(attr(href), page) }}
"""


def page(content: Content, charts: Path) -> str:
    """With a list of contents; pictures stand in `charts` as SVG."""
    return "".join(_lines(content, charts))


def _lines(content: Content, charts: Path) -> Iterator[str]:
    yield f'<!DOCTYPE html><html lang="{content.tag}"><head><meta charset="utf-8"><title>{escape(content.title)}</title>'
    yield f"<style>{STYLE}</style></head><body><h1>{escape(content.title)}</h1><ul>"
    for item in content.items:
        if isinstance(item, Heading):
            yield f'<li><a href="#{item.anchor}">{escape(item.text)}</a></li>'
    yield "</ul>"
    for item in content.items:
        match item:
            case Heading(level, text, anchor):
                yield f'<h{level} id="{anchor}">{escape(text)}</h{level}>'
            case Words(text):
                yield f"<p>{escape(text)}</p>"
            case Points(items):
                yield "<ul>" + "".join(f"<li>{escape(i)}</li>" for i in items) + "</ul>"
            case Table():
                yield from _table(item)
            case Picture():
                source = (charts / f"{item.chart.id}.svg").as_uri()
                yield f'<figure id="{item.anchor}"><figcaption><b>{escape(item.title)}</b><br>{escape(item.subtitle)}</figcaption>'
                yield f'<img src="{source}" alt="{escape(item.alt, quote=True)}"></figure>'
                yield from _notes(item.notes)
    yield "</body></html>"


def _table(table: Table) -> Iterator[str]:
    yield f'<table id="{table.anchor}"><caption>{escape(table.title)}. {escape(table.headnote)}</caption><thead>'
    for heads in table.heads:
        spanned = (f'<th scope="col"{f" colspan={span}" if span > 1 else ""}>{escape(text)}</th>' for text, span in heads)
        yield f"<tr>{''.join(spanned)}</tr>"
    yield "</thead><tbody>"
    width = sum(span for _, span in table.heads[-1])
    for stub, *cells in table.rows:
        if cells:
            yield f'<tr><th scope="row">{escape(stub)}</th>' + "".join(f"<td>{escape(c)}</td>" for c in cells) + "</tr>"
        else:
            yield f'<tr><th colspan="{width}">{escape(stub)}</th></tr>'
    yield "</tbody></table>"
    yield from _notes(table.notes)


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    for note in notes:
        yield f'<p class="n">{escape(note)}</p>'
