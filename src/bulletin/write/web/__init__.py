"""The web edition: a folder of pages in each language that works without a server, without scripts and without a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.shipped import shipped
from bulletin.write.web.exhibits import table_files
from bulletin.write.web.look import body_class, style_sheet
from bulletin.write.web.markup import Around, environment
from bulletin.write.web.pages import INDEX
from bulletin.write.web.pictures import inline_picture

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.web import Download, Web
    from bulletin.model.theme import Theme

POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self' data:; base-uri 'none'; form-action 'none'"
"""What a page may load: nothing from elsewhere, and nothing that stands in the page itself."""

__all__ = ["POLICY", "Around", "assets", "write_index", "write_page", "write_start", "write_web"]


def write_web(web: Web, images: Mapping[str, Image], theme: Theme) -> dict[str, bytes]:
    """Files of one language by path, all but its first page, see `write_index`."""
    files, beside = table_files(web, theme)
    around = Around(web, theme, images, lambda table: beside.get(table, ()))
    return files | {page.name: write_page(around, page.name) for page in around.pages} | assets(web, images, theme)


def write_page(around: Around, name: str) -> bytes:
    """One of `around.pages`."""
    pages = around.pages
    place = next(n for n, page in enumerate(pages) if page.name == name)
    return around.spelled(
        "page.html.j2",
        name,
        policy=POLICY,
        page=pages[place],
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
        body_class=_body(around.web, around.theme),
    )


def write_index(web: Web, theme: Theme, downloads: Sequence[Download], files: Iterable[str]) -> bytes:
    """The first page of a language: cover, contents, and the edition in other formats; `files`: paths of what `write_web` made."""
    around = Around(web, theme, {}, lambda _: ())
    return around.spelled(
        "index.html.j2",
        INDEX,
        policy=POLICY,
        downloads=[d for d in downloads if d.language in (web.language, "") or web.language in d.language.split("-")],
        size=lambda count: size(count, web.document.metadata.decimal),
        pictures=_shown(web, files),
        body_class=_body(web, theme),
    )


def write_start(webs: Sequence[Web], theme: Theme, files: Iterable[str]) -> bytes:
    """The page before all languages; `files`: paths of what `write_web` made for the first of them."""
    first = webs[0]
    text = (
        environment()
        .get_template("start.html.j2")
        .render(policy=POLICY, webs=webs, first=first, pictures=_shown(first, files), body_class=_body(first, theme))
    )
    return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"


def size(count: int, decimal: str) -> str:
    """`1,9 MB`."""
    if count >= 1_000_000:
        return f"{count / 1e6:.1f}".replace(".", decimal) + "\u00a0MB"
    return f"{max(1, round(count / 1000))}\u00a0kB"


def _body(web: Web, theme: Theme) -> str:
    return body_class(theme) + (" draft" if web.document.metadata.watermark else "")


def _shown(web: Web, files: Iterable[str]) -> dict[str, str]:
    """Id of a picture of the cover to its address in the folder of the language."""
    known = {path.rpartition(".")[0]: path for path in files if path.startswith("img/")}
    return {name: known[_path(name)] for name in _wanted(web) if _path(name) in known}


def _wanted(web: Web) -> list[str]:
    cover = web.document.cover
    art, picture = [cover.art.id] if cover.art else [], [cover.picture.id] if cover.picture else []
    return [*art, *(logo.id for logo in cover.logos), *picture]


def _path(name: str) -> str:
    return f"img/{name.replace('.', '-')}"


def assets(web: Web, images: Mapping[str, Image], theme: Theme) -> dict[str, bytes]:
    """What the pages share, by path: style, script, pictures of the cover."""
    from bulletin.write.web.faces import faces_sheet, licences

    found = {"style/bulletin.css": style_sheet(theme), "style/faces.css": faces_sheet(theme.font)}
    found["script/bulletin.js"] = shipped("bulletin_templates", "web", "bulletin.js").read_bytes()
    found |= {f"style/{name}": data for name, data in licences().items()}
    art = web.document.cover.art
    for name in _wanted(web):
        image = images[name]
        path = f"{_path(name)}.{'svg' if image.svg else image.raster}"
        drawn = art is not None and name == art.id
        found[path] = inline_picture(image.svg, "p").encode() if drawn else image.svg or image.png
    watermark = web.document.metadata.watermark
    if watermark:
        from bulletin.write.pdf.watermark import watermark as mark

        found["img/watermark.svg"] = mark(watermark, theme.colour.hair)
    return found
