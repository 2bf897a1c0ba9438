"""What search engines read before any page: which pages there are, and where the same page is in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from bulletin.write.site.address import in_language

if TYPE_CHECKING:
    from bulletin.document.site import Site

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


def crawlers(site: Site, pages: Iterable[str]) -> dict[str, bytes]:
    """`pages`: paths from the root. None without the address of the library: both name whole addresses only."""
    if not site.address:
        return {}
    told = f"User-agent: *\nAllow: /\nSitemap: {site.address}/{SITEMAP}\n"
    return {SITEMAP: sitemap(site, pages), ROBOTS: told.encode()}


def sitemap(site: Site, pages: Iterable[str]) -> bytes:
    every = sorted(pages)
    known = set(every)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in every:
        same = [(t.tag, other) for t in site.tongues if (other := in_language(page, t.language, site.tongues)) in known]
        others = [f'<xhtml:link rel="alternate" hreflang="{tag}" href="{_whole(site, other)}"/>' for tag, other in same]
        lines += [f"<url><loc>{_whole(site, page)}</loc>", *(others if len(others) > 1 else ()), "</url>"]
    return "\n".join([*lines, "</urlset>", ""]).encode()


def _whole(site: Site, path: str) -> str:
    return escape(f"{site.address}/{quote(path)}")
