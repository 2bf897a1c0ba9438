"""The web edition: a folder with a start page, a folder of pages for each language, and the edition's other formats to download."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bulletin.document.blocks import Table
from bulletin.document.tree import Document, walk
from bulletin.document.web import Download, Tongue, Web
from bulletin.document.workbook import Sign
from bulletin.pipeline.names import web_folder
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.printed import on_screen
from bulletin.pipeline.produce import Product

FILES = "files"
"""Folder of the downloads."""

OFFERED = ("pdf", "docx", "xlsx", "tables", "data")
"""Formats that readers may want, in this order: copies go with the pages, so that the folder can be moved or published alone."""


def webs(prepared: Prepared, documents: Mapping[str, Document], signs: Mapping[str, tuple[Sign, ...]]) -> tuple[Web, ...]:
    """One for each language, whatever the layout of what is printed; `signs`: by language."""
    tongues = tuple(Tongue(n, d.metadata.tag, d.words["web_language"]) for n, d in documents.items())
    found = []
    for language, document in documents.items():
        places = tuple((p.code, p.name.get(language, p.code)) for p in prepared.project.country.subdivisions)
        shown = on_screen(document, prepared.project)
        cut = {b.id for b in walk(shown.sections) if isinstance(b, Table)} if shown is not document else set[str]()
        whole = {b.id: b for b in walk(document.sections) if isinstance(b, Table) and b.id in cut and b.part == ""}
        found.append(Web(shown, tongues, places, whole, signs[language]))
    return tuple(found)


def web_files(
    prepared: Prepared,
    editions: Sequence[object],
    products: Sequence[Product],
    files: Mapping[str, bytes],
    labels: Mapping[str, tuple[str, str]],
    leaflets: Collection[str],
) -> Iterator[tuple[str, bytes, str]]:
    """Path, content and language of every file of the folder, where there are pages among the `editions`; `files`: those of the
    edition by name, `labels`: their format and language, `leaflets`: names of those that are leaflets."""
    pages = [e for e in editions if isinstance(e, Web)]
    if not pages:
        return
    from bulletin.write.web import write_index, write_start

    theme, folder = prepared.project.theme, web_folder(prepared.project.edition)
    made = {p.language: p.files for p in products if p.format == "html"}
    others = downloads(files, labels, leaflets)
    for web in pages:
        for path, data in made[web.language].items():
            yield f"{folder}/{web.language}/{path}", data, web.language
        yield f"{folder}/{web.language}/index.html", write_index(web, theme, others, made[web.language]), web.language
    yield f"{folder}/index.html", write_start(pages, theme, made[pages[0].language]), ""
    for download in others:
        yield f"{folder}/{FILES}/{download.name}", files[download.name], download.language


def downloads(
    files: Mapping[str, bytes], labels: Mapping[str, tuple[str, str]], leaflets: Collection[str] = ()
) -> list[Download]:
    """What readers may want of the files of an edition; `leaflets`: names of those that are leaflets."""
    offered = sorted((OFFERED.index(labels[name][0]), name) for name in files if labels[name][0] in OFFERED)
    return [Download(name, *labels[name], len(files[name]), name in leaflets) for _, name in offered]
