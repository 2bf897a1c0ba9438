"""Draws the charts and writes every format of every language, in worker processes where more than one may run."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from bulletin.document.blocks import Figure, KeyFigure, KeyFigures
from bulletin.document.chart import Chart, Image
from bulletin.document.for_review import ForReview
from bulletin.document.leaflet import Leaflet
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document, walk
from bulletin.model.geometry import Geometry
from bulletin.model.issued import Issued
from bulletin.model.theme import Picture, Theme
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.progress import Progress

Images = Mapping[str, Image]


@dataclass(frozen=True)
class Product:
    language: str
    """`pt`; of an edition side by side `pt-en`."""
    format: str
    data: bytes
    pages: int
    """0 where the format has none."""
    issued: Issued | None = None
    """What a Word file says."""
    leaflet: str = ""
    """Name of the leaflet that it is; empty: the bulletin."""


Edition = Document | Parallel | Leaflet


def produce(
    editions: Sequence[Edition],
    prepared: Prepared,
    issued: Mapping[str, Issued],
    formats: Sequence[str],
    jobs: int,
    progress: Progress,
    review: ForReview | None = None,
) -> tuple[Product, ...]:
    """All formats of all languages, or of two side by side, in a fixed order whatever finished first; `issued`: their records;
    `review`: what the Word files have beside the edition."""
    workers = jobs or min(os.cpu_count() or 1, 4)
    theme, geometries = prepared.project.theme, {g.file: g for g in prepared.project.geometries}
    tiles = {p.code: p.tile for p in prepared.project.country.subdivisions if p.tile}
    works = {name_of(e): e for e in editions}
    charts = {name: charts_of(_tree(e)) for name, e in works.items()}
    with _Pool(workers) as each:
        wanted = _once(chart for found in charts.values() for chart in found)
        progress("draw", str(len(wanted)))
        drawn = list(each(partial(_draw, theme, geometries, tiles), wanted))
        by_chart = {c.id: [(w, image) for w, image in zip(wanted, drawn, strict=True) if w.id == c.id] for c in wanted}
        images = {name: {c.id: next(i for w, i in by_chart[c.id] if w == c) for c in found} for name, found in charts.items()}
        pictures = {name: _image(picture) for name, picture in prepared.project.pictures.items()}
        images = {name: found | pictures for name, found in images.items()}
        tasks = [(f, e, images[name], theme, issued[name], review) for f in formats for name, e in works.items()]
        progress("write", ", ".join(f"{name_of(t[1])}.{t[0]}" for t in tasks))
        return tuple(each(_write, tasks))


def name_of(edition: Edition) -> str:
    """`pt`, `pt-en`, `highlights-pt`: under which the record of a file is found."""
    return f"{edition.name}-{edition.language}" if isinstance(edition, Leaflet) else _language(edition)


def _tree(edition: Edition) -> Document:
    match edition:
        case Parallel(first):
            return first
        case Leaflet(_, document):
            return document
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


class _Pool:
    """`map` in this process or in workers; a fresh interpreter for each worker, as on Windows, so that all systems do alike."""

    def __init__(self, workers: int) -> None:
        self._executor: Executor | None = None
        if workers > 1:
            self._executor = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))

    def __enter__(self) -> Callable[..., Iterable]:  # type: ignore[type-arg]
        return self._executor.map if self._executor else map

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)


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


def _draw(theme: Theme, geometries: Mapping[str, Geometry], tiles: Mapping[str, tuple[int, int]], chart: Chart) -> Image:
    from bulletin.draw.draw import draw

    return draw(chart, theme, geometries.get(chart.boundaries), tiles)


def _language(edition: Edition) -> str:
    return edition.languages if isinstance(edition, Parallel) else _tree(edition).metadata.language


def _write(task: tuple[str, Edition, Images, Theme, Issued, ForReview | None]) -> Product:
    name, edition, images, theme, issued, review = task
    return FORMATS[name](edition, images, theme, issued, review)


def _pdf(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    """For readers: the same whether or not the Word file goes out for review."""
    from bulletin.write.pdf import count_pages, write_leaflet_pdf, write_parallel_pdf, write_pdf

    if isinstance(edition, Leaflet):
        data = write_leaflet_pdf(edition, images, theme)
        return Product(edition.language, "pdf", data, count_pages(data), leaflet=edition.name)
    data = write_parallel_pdf(edition, images, theme) if isinstance(edition, Parallel) else write_pdf(edition, images, theme)
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


FORMATS: Mapping[str, Callable[[Edition, Images, Theme, Issued, ForReview | None], Product]] = {"pdf": _pdf, "docx": _docx}
