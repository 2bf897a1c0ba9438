"""Where pages of a library are: from each other or, where it is known where the library is published, from everywhere."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from bulletin.document.site import Site
    from bulletin.document.web import Tongue


def address(site: Site, path: str, language: str, other: str = "") -> str:
    """Of a path from the folder of a language, for a page in that folder; `other`: the language of the page that is meant."""
    if site.address:
        return f"{site.address}/{quote(normpath(f'{other or language}/{path}'), safe='/#')}"
    return f"../{other}/{path}" if other else path


def in_language(page: str, language: str, tongues: tuple[Tongue, ...]) -> str:
    """Path from the root of the same page in another language; empty: it has none. The last folder of a page with languages bears the
    name of its own."""
    *folders, name = page.split("/")
    if not folders or folders[-1] not in {t.language for t in tongues}:
        return ""
    return "/".join([*folders[:-1], language, name])
