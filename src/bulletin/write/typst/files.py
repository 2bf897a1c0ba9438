"""The files that Typst is given: the source of a document, the shipped functions, the theme and the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.shipped import shipped
from bulletin.write.typst.look import theme_source
from bulletin.write.typst.pages import picture_path
from bulletin.write.typst.source import array, dictionary, literal

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document, Metadata
    from bulletin.model.theme import Theme

WATERMARK = "watermark.svg"

FOOT = 44.0
"""Millimetres that footnotes stand in from the edge of the text."""


def files_of(
    source: str,
    document: Document,
    images: Mapping[str, Image],
    theme: Theme,
    *,
    second: Metadata | None = None,
    foot: float = FOOT,
) -> dict[str, bytes]:
    """`second`: of a second language that the pages say as well."""
    from bulletin.write.parallel import joined
    from bulletin.write.pdf.watermark import watermark

    about = document.metadata
    publication = joined(about.running, second.running) if second else about.running
    files = {path.name: path.read_bytes() for path in sorted(shipped("bulletin_templates", "typst").glob("*.typ"))}
    files["theme.typ"] = theme_source(theme, publication, WATERMARK if about.watermark else "").encode()
    files["main.typ"] = (preamble(about, second, foot) + source).encode()
    if about.watermark:
        files[WATERMARK] = watermark(about.watermark, theme.colour.hair)
    files |= {picture_path(identity, images): image.svg or image.png for identity, image in images.items()}
    return files


def preamble(about: Metadata, second: Metadata | None, foot: float) -> str:
    from bulletin.write.parallel import joined

    def both(a: str, b: str) -> str:
        return joined(a, b) if second else a

    other = second or about
    language, _, region = about.tag.partition("-")
    keywords = tuple(dict.fromkeys((*about.keywords, *other.keywords)))
    year, month, day = (int(part) for part in about.release_date.split("-"))
    told = {
        "title": literal(both(about.title, other.title)),
        "author": literal(both(about.publisher, other.publisher)),
        "description": literal(both(about.description, other.description)),
        "keywords": array(literal(word) for word in keywords),
        "date": f"({year}, {month}, {day})",
        "language": literal(language),
        "region": literal(region) if region else "none",
        "foot": f"{foot:g}mm",
    }
    imports = "".join(f'#import "{name}.typ": *\n' for name in ("theme", "set", "blocks", "opening", "leaflet", "parallel"))
    return f"{imports}#show: edition.with({dictionary(told)})\n"
