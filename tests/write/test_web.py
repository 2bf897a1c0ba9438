"""The web edition: what its files hold, where its links lead, and what browsers and auditors find in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from bulletin.pipeline.build import Built, build
from bulletin.pipeline.progress import silent
from bulletin.write.web.pictures import inline_picture
from web_walk import lacking, walked

ROOT = Path(__file__).parents[2]


class Read(HTMLParser):
    """Links, ids, words, languages and tables of a page, read without any of the writer's code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.text: list[str] = []
        self.styled: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        self.tags[tag] += 1
        self.links += [given[k] for k in ("href", "src") if k in given and tag != "use"]
        self.ids += [given["id"]] if "id" in given else []
        self.styled += [tag] if "style" in given or tag == "style" or any(k.startswith("on") for k in given) else []
        self.language = self.language or (given.get("lang", "") if tag == "html" else "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / "tests" / "projects" / "small", silent, output=tmp_path_factory.mktemp("web") / "out", formats=["html"])


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    return built.output / "small-web"


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Read]:
    return {p.relative_to(folder).as_posix(): Read(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.html"))}


def test_every_link_leads_to_something_inside_the_folder(folder: Path, pages: dict[str, Read]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            target, _, mark = link.partition("#")
            assert not re.match(r"[a-z]+:|/", target), (name, link)
            parts: list[str] = []
            for part in (PurePosixPath(name).parent / unquote(target)).parts if target else PurePosixPath(name).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            found = "/".join(parts)
            assert (folder / found).is_file(), (name, link)
            assert not mark or mark in pages[found].ids, (name, link)


def test_pages_ask_for_nothing_from_elsewhere_and_hold_no_style_or_script_of_their_own(
    folder: Path, pages: dict[str, Read]
) -> None:
    for name, page in pages.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert "default-src 'none'" in unescape(text)
        assert "unsafe" not in text
        assert not page.styled, (name, page.styled)
        assert page.tags["main"] == page.tags["h1"] == 1
    for path in folder.rglob("*"):
        if path.suffix in (".html", ".css", ".js", ".svg"):
            named = re.findall(r"\b(?:https?:)?//[a-z][^\s\"')]*", re.sub(r"base64,[^)]+", "", path.read_text(encoding="utf-8")))
            assert {n for n in named if not n.startswith("http://www.w3.org/")} == set(), path.name


def test_both_languages_have_the_same_pages_and_the_same_places(folder: Path, pages: dict[str, Read]) -> None:
    own = {language: {n.removeprefix(f"{language}/") for n in pages if n.startswith(f"{language}/")} for language in ("pt", "en")}
    assert own["pt"] == own["en"]
    for name in own["pt"]:
        one, other = pages[f"pt/{name}"], pages[f"en/{name}"]
        assert (one.language[:2], other.language[:2]) == ("pt", "en")
        assert one.ids == other.ids
        assert f"../en/{name}" in one.links


def test_each_table_and_chart_has_its_files_its_link_and_its_citation(folder: Path, pages: dict[str, Read]) -> None:
    page, text = pages["pt/pensions.html"], (folder / "pt" / "pensions.html").read_text(encoding="utf-8")
    exhibits = text.count("<figure")
    assert (
        exhibits == text.count('class="perma" href="#b-pensioners') == text.count('<p class="citation">Projecto de ensaio. ') == 3
    )
    assert {"data/quadro-2-1.csv", "data/quadro-2-1.xlsx"} <= set(page.links)
    assert text.count('role="img"') == text.count("<svg") > 0
    assert "(edição de demonstração, não oficial)" in text


def test_figures_are_those_of_the_tree(folder: Path, built: Built) -> None:
    """As the tree prints them, cell by cell, in both languages."""
    for language in ("pt", "en"):
        tree = json.loads(built.files[f"document.{language}.json"])
        wanted = [c["text"] for t in _tables(tree) for row in t["rows"] for c in row["cells"]]
        found: list[str] = []
        for name in ("people", "pensions"):
            text = (folder / language / f"{name}.html").read_text(encoding="utf-8")
            figures = re.sub(r"<details class=\"values\".*?</details>", "", text, flags=re.S)
            found += [
                re.sub(r"<span class=\"flag\">.*?</span>", "", c) for c in re.findall(r"<td class=[^>]*>(.*?)</td>", figures)
            ]
        assert found == wanted != []


def _tables(value: object) -> list[dict[str, list[dict[str, list[dict[str, str]]]]]]:
    if isinstance(value, dict):
        own = [value] if value.get("type") == "Table" else []
        return own + [t for v in value.values() for t in _tables(v)]
    return [t for v in value for t in _tables(v)] if isinstance(value, list) else []


def test_the_manifest_lists_every_file_of_the_folder(built: Built) -> None:
    on_disk = {p.relative_to(built.output).as_posix() for p in built.output.rglob("*") if p.is_file()}
    listed = {a["path"] for a in json.loads(built.files["manifest.json"])["artifacts"]}
    assert on_disk == set(built.files) == {*listed, "manifest.json"}


def test_a_drawing_keeps_its_colours_and_names_without_styles() -> None:
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt" viewBox="0 0 9 9">
    <defs><style>*{stroke-linecap: butt}</style></defs><g id="line2d_1"><defs><path id="m1" d="M 0 1.123456"/></defs>
    <use xlink:href="#m1" x="1.5" y="2" style="fill: #12436d"/></g><g id="text_1">
    <text style="font: 600 8.5px 'Source Sans 3'; fill: #51606d" transform="rotate(-0 1 2)">1 &lt; 2</text></g></svg>"""
    found = inline_picture(svg, "c1", "Gráfico 1: A & B", "O que mostra.", {"#12436d": 0})
    assert "style" not in found
    assert '<use x="1.5" y="2" fill="#12436d" href="#c1-0" class="series s0"/>' in found
    assert '<text font-weight="600" font-size="8.5px" fill="#51606d">1 &lt; 2</text>' in found
    assert '<title id="c1-title">Gráfico 1: A &amp; B</title>' in found
    assert 'role="img" aria-labelledby="c1-title c1-desc"' in found


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "present")
def test_browser_and_auditor_find_nothing_wrong_at_any_width_on_paper_by_keyboard_or_without_scripts(folder: Path) -> None:
    assert walked(folder, ["index.html", "pt/index.html", "pt/pensions.html", "en/people.html"]) == {}
