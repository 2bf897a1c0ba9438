"""Renders markup with WeasyPrint from assets in memory; whatever WeasyPrint complains of stops the build."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity
from bulletin.write.measure import lacking
from bulletin.write.pdf.origin import remembered

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.urls import URLFetcher

MEDIA = {"svg": "image/svg+xml", "ttf": "font/ttf", "png": "image/png", "jpg": "image/jpeg"}

COMPLAINTS = re.compile(r"font|glyph|anchor|image|fetch", re.IGNORECASE)
"""Warnings that mean something of the document is lost; the others concern style sheets that pictures bring along."""


PIXEL = 0.75
"""Points of a pixel of the style sheet."""

LOOSE = (
    "table *, .exhibit:not(.sheet), .notes, .after, .box, .pair "
    "{ break-before: auto !important; break-after: auto !important; break-inside: auto !important }"
)
"""What may be cut where the renderer gives up: too much to be kept together on one page."""


_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True)
class Sheets:
    """A rendered file. `mirrored`: of each page, points by which its text block would stand further right on the other side of a
    spread."""

    data: bytes
    mirrored: tuple[float, ...]


def rendered(html: str, assets: Mapping[str, bytes]) -> bytes:
    """Tagged PDF 1.7 with the PDF/UA-1 mark; its tags say where they come from, see `origin`."""
    return laid_out(html, assets).data


def laid_out(html: str, assets: Mapping[str, bytes], *, tagged: bool = True) -> Sheets:
    """The same, or without tags."""
    check_glyphs(html)
    try:
        return _laid_out(html, assets, tagged)
    except AssertionError:
        return _laid_out(html.replace("</style>", LOOSE + "</style>", 1), assets, tagged)


def _laid_out(html: str, assets: Mapping[str, bytes], tagged: bool) -> Sheets:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    with complaints() as records, remembered():
        try:
            fetch, faces = fetcher(assets), FontConfiguration()
            css, page = _taken_out(html)
            sheets = [CSS(string="".join(_FACE.findall(css)), font_config=faces, url_fetcher=fetch), _parsed(_FACE.sub("", css))]
            document = HTML(string=page, url_fetcher=fetch).render(stylesheets=sheets, font_config=faces)
            data = document.write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
        except FatalURLFetchingError as error:
            raise OutputError([fault("pdf-asset-refused", address=str(error))]) from None
    if records:
        raise OutputError([fault("pdf-render-complaint", message=message) for message in dict.fromkeys(records)])
    return Sheets(bytes(data), tuple(_mirrored(page) for page in document.pages))


def _taken_out(html: str) -> tuple[str, str]:
    """The style sheets of the head, and the page without them."""
    head, mark, body = html.partition("</head>")
    return "\n".join(_STYLE.findall(head)), _STYLE.sub("", head) + mark + body


@lru_cache(maxsize=4)
def _parsed(css: str) -> CSS:
    """The chapters of an edition have one style sheet, which takes as long to read as a page to set. Faces belong to one document."""
    from weasyprint import CSS

    return CSS(string=css)


def _mirrored(page: Any) -> float:
    box = page._page_box  # no public call tells the margins of a page
    return float((box.margin_right - box.margin_left) * PIXEL)


def fetcher(assets: Mapping[str, bytes]) -> URLFetcher:
    """Serves `assets` and nothing else: no file, no network, no redirect."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in assets:
                raise FatalURLFetchingError(url)
            media = MEDIA.get(url.rpartition(".")[2], "application/octet-stream")
            return URLFetcherResponse(url, assets[url], {"Content-Type": media})

    return Shelf(allowed_protocols=("asset",), allow_redirects=False)


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Collects what WeasyPrint and fontTools log at severity that costs content."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if record.levelno >= logging.ERROR or COMPLAINTS.search(message):
                found.append(message)

    handler = Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def check_glyphs(html: str) -> None:
    """A sign that the text face lacks would be drawn from a face of the machine, or as an empty box."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    if missing := sorted(lacking(set(body))):
        raise OutputError([fault("pdf-glyph-missing", sign=c, code=f"U+{ord(c):04X}") for c in missing])


def fault(rule: str, **parameters: str) -> Finding:
    return Finding(rule, Severity.ERROR, parameters=parameters)
