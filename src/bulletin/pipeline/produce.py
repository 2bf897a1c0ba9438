"""Draws the charts and writes every format of every language, in worker processes where more than one may run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bulletin.cache import digest
from bulletin.document.blocks import Figure, KeyFigure, KeyFigures
from bulletin.document.chart import Chart, Image
from bulletin.document.for_review import ForReview
from bulletin.document.leaflet import Leaflet
from bulletin.document.open_data import OpenData
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document, walk
from bulletin.document.web import Web
from bulletin.document.workbook import Workbook
from bulletin.model.geometry import Geometry
from bulletin.model.issued import Issued
from bulletin.model.theme import Picture, Theme
from bulletin.pipeline.chapters import by_chapters
from bulletin.pipeline.kept import Each, Kept, Step, canonical
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.workers import Pool

Images = Mapping[str, Image]


@dataclass(frozen=True)
class Product:
    language: str
    """`pt`; of an edition side by side `pt-en`; empty: all languages."""
    format: str
    data: bytes
    pages: int
    """0 where the format has none."""
    issued: Issued | None = None
    """What a Word file says."""
    leaflet: str = ""
    """Name of the leaflet that it is; empty: the bulletin."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """By path, where it is a folder; `data` is then empty."""


Edition = Document | Parallel | Leaflet
Companion = Workbook | Web | OpenData
"""What is made beside an edition, in a format of its own."""
LONGEST = 1e6
"""Of a file that is written in one piece: it begins before the parts of others."""
Task = tuple[str, Edition | Companion, Images, Theme, Issued | None, ForReview | None]
"""A file to be written: its format, and all that it is made of."""


def produce(
    editions: Sequence[Edition | Companion],
    prepared: Prepared,
    issued: Mapping[str, Issued],
    formats: Sequence[str],
    pool: Pool,
    progress: Progress,
    review: ForReview | None = None,
    kept: Kept | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[Product, ...]:
    """All formats of all languages, or of two side by side, in a fixed order whatever finished first; `issued`: their records;
    `review`: what the Word files have beside the edition; `kept`: what was made before; `meanwhile`: what this process may do while
    workers write."""
    kept = kept or Kept()
    theme = prepared.project.theme
    read = any(f in FORMATS for f in formats)
    works = {name_of(e): e for e in editions if isinstance(e, Web) or (read and not isinstance(e, Companion))}
    images = images_of(works, prepared, kept, pool.each, progress, word="docx" in formats)
    tasks: list[Task] = []
    for f in formats:
        if f in COMPANIONS:
            beside = [e for e in editions if isinstance(e, COMPANIONS[f][0])]
            tasks += [(f, e, images.get(name_of(e), {}), theme, None, None) for e in beside]
        else:
            read_ones = [(name, e) for name, e in works.items() if not isinstance(e, Companion)]
            tasks += [(f, e, images[name], theme, issued[name], review) for name, e in read_ones]
    names = [f"{name_of(t[1])}.{t[0]}" for t in tasks]
    progress("write", ", ".join(names))
    keys = _keys(tasks) if kept.cache.folder else names
    steps = [
        Step("file", name, key, _write, task, LONGEST if task[0] == "docx" else 0.0)
        for name, key, task in zip(names, keys, tasks, strict=True)
    ]
    return tuple(_written(steps, kept, pool.each, meanwhile))


def _written(steps: Sequence[Step], kept: Kept, each: Each, meanwhile: Callable[[], object]) -> list[Product]:
    """The files of `steps`, those of PDFs of many pages made by chapters."""
    products: dict[int, Product] = kept.recall(steps)
    lacking = [n for n in range(len(steps)) if n not in products]
    books = [n for n in lacking if steps[n].item[0] == "pdf" and not isinstance(steps[n].item[1], Leaflet)]
    others = [n for n in lacking if n not in books]
    bound, whole = by_chapters([steps[n].item[1:4] for n in books], [steps[n] for n in others], kept, each, meanwhile)
    for n, data in zip(books, bound, strict=True):
        products[n] = _product(steps[n].item[1], data)
        kept.keep(steps[n], products[n])
    products |= zip(others, whole, strict=True)
    return [products[n] for n in range(len(steps))]


def images_of(
    works: Mapping[str, Edition | Companion], prepared: Prepared, kept: Kept, each: Each, progress: Progress, *, word: bool
) -> dict[str, dict[str, Image]]:
    """By name of the edition and id: its charts, and the pictures of the project. `word`: as Word takes them, too, which costs
    more than all the rest."""
    project = prepared.project
    geometries, tiles = {g.file: g for g in project.geometries}, {p.code: p.tile for p in project.country.subdivisions if p.tile}
    charts = {name: charts_of(_tree(e)) for name, e in works.items()}
    wanted = _once(chart for found in charts.values() for chart in found)
    progress("draw", str(len(wanted)))
    names = [chart.id for chart in wanted]
    looks = canonical((project.theme, tiles)) if kept.cache.folder else b""
    grounds = {file: canonical(g) for file, g in geometries.items() if kept.cache.folder}
    kind = b"word" if word else b""
    keys = [digest(looks, kind, grounds.get(c.boundaries, b""), canonical(c)) if kept.cache.folder else "" for c in wanted]
    drawn = kept.each("chart", names, keys, partial(_draw, project.theme, geometries, tiles, word), wanted, each)
    by_chart = {c.id: [(w, image) for w, image in zip(wanted, drawn, strict=True) if w.id == c.id] for c in wanted}
    pictures = {name: _image(picture) for name, picture in project.pictures.items()}
    return {
        name: {c.id: next(i for w, i in by_chart[c.id] if w == c) for c in found} | pictures for name, found in charts.items()
    }


def _keys(tasks: Sequence[Task]) -> list[str]:
    """Of each file a digest of all that it is made of; nobody's name for a build stands in a PDF."""
    said = {name_of(t[1]): canonical((t[1], t[3])) for t in tasks}
    shown = {name_of(t[1]): canonical({n: _seen(i) for n, i in t[2].items()}) for t in tasks}
    recorded = {name_of(t[1]): canonical((t[4], t[5])) for t in tasks if t[0] == "docx"}
    return [
        digest(f, said[name], shown[name], b"" if f != "docx" else recorded[name])
        for f, name in ((t[0], name_of(t[1])) for t in tasks)
    ]


def _seen(image: Image) -> Image:
    """What Word takes beside a chart is made from the same, and no file is made anew because it is there or not."""
    return replace(image, png=b"", word=b"") if image.word else image


def name_of(edition: Edition | Companion) -> str:
    """`pt`, `pt-en`, `highlights-pt`, `workbook-pt`, `web-pt`: under which the record of a file is found."""
    if isinstance(edition, Workbook | Web):
        return f"{'web' if isinstance(edition, Web) else 'workbook'}-{edition.language}"
    if isinstance(edition, OpenData):
        return "edition"
    return f"{edition.name}-{edition.language}" if isinstance(edition, Leaflet) else _language(edition)


def _tree(edition: Edition | Companion) -> Document:
    match edition:
        case Parallel(first):
            return first
        case Leaflet(_, document) | Web(document) | Workbook(document):
            return document
        case OpenData():
            return edition.documents[0]
        case _:
            return edition


def _once(charts: Iterable[Chart]) -> list[Chart]:
    """A leaflet takes most of its pictures from the bulletin."""
    known: dict[str, list[Chart]] = {}
    for chart in charts:
        alike = known.setdefault(chart.id, [])
        if chart not in alike:
            alike.append(chart)
    return [chart for alike in known.values() for chart in alike]


def charts_of(document: Document) -> tuple[Chart, ...]:
    """Every chart of the tree: figures, sparklines, the art of the cover."""
    found: dict[str, Chart] = {}

    def strip(items: tuple[KeyFigure, ...]) -> None:
        found.update({i.spark.id: i.spark for i in items if i.spark})

    if document.cover.art:
        found[document.cover.art.id] = document.cover.art
    for section in document.sections:
        if section.opening:
            strip(section.opening.figures)
    for block in walk(document.sections):
        match block:
            case Figure():
                found[block.chart.id] = block.chart
            case KeyFigures():
                strip(block.items)
            case _:
                pass
    return tuple(found.values())


def _image(picture: Picture) -> Image:
    return Image(picture.svg, picture.data, picture.width, picture.height)


def _draw(
    theme: Theme, geometries: Mapping[str, Geometry], tiles: Mapping[str, tuple[int, int]], word: bool, chart: Chart
) -> Image:
    from bulletin.draw.draw import draw

    drawn = draw(chart, theme, geometries.get(chart.boundaries), tiles, dots=word)
    if not word:
        return drawn
    from bulletin.write.docx.pictures import for_word

    return replace(drawn, word=for_word(drawn.svg))


def _language(edition: Edition) -> str:
    return edition.languages if isinstance(edition, Parallel) else _tree(edition).metadata.language


def _write(task: Task) -> Product:
    name, edition, images, theme, issued, review = task
    if isinstance(edition, Companion):
        return COMPANIONS[name][1](edition, images, theme)
    assert issued is not None
    return FORMATS[name](edition, images, theme, issued, review)


def _pdf(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    """For readers: the same whether or not the Word file goes out for review."""
    from bulletin.write.pdf import count_pages, write_leaflet_pdf, write_parallel_pdf, write_pdf

    if isinstance(edition, Leaflet):
        data = write_leaflet_pdf(edition, images, theme)
        return Product(edition.language, "pdf", data, count_pages(data), leaflet=edition.name)
    data = write_parallel_pdf(edition, images, theme) if isinstance(edition, Parallel) else write_pdf(edition, images, theme)
    return _product(edition, data)


def _product(edition: Document | Parallel, data: bytes) -> Product:
    from bulletin.write.pdf import count_pages

    return Product(_language(edition), "pdf", data, count_pages(data))


def _typst(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    from bulletin.write.pdf import count_pages
    from bulletin.write.typst import write_typst_leaflet_pdf, write_typst_parallel_pdf, write_typst_pdf

    if isinstance(edition, Leaflet):
        data = write_typst_leaflet_pdf(edition, images, theme)
        return Product(edition.language, "pdf", data, count_pages(data), leaflet=edition.name)
    write = write_typst_parallel_pdf if isinstance(edition, Parallel) else write_typst_pdf
    data = write(edition, images, theme)  # type: ignore[arg-type]  # each its own kind
    return Product(_language(edition), "pdf", data, count_pages(data))


def _docx(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    from bulletin.write.docx import write_docx, write_leaflet_docx, write_parallel_docx

    if isinstance(edition, Leaflet):
        written = write_leaflet_docx(edition, images, theme, issued)
        return Product(edition.language, "docx", written.data, 0, written.issued, edition.name)
    if isinstance(edition, Parallel):
        written = write_parallel_docx(edition, images, theme, issued, review)
    else:
        written = write_docx(edition, images, theme, issued, review)
    return Product(_language(edition), "docx", written.data, 0, written.issued)


FORMATS: Mapping[str, Callable[[Edition, Images, Theme, Issued, ForReview | None], Product]] = {
    "pdf": _pdf,
    "typst": _typst,
    "docx": _docx,
}


def _xlsx(book: Workbook, images: Images, theme: Theme) -> Product:
    from bulletin.write.xlsx import write_workbook

    return Product(book.language, "xlsx", write_workbook(book, theme), 0)


def _html(web: Web, images: Images, theme: Theme) -> Product:
    from bulletin.write.web import write_web

    return Product(web.language, "html", b"", 0, files=write_web(web, images, theme))


def _data(data: OpenData, images: Images, theme: Theme) -> Product:
    from bulletin.write.data import write_data

    return Product("", "data", write_data(data), 0)


COMPANIONS: Mapping[str, tuple[type[Companion], Callable[[Any, Images, Theme], Product]]] = {
    "xlsx": (Workbook, _xlsx),
    "html": (Web, _html),
    "data": (OpenData, _data),
}
"""Formats of what is made beside an edition."""
