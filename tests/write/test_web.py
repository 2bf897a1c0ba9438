"""The web edition: what its files hold, where its links lead, and what browsers and auditors find in it."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest

from bulletin.document.blocks import Notice, Table
from bulletin.document.chart import Image
from bulletin.document.inline import Literal, Number, Reference, Text
from bulletin.document.tree import Section, walk
from bulletin.document.web import Tongue, Web
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.produce import charts_of
from bulletin.pipeline.verify import check_whole
from bulletin.pipeline.web import downloads, webs
from bulletin.write.web import write_index, write_start, write_web
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
def folder(small_out: Path) -> Path:
    return small_out / "small-web"


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Read]:
    return {p.relative_to(folder).as_posix(): Read(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.html"))}


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


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


def test_the_manifest_lists_every_file_of_the_folder_and_verify_misses_none(small_out: Path, tmp_path: Path) -> None:
    on_disk = {p.relative_to(small_out).as_posix() for p in small_out.rglob("*") if p.is_file()}
    listed = {a["path"] for a in json.loads((small_out / "manifest.json").read_text(encoding="utf-8"))["artifacts"]}
    assert on_disk == {*listed, "manifest.json"}
    copy = shutil.copytree(small_out, tmp_path / "out", ignore=shutil.ignore_patterns("*.pdf", "*.docx"))
    (copy / "small-web" / "pt" / "people.html").write_text("", encoding="utf-8")
    (copy / "small-web" / "en" / "style" / "bulletin.css").unlink()
    told = {(f.rule, f.place.file) for f in check_whole(copy, contents(copy))}
    assert ("verify-file-changed", "small-web/pt/people.html") in told
    assert ("verify-file-missing", "small-web/en/style/bulletin.css") in told


def test_files_of_other_formats_go_with_the_pages(small_out: Path, folder: Path, pages: dict[str, Read]) -> None:
    for language in ("pt", "en"):
        for kind in ("pdf", "docx", "xlsx"):
            name = f"small-{language}.{kind}"
            assert f"../files/{name}" in pages[f"{language}/index.html"].links
            assert (folder / "files" / name).read_bytes() == (small_out / name).read_bytes()
    assert "../files/small-en.pdf" not in pages["pt/index.html"].links


HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}</title></svg>"


def hostile(value: Any) -> Any:
    """The same tree, with markup in each of its words."""
    if isinstance(value, Text):
        return Text(value.text + HOSTILE)
    if isinstance(value, Literal | Number | Reference):
        return value
    if isinstance(value, tuple):
        return tuple(hostile(v) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        said = {f.name: hostile(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **{k: v + HOSTILE if k in LOOSE and v and isinstance(v, str) else v for k, v in said.items()})
    return value


LOOSE = frozenset(
    {"alt", "label", "summary", "unit", "when", "no_series", "spark_alt", "title", "publisher", "text", "illustrative"}
)
"""Fields that are a plain string in most nodes."""


def test_words_of_the_data_are_never_markup(composed_small: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_small
    whole = composed.documents["pt"]
    document = replace(whole, metadata=replace(whole.metadata, publisher=HOSTILE), sections=hostile(whole.sections))
    images = dict.fromkeys([c.id for c in charts_of(document)], BLANK)
    web = Web(document, (Tongue("pt", "pt-MZ", HOSTILE), Tongue("en", "en-GB", "English")), (("MZ-A", HOSTILE),))
    theme = prepared.project.theme
    files = write_web(web, images, theme)
    files |= {"index.html": write_index(web, theme, (), files), "start.html": write_start([web, web], theme, files)}
    for name in (n for n in files if n.endswith(".html")):
        page = Read(files[name].decode())
        assert page.tags["script"] == (name != "start.html"), name
        assert not page.styled, (name, page.styled)
        assert page.tags["img"] <= 1
        assert "7 * 7" in "".join(page.text) or name == "start.html"


def test_the_faces_shipped_are_those_that_the_tool_makes() -> None:
    spec = importlib.util.spec_from_file_location("web_faces", ROOT / "tools" / "web_faces.py")
    assert spec is not None
    assert spec.loader is not None
    web_faces = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(web_faces)
    name, data = web_faces.made(ROOT / "config" / "fonts" / "SourceSans3-Regular.ttf") or ("", b"")
    assert (ROOT / "config" / "fonts" / "web" / name).read_bytes() == data
    assert b"Source" not in names_of(data)
    said = [ROOT / "config" / "languages", ROOT / "bulletin_templates" / "narrative", ROOT / "config" / "indicators"]
    texts = [p.read_text(encoding="utf-8") for place in said for p in sorted(place.rglob("*.*")) if p.suffix in (".yaml", ".md")]
    assert {c for text in texts for c in text if c.isprintable()} <= set(web_faces.SIGNS)


def names_of(data: bytes) -> bytes:
    """Names of a face but those of its copyright and licence."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data)) as font:
        return "".join(r.toUnicode() for r in font["name"].names if r.nameID not in (0, 13, 14)).encode()


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


@pytest.mark.slow
@pytest.mark.skipif(bool(lacking()), reason=lacking() or "present")
@pytest.mark.parametrize("language", ["pt", "en"])
def test_so_it_is_on_every_page_of_the_example(example_out: Path, language: str) -> None:
    (folder,) = example_out.glob("*-web")
    pages = sorted(p.relative_to(folder).as_posix() for p in (folder / language).glob("*.html"))
    assert len(pages) > 15
    assert walked(folder, pages) == {}


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "present")
def test_the_walk_sees_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    """A picture without a name, a page that moves sideways, a stop that cannot be seen, a call to elsewhere."""
    copy = shutil.copytree(folder, tmp_path / "web")
    path = copy / "pt" / "people.html"
    text = path.read_text(encoding="utf-8")
    spoilt = (
        '<img src="data:," width="400" height="9"><p><a href="https://example.org/" class="skip">x</a></p><div id="far"></div>'
    )
    text = re.sub(r"<meta http-equiv=[^>]*>", "", text).replace("<h1", f"{spoilt}<h1", 1)
    path.write_text(text.replace("</body>", '<img src="http://127.0.0.1:9/a.png" alt="x"></body>'), encoding="utf-8")
    (copy / "pt" / "style" / "bulletin.css").write_text(
        "#far { width: 900px; height: 1px } img { max-width: none }", encoding="utf-8"
    )
    told = {fault[0] for faults in walked(copy, ["pt/people.html"])["pt/people.html"].values() for fault in faults}
    assert {"image-alt", "sideways", "request", "focus not visible"} <= told


BLANK = Image(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', b"", 9, 9)


def test_a_corrected_issue_says_so_on_every_page(composed_small: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_small
    whole = composed.documents["pt"]
    notice = Notice("erratum.notice", (Text("Substitui a edição anterior."),))
    erratum = Section("erratum", 1, (Text("Correção"),), (notice,), numbering="none", front=True)
    document = replace(whole, sections=(erratum, *whole.sections))
    images = dict.fromkeys([c.id for c in charts_of(document)], BLANK)
    web, theme = Web(document, (Tongue("pt", "pt-MZ", "Português"),)), prepared.project.theme
    files = write_web(web, images, theme)
    files["index.html"] = write_index(web, theme, (), files)
    told = [name for name, data in files.items() if name.endswith(".html") and b'href="erratum.html"' in data]
    assert len(told) == 5
    assert "Substitui a edição anterior." in files["erratum.html"].decode()


def test_a_table_too_long_for_a_page_is_whole_in_its_files(composed_small: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_small
    assert webs(prepared, composed.documents, dict.fromkeys(composed.documents, ()))[0].document is composed.documents["pt"]
    project = replace(prepared.project, edition=replace(prepared.project.edition, longest_table=3))
    web, _ = webs(replace(prepared, project=project), composed.documents, dict.fromkeys(composed.documents, ()))
    (shown,) = (b for b in walk(web.document.sections) if isinstance(b, Table) and b.id == "population")
    assert shown.part
    assert shown.notes != web.whole["population"].notes
    images = dict.fromkeys([c.id for c in charts_of(web.document)], BLANK)
    files = write_web(web, images, project.theme)
    assert "small-pt-quadros.xlsx" in files["people.html"].decode()
    assert "small-pt-quadros.xlsx" not in files["data/quadro-1-1.csv"].decode("utf-8-sig")


def test_what_readers_may_want_is_offered_in_order_and_leaflets_are_told() -> None:
    files = {"facts.json": b"{}", "x-pt.docx": b"Word", "x-leaflet-pt.pdf": b"PDF", "x-pt.pdf": b"PDF", "x-data.zip": b"PK"}
    kinds = {"facts.json": "facts", "x-data.zip": "data"}
    labels = {name: (kinds.get(name, name[-4:].strip(".")), "pt") for name in files}
    offered = [(d.name, d.format, d.bytes, d.leaflet) for d in downloads(files, labels, {"x-leaflet-pt.pdf"})]
    assert offered == [
        ("x-leaflet-pt.pdf", "pdf", 3, True),
        ("x-pt.pdf", "pdf", 3, False),
        ("x-pt.docx", "docx", 4, False),
        ("x-data.zip", "data", 2, False),
    ]
