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
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document, walk
from bulletin.model.geometry import Geometry
from bulletin.model.issued import Issued
from bulletin.model.theme import Theme
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


Edition = Document | Parallel


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
    theme, geometry = prepared.project.theme, prepared.project.geometry
    tiles = {p.code: p.tile for p in prepared.project.country.subdivisions if p.tile}
    works = {_language(e): e for e in editions}
    charts = {language: charts_of(e.first if isinstance(e, Parallel) else e) for language, e in works.items()}
    with _Pool(workers) as each:
        progress("draw", str(sum(len(c) for c in charts.values())))
        drawn = list(each(partial(_draw, theme, geometry, tiles), [c for found in charts.values() for c in found]))
        images: dict[str, dict[str, Image]] = {}
        position = 0
        for language, found in charts.items():
            images[language] = {c.id: drawn[position + i] for i, c in enumerate(found)}
            position += len(found)
        tasks = [(f, e, images[language], theme, issued[language], review) for f in formats for language, e in works.items()]
        progress("write", ", ".join(f"{_language(t[1])}.{t[0]}" for t in tasks))
        return tuple(each(_write, tasks))


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


def _draw(theme: Theme, geometry: Geometry | None, tiles: Mapping[str, tuple[int, int]], chart: Chart) -> Image:
    from bulletin.draw.draw import draw

    return draw(chart, theme, geometry, tiles)


def _language(edition: Edition) -> str:
    return edition.languages if isinstance(edition, Parallel) else edition.metadata.language


def _write(task: tuple[str, Edition, Images, Theme, Issued, ForReview | None]) -> Product:
    name, edition, images, theme, issued, review = task
    return FORMATS[name](edition, images, theme, issued, review)


def _pdf(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    """For readers: the same whether or not the Word file goes out for review."""
    from bulletin.write.pdf import count_pages, write_parallel_pdf, write_pdf

    data = write_parallel_pdf(edition, images, theme) if isinstance(edition, Parallel) else write_pdf(edition, images, theme)
    return Product(_language(edition), "pdf", data, count_pages(data))


def _docx(edition: Edition, images: Images, theme: Theme, issued: Issued, review: ForReview | None) -> Product:
    from bulletin.write.docx import write_docx, write_parallel_docx

    if isinstance(edition, Parallel):
        written = write_parallel_docx(edition, images, theme, issued, review)
    else:
        written = write_docx(edition, images, theme, issued, review)
    return Product(_language(edition), "docx", written.data, 0, written.issued)


FORMATS: Mapping[str, Callable[[Edition, Images, Theme, Issued, ForReview | None], Product]] = {"pdf": _pdf, "docx": _docx}
