"""The library as readers, auditors and search engines meet it: its guide, downloads, search and what it says of itself."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from bulletin.pipeline.progress import silent
from bulletin.pipeline.site import site
from web_walk import lacking, walked

BASE = "https://example.org/biblioteca"


@pytest.fixture(scope="module")
def library(small_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of one small edition, that does not know where it will be published."""
    output = tmp_path_factory.mktemp("site") / "sítio"
    site([small_out], output, silent)
    return output


@pytest.fixture(scope="module")
def published(small_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for an address."""
    output = tmp_path_factory.mktemp("site") / "published"
    site([small_out], output, silent, address=BASE)
    return output


def data_of(path: Path) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text(encoding="utf-8"))
    return json.loads(found)


def test_pages_of_the_library_are_whole(library: Path) -> None:
    """Every link and every file that a page asks for is there, and so is the place in the page."""
    ids: dict[Path, set[str]] = {}
    for page in sorted(library.glob("*/*.html")):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            if "://" in target:
                continue
            path, _, part = unquote(unescape(target)).partition("#")
            there = (page.parent / path).resolve() if path else page
            assert there.is_file(), f"{page.name}: {target}"
            if part and there.suffix == ".html":
                found = ids.setdefault(there, set(re.findall(r' id="([^"]+)"', there.read_text(encoding="utf-8"))))
                assert part in found, f"{page.name}: {target}"


def test_what_is_found_is_there(library: Path) -> None:
    for language in ("pt", "en"):
        text = (library / language / "search-index.js").read_text(encoding="utf-8")
        held = json.loads(text.removeprefix("window.libraryIndex = ").removesuffix(";\n"))
        assert {row[0] for row in held["rows"]} == {0, 1, 2, 3, 4, 6, 7}
        for _, _, title, target, *_ in held["rows"]:
            path, _, part = target.partition("#")
            page = library / language / path
            assert not part or f'id="{part}"' in page.read_text(encoding="utf-8"), f"{title}: {target}"


def test_data_sets_are_described_where_they_are(library: Path, published: Path) -> None:
    (country,) = (library / "pt").glob("country-*.html")
    (edition,) = data_of(country)["@graph"]
    assert edition["@type"] == "Dataset"
    assert len(edition["description"]) > 50
    assert "não oficial" in edition["description"].casefold()
    assert {"name", "publisher", "datePublished", "inLanguage", "spatialCoverage", "temporalCoverage"} <= set(edition)
    for download in edition["distribution"]:
        assert (country.parent / download["contentUrl"]).is_file()
    assert data_of(library / "pt" / "index.html")["@type"] == "DataCatalog"
    for page in (published / "en").glob("indicator-*.html"):
        found = data_of(page)
        assert found["url"] == f"{BASE}/en/{page.name}"
        assert found["includedInDataCatalog"]["url"] == f"{BASE}/en/index.html"
        assert found["spatialCoverage"]
        assert "demonstration" in found["description"]


def test_with_its_address_it_names_its_pages_to_search_engines(library: Path, published: Path) -> None:
    assert not (library / "sitemap.xml").exists()
    assert not (library / "robots.txt").exists()
    assert "canonical" not in (library / "pt" / "index.html").read_text(encoding="utf-8")
    tree = ElementTree.parse(published / "sitemap.xml")
    named = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    pages = [e.text or "" for e in tree.findall("s:url/s:loc", named)]
    assert {f"{BASE}/{p.relative_to(published).as_posix()}" for p in published.rglob("*.html")} == {unquote(p) for p in pages}
    for entry in tree.findall("s:url", named):
        others = {e.get("hreflang"): e.get("href") or "" for e in entry.findall("x:link", named)}
        assert set(others.values()) <= set(pages)
        assert not others or {"pt", "en-GB"} <= {str(k).replace("pt-MZ", "pt") for k in others}
    for page in ("pt/index.html", "en/guide.html"):
        text = (published / page).read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{BASE}/{page}">' in text
        for address in re.findall(r'<link rel="alternate" hreflang="[^"]+" href="([^"]+)">', text):
            assert (published / urlsplit(address).path.removeprefix("/biblioteca/")).is_file()
    assert f"Sitemap: {BASE}/sitemap.xml" in (published / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "present")
def test_browser_and_auditor_find_nothing_wrong(library: Path) -> None:
    assert walked(library, ["pt/search.html", "pt/guide-formularios.html", "en/downloads.html"]) == {}


@pytest.mark.slow
@pytest.mark.skipif(bool(lacking()), reason=lacking() or "present")
def test_so_it_is_on_every_page(library: Path) -> None:
    """Of Portuguese, and one of each kind in English; `tools/site.sh` looks at all of the six examples."""
    pages = [p for p in sorted((library / "pt").glob("*.html")) if "guide-" in p.name or "indicator-" not in p.name]
    kinds = ("index", "country-*", "indicators", "indicator-*", "guide", "guide-formularios", "downloads", "search")
    for folder in ("pt", "en"):
        pages += [min((library / folder).glob(f"{kind}.html")) for kind in (kinds if folder == "en" else ("indicator-*",))]
    assert walked(library, ["index.html", *(p.relative_to(library).as_posix() for p in pages)]) == {}
