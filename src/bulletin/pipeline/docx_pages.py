"""Page numbers for the contents of Word files: only a layout of the very file knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.office import Layout
from bulletin.pipeline.produce import Product
from bulletin.pipeline.progress import Progress

_ROUNDS = 4
"""Layouts after which numbers that still move are given up."""


def with_pages(products: Iterable[Product], progress: Progress) -> tuple[tuple[Product, ...], str]:
    """The Word files with page numbers in their contents, and the LibreOffice that laid them out, as it names itself.

    Raises ConfigError without LibreOffice, or where its pages do not settle: a number that is not known is not printed.
    """
    from bulletin.write.docx.page_numbers import listed

    with Layout() as layout:
        version = layout.version()
        done = []
        for product in products:
            if product.format == "docx" and listed(product.data):
                progress("pages", product.language)
                done.append(replace(product, data=settled(product.data, layout, product.language)))
            else:
                done.append(product)
        return tuple(done), version


def settled(data: bytes, layout: Layout, language: str) -> bytes:
    """Numbers may make the contents longer and so move pages: the file is laid out again until they stand."""
    from bulletin.write.docx.page_numbers import listed, paged
    from bulletin.write.pdf.destinations import destinations

    wanted = listed(data)
    before: dict[str, int] = {}
    for _ in range(_ROUNDS):
        places = destinations(layout.pdf(data))
        pages = {name: places[name] for name in wanted if name in places}
        if pages == before:
            break
        data, before = paged(data, pages), pages
    else:
        raise ConfigError([Finding("office-unsettled", Severity.ERROR, Place(language))])
    if lost := [name for name in wanted if name not in before]:
        raise ConfigError([Finding("office-failed", Severity.ERROR, parameters={"said": f"{len(lost)} / {len(wanted)}"})])
    return data
