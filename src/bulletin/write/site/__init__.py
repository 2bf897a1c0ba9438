"""A library of editions as static pages in every language: docs/en/library.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from bulletin.document.search import KINDS
from bulletin.shipped import shipped
from bulletin.write.site.address import address
from bulletin.write.site.guide import articles, pictures
from bulletin.write.site.markup import Shelf, environment
from bulletin.write.site.pages import DOWNLOADS, GUIDE, START, pages_of
from bulletin.write.site.schema import described, start
from bulletin.write.site.search import INDEX, index_of
from bulletin.write.web import POLICY, size
from bulletin.write.web.faces import faces_sheet, licences, own_name
from bulletin.write.web.look import body_class, style_sheet

if TYPE_CHECKING:
    from bulletin.document.site import Site
    from bulletin.model.locale import Locale
    from bulletin.model.theme import Theme

__all__ = ["write_site"]

NAMED = {"menu_guide": GUIDE, "downloads": DOWNLOADS, "start": START}

DOWNLOAD = "files"
"""Folder of packs and forms."""


def write_site(site: Site, locales: Mapping[str, Locale], theme: Theme) -> dict[str, bytes]:
    """Pages and what they need, by path from the root of the library; the files of the editions stand beside them."""
    files = {**_assets(theme), **_scripts(), **pictures(site.guides), **_downloads(site)}
    given: dict[str, object] = {
        "policy": POLICY,
        "body_class": body_class(theme),
        "download": f"../{DOWNLOAD}",
        "search_index": INDEX,
        **NAMED,
    }
    lessons = {guide.language: articles(guide) for guide in site.guides}
    pages = pages_of(site)
    shelves = {language: Shelf(site, locale) for language, locale in locales.items()}
    for language, shelf in shelves.items():
        guide = min(site.guides, key=lambda g: g.language != language, default=None)
        tongue = next((t for t in site.tongues if guide and t.language == guide.language), None)
        taught = lessons[guide.language] if guide else {}
        given |= {
            "guide": guide,
            "taught_in": tongue.tag if tongue else "",
            "taught_name": tongue.name if tongue else "",
            "lessons": taught,
            "address": partial(address, site, language=language),
            **_said(shelf),
        }
        for page in pages:
            files[f"{language}/{page.name}"] = shelf.spelled(page, {**given, "schema": described(shelf, page)})
        files[f"{language}/{INDEX}"] = index_of(shelf, guide, taught)
    root = f"{site.address}/" if site.address else ""
    files[START] = spelled_start(shelves, {**given, "base": root, "schema": start(list(shelves.values()), root)})
    return files


def _said(shelf: Shelf) -> dict[str, object]:
    """What the search page says, and how heavy files are."""
    words = shelf.locale.words
    said = {key: words[f"site_found_{key}"] for key in ("none", "one", "many")}
    kinds = [words[f"site_kind_{kind}"] for kind in KINDS]
    return {
        "marks": json.dumps({**said, "kinds": kinds, "demonstration": words["site_demonstration"]}, ensure_ascii=False),
        "size": partial(size, decimal=shelf.locale.decimal),
    }


def _downloads(site: Site) -> dict[str, bytes]:
    forms = {f"{DOWNLOAD}/{form.name}": form.data for pack in site.packs for form in pack.forms}
    return {f"{DOWNLOAD}/{pack.name}": pack.data for pack in site.packs} | forms


def _scripts() -> dict[str, bytes]:
    source = shipped("bulletin_templates", "site")
    vendored = {
        f"script/{p.name}": p.read_bytes() for p in sorted((source / "minisearch").iterdir()) if p.suffix in (".js", ".txt")
    }
    return {"script/search.js": (source / "search.js").read_bytes(), **vendored}


def spelled_start(shelves: Mapping[str, Shelf], given: Mapping[str, object]) -> bytes:
    """The page before all languages."""
    text = environment().get_template("start.html.j2").render(shelves=list(shelves.values()), **given)
    return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"


def _assets(theme: Theme) -> dict[str, bytes]:
    from bulletin.write.look import themed

    sheets = (shipped("bulletin_templates", "site", name).read_text(encoding="utf-8") for name in ("site.css", "guide.css"))
    own = themed("".join(sheets), theme)
    found = {"style/site.css": style_sheet(theme) + own_name(own).encode(), "style/faces.css": faces_sheet(theme.font)}
    return found | {f"style/{name}": data for name, data in licences().items()}
