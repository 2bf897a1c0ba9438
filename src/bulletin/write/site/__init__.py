"""A library of editions as static pages in every language: docs/en/library.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.shipped import shipped
from bulletin.write.site.markup import Shelf, environment
from bulletin.write.site.pages import START, pages_of
from bulletin.write.web import POLICY
from bulletin.write.web.faces import faces_sheet, licences, own_name
from bulletin.write.web.look import body_class, style_sheet

if TYPE_CHECKING:
    from bulletin.document.site import Site
    from bulletin.model.locale import Locale
    from bulletin.model.theme import Theme

__all__ = ["write_site"]


def write_site(site: Site, locales: Mapping[str, Locale], theme: Theme) -> dict[str, bytes]:
    """Pages and what they need, by path from the root of the library; the files of the editions stand beside them."""
    files = _assets(theme)
    given = {"policy": POLICY, "body_class": body_class(theme)}
    pages = pages_of(site)
    shelves = {language: Shelf(site, locale) for language, locale in locales.items()}
    for language, shelf in shelves.items():
        for page in pages:
            files[f"{language}/{page.name}"] = shelf.spelled(page, given)
    files[START] = spelled_start(shelves, given)
    return files


def spelled_start(shelves: Mapping[str, Shelf], given: Mapping[str, str]) -> bytes:
    """The page before all languages."""
    text = environment().get_template("start.html.j2").render(shelves=list(shelves.values()), **given)
    return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"


def _assets(theme: Theme) -> dict[str, bytes]:
    from bulletin.write.look import themed

    own = themed(shipped("bulletin_templates", "site", "site.css").read_text(encoding="utf-8"), theme)
    found = {"style/site.css": style_sheet(theme) + own_name(own).encode(), "style/faces.css": faces_sheet(theme.font)}
    return found | {f"style/{name}": data for name, data in licences().items()}
