"""What the library can be searched for: entries with addresses that hold, and the library that searches, unchanged."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from bulletin.document.blocks import Figure, Table
from bulletin.document.search import KINDS, Entry
from bulletin.document.tree import walk
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
        {"a": ("AO", 2023, "pt-AO", True)},
        {"AO": "Angola"},
    )
    read = json.loads(held.decode().removeprefix("window.libraryIndex = ").removesuffix(";\n"))
    assert read["editions"] == [["AO", 2023, "pt-AO", True]]
    assert read["countries"] == {"AO": "Angola"}
    assert read["rows"] == [
        [KINDS.index("guide"), -1, "Guia </script>", "../pt/guide.html", "", ""],
        [KINDS.index("table"), 0, "Quadro 1", "../editions/a/pt/x.html#b-1", "", "sexo"],
    ]


def test_the_library_that_searches_is_as_its_author_published_it() -> None:
    told = (VENDORED / "README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256((VENDORED / "minisearch.js").read_bytes()).hexdigest()
    assert re.findall(r"`([0-9a-f]{64})`", told) == [digest]
    assert "Luca Ongaro" in (VENDORED / "LICENSE-minisearch.txt").read_text(encoding="utf-8")


def test_what_was_invented_is_marked_and_an_indicator_has_all_its_codes_countries_and_years() -> None:
    invented = Entry("figure", "Gráfico 8.3", "editions/a/pt/x.html#b-2", "a", mark="Dados ilustrativos")
    indicator = Entry("indicator", "Cobertura", "pt/i.html", codes=("1.3.1",), countries=("AO", "CV"), years=(2020, 2023))
    held = search_index([invented, indicator], {"a": ("AO", 2023, "", True)}, {"AO": "Angola", "CV": "Cabo Verde"})
    rows = json.loads(held.decode().removeprefix("window.libraryIndex = ").removesuffix(";\n"))["rows"]
    assert [row[6:] for row in rows] == [["Dados ilustrativos"], ["", ["1.3.1"], ["AO", "CV"], [2020, 2023]]]


def test_charts_and_tables_of_illustrative_figures_are_marked_as_in_the_edition(
    composed_small: tuple[Prepared, Composed],
) -> None:
    document = composed_small[1].documents["pt"]
    marked = [b.illustrative for b in walk(document.sections) if isinstance(b, Figure) or (isinstance(b, Table) and not b.part)]
    found = [e.mark for e in entries_of(document, "a", "pt/index.html") if e.kind != "chapter"]
    assert sorted(found) == sorted(marked)
    assert set(found) == {"", "Dados ilustrativos"}
