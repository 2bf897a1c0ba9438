"""What the library can be searched for: entries with addresses that hold, and the library that searches, unchanged."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from bulletin.document.search import KINDS, Entry
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.site_search import entries_of
from bulletin.write.site.search import search_index
from bulletin.write.web.pages import addresses, pages_of

VENDORED = Path(__file__).parents[2] / "bulletin_templates" / "site" / "minisearch"


def test_chapters_tables_charts_and_maps_are_entries_where_the_web_edition_shows_them(
    composed_small: tuple[Prepared, Composed],
) -> None:
    document = composed_small[1].documents["pt"]
    found = list(entries_of(document, "small-2024", "editions/small-2024/web/pt/index.html"))
    assert {e.kind for e in found} == {"chapter", "table", "figure"} < set(KINDS)
    assert all(e.title and "\u2060" not in f"{e.title}{e.about}{e.words}" for e in found)
    names = {page.name for page in pages_of(document)}
    places = {f"{page}#b-" for page in addresses(pages_of(document)).values()}
    for entry in found:
        folder, _, page = entry.address.rpartition("/")
        assert folder == "editions/small-2024/web/pt"
        assert page in names or any(page.startswith(place) for place in places)
    assert len({e.address for e in found}) == len(found)


def test_the_index_is_a_script_that_says_once_what_many_share() -> None:
    held = search_index(
        [Entry("guide", "Guia </script>", "pt/guide.html"), Entry("table", "Quadro 1", "editions/a/pt/x.html#b-1", "a", "sexo")],
        {"a": ("Angola", 2023, "pt-AO")},
    )
    read = json.loads(held.decode().removeprefix("window.libraryIndex = ").removesuffix(";\n"))
    assert read["editions"] == [["Angola", 2023, "pt-AO"]]
    assert read["rows"] == [
        [KINDS.index("guide"), -1, "Guia </script>", "../pt/guide.html", "", ""],
        [KINDS.index("table"), 0, "Quadro 1", "../editions/a/pt/x.html#b-1", "", "sexo"],
    ]


def test_the_library_that_searches_is_as_its_author_published_it() -> None:
    told = (VENDORED / "README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256((VENDORED / "minisearch.js").read_bytes()).hexdigest()
    assert re.findall(r"`([0-9a-f]{64})`", told) == [digest]
    assert "Luca Ongaro" in (VENDORED / "LICENSE-minisearch.txt").read_text(encoding="utf-8")
