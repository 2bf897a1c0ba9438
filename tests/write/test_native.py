"""Charts that Word draws: one grid in workbook, chart and record; an edit of it is a question; nothing hidden is in the file."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from sample import INDICO, images, said, sample
from test_docx import validator

from bulletin.document.blocks import Figure
from bulletin.document.chart import BreakBand, Category, Chart, Image, Point, ReferenceLine, Series, Tick
from bulletin.document.issued import issued_of
from bulletin.document.issued_json import decode_issued, encode_issued
from bulletin.document.native import ACROSS, NATIVE, hindrance, issued_chart
from bulletin.document.number_format import format_of
from bulletin.document.tree import Document, walk
from bulletin.model.issued import Issued
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.progress import silent
from bulletin.review.collect import collect
from bulletin.review.read import read_docx
from bulletin.write.docx import Written, write_docx
from factories import small_project

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared
    from office.driver import Office

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HIDDEN = 7331.0


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pictures(document: Document) -> dict[str, Image]:
    """Flat ones; a chart whose kind decides its height has 80 mm."""
    return {name: replace(image, height=image.height or 80.0) for name, image in images(document).items()}


def figures_of(document: Document) -> list[Figure]:
    return [b for b in walk(document.sections) if isinstance(b, Figure) and b.native]


@pytest.fixture(scope="module")
def small(composed_small: tuple[Prepared, Composed]) -> Document:
    return composed_small[1].documents["pt"]


@pytest.fixture(scope="module")
def written(small: Document) -> Written:
    return write_docx(small, pictures(small), INDICO, issued_of(small, build="small-a1"))


def every_kind() -> Document:
    """A chart of each kind, with a gap, a hidden figure, a provisional one, and where it can be a break or a line to compare with."""

    def series(kind: str, count: int) -> tuple[Series, ...]:
        def point(k: int, j: int) -> Point:
            value = 12.5 + 4 * k + 3 * j
            if (j == 1 and k == 0) or (kind == "bar" and k != j % count):
                return Point(None, "c")
            return Point(value, f"{value:.1f}".replace(".", ","), f"F{k}@{j}", provisional=j == 3)

        return tuple(Series(f"s{k}", f"Série {k}", tuple(point(k, j) for j in range(4)), k) for k in range(count))

    def figure(kind: str) -> Figure:
        counts = {"column": 1, "bar": 2, "grouped": 3, "line": 3, "stacked": 3}
        names = (
            ["Homens & mulheres", "=1+1", "Sem cobertura efectiva", "x"] if kind in ACROSS else ["2021", "2022", "2023", "2024"]
        )
        own = series(kind, counts.get(kind, 2))
        if kind == "stacked":
            own = (*own[:2], replace(own[2], key="_T"))
        chart = Chart(
            f"{kind}_chart",
            kind,
            tuple(Category(n, n, None if kind in ACROSS else 2021.0 + j) for j, n in enumerate(names)),
            own,
            () if kind in ("bar", "share") else tuple(Tick(10.0 * n, f"{10 * n}") for n in range(8)),
            () if kind in ACROSS else (BreakBand(2022.3, 2022.7, "Quebra de série"),),
            (ReferenceLine(20.0, "País 20,0", "F"),) if kind == "line" else (),
            height=80,
        )
        return Figure(chart.id, said("Título"), said("Pensionistas"), chart, (), f"Texto de {kind} <alt>", "", native=True)

    document = sample()
    kept = next(s for s in document.sections if s.opening is None)
    return replace(document, sections=(replace(kept, id="kinds", blocks=tuple(map(figure, sorted(NATIVE))), sections=()),))


@pytest.fixture(scope="module")
def kinds() -> Written:
    document = every_kind()
    assert len(figures_of(document)) == len(NATIVE)
    assert not [f.chart.kind for f in figures_of(document) if hindrance(f.chart)]
    return write_docx(document, pictures(document), INDICO, issued_of(document))


def test_both_validators_find_nothing(kinds: Written, written: Written, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    for name, data in (("kinds", kinds.data), ("small", written.data)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert OpenXmlValidator().validate(str(path)).errors == []
        if validator() is not None:
            result = subprocess.run([str(validator()), str(path)], capture_output=True, text=True, check=False)
            assert json.loads(result.stdout)["errors"] == []


def test_the_same_chart_gives_the_same_bytes(small: Document, written: Written) -> None:
    again = write_docx(small, pictures(small), INDICO, issued_of(small, build="small-a1"))
    assert again.data == written.data
    book = next(data for name, data in parts_of(written.data).items() if name.endswith(".xlsx"))
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(book)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("which", ["written", "kinds"])
def test_workbook_chart_and_record_hold_the_same(which: str, request: pytest.FixtureRequest) -> None:
    made: Written = request.getfixturevalue(which)
    parts = parts_of(made.data)
    assert made.issued.charts
    for number, chart in enumerate(made.issued.charts, 1):
        page = load_workbook(io.BytesIO(parts[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"])).worksheets[0]
        book = [
            ["" if v is None else f"{v:.15g}" if isinstance(v, (int, float)) else v for v in row]
            for row in page.iter_rows(values_only=True)
        ]
        assert book == [list(row) for row in chart.rows]
        drawn = etree.fromstring(parts[f"word/charts/chart{number}.xml"])
        for series in drawn.iter(f"{C}ser"):
            at = int(str(series.find(f"{C}idx").get("val"))) + 1  # type: ignore[union-attr]
            for path, column in ((f"{C}cat", 0), (f"{C}val", at)):
                points = {int(str(p.get("idx"))): p.findtext(f"{C}v") for p in series.find(path).iter(f"{C}pt")}  # type: ignore[union-attr]
                assert points == {n: row[column] for n, row in enumerate(chart.rows[1:]) if row[column]}
            assert series.findtext(f"{C}tx//{C}v") == chart.rows[0][at]
    read = read_docx(made.data).charts
    assert [(c.name, c.rows) for c in read] == [(c.id, c.rows) for c in made.issued.charts]


def test_a_chart_has_its_alternative_text_and_valid_axes(kinds: Written) -> None:
    parts = parts_of(kinds.data)
    drawings = [
        p for p in etree.fromstring(parts["word/document.xml"]).iter(f"{WP}docPr") if str(p.get("name")).endswith("_chart")
    ]
    assert {str(p.get("descr")) for p in drawings} == {f"Texto de {kind} <alt>" for kind in NATIVE}
    axes = [
        int(str(a.get("val")))
        for n, x in parts.items()
        if n.startswith("word/charts/chart")
        for a in etree.fromstring(x).iterfind(f".//{C}plotArea/*/{C}axId")
        if a.getparent().tag.endswith("Ax")
    ]  # type: ignore[union-attr]
    assert min(axes) > 0
    assert len(axes) == len(set(axes))


def test_a_gap_prints_its_sign_and_a_break_parts_the_line() -> None:
    rows = {f.chart.kind: issued_chart(f).rows for f in figures_of(every_kind())}
    assert rows["column"][1:] == (("2021", "12.5"), ("2022 c", ""), ("Quebra de série", ""), ("2023", "18.5"), ("2024", "21.5"))
    assert rows["grouped"][2] == ("=1+1 (Série 0 c)", "", "19.5", "23.5")
    assert rows["line"][0] == ("", "Série 0", "Série 1", "Série 2", "País 20,0")


def test_what_is_hidden_is_nowhere_in_the_file() -> None:
    document = every_kind()
    hidden = []
    for block in figures_of(document):
        chart = block.chart
        series = [replace(s, points=(s.points[0], Point(None, "c", low=HIDDEN), *s.points[2:])) for s in chart.series]
        hidden.append(replace(block, chart=replace(chart, series=tuple(series))))
    document = replace(document, sections=(replace(document.sections[0], blocks=tuple(hidden)),))
    data = write_docx(document, pictures(document), INDICO, issued_of(document)).data

    def inside(data: bytes) -> Iterator[bytes]:
        for name, content in parts_of(data).items():
            yield from inside(content) if name.endswith(".xlsx") else (content,)

    assert not any(b"7331" in content for content in inside(data) if b"<" in content[:5])


@pytest.mark.parametrize("kind", ["choropleth", "dots"])
def test_what_word_would_show_otherwise_stays_a_picture(kind: str) -> None:
    line = next(f.chart for f in figures_of(every_kind()) if f.chart.kind == "line")
    uneven = (*line.categories[:3], replace(line.categories[3], position=2030.0))
    assert hindrance(replace(line, kind=kind)) == "kind"
    assert hindrance(replace(line, categories=uneven)) == "shape"
    assert hindrance(replace(line, kind="column")) == "shape"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.decimals("-999999", "9999999", places=1), min_size=1, max_size=6))
def test_a_format_spells_every_figure_as_it_is_printed(values: list[float]) -> None:
    from bulletin.model.locale import marked

    for group, decimal, least in (("\u00a0", ",", 4), (",", ".", 4), ("\u00a0", ",", 5)):
        told = [(float(v), marked(f"{v:.1f}", decimal, group, least)) for v in values]
        found = format_of(told)
        assert all(found.spells(*each) for each in told)


def test_the_edition_asks_for_all_and_a_figure_for_itself(composed_small: tuple[Prepared, Composed]) -> None:
    from bulletin.pipeline.pictures import kept_as_pictures

    prepared, composed = composed_small
    document = composed.documents["pt"]
    assert kept_as_pictures(prepared.project, document) == ()
    line = next(s for s in figures_of(document) if s.chart.kind == "line")
    mapped = replace(line, native=False, chart=replace(line.chart, kind="choropleth"))
    other = replace(
        document,
        sections=(
            replace(document.sections[0], blocks=(mapped, replace(mapped, chart=replace(mapped.chart, id="b"))), sections=()),
        ),
    )
    everywhere = replace(prepared.project, edition=replace(prepared.project.edition, charts="native"))
    found = kept_as_pictures(everywhere, other)
    assert [(f.rule, f.key) for f in found] == [("chart-kind-picture", line.chart.id), ("charts-pictures", "charts")]
    assert found[1].parameters == {"count": 1, "list": "b"}


@pytest.mark.parametrize("charts", ["native", "picture"])
def test_an_edition_is_built_with_charts_of_either_kind(tmp_path: Path, charts: str) -> None:
    root = small_project(tmp_path / "small")
    for chapter in (root / "config" / "outlines" / "small").glob("*.yaml"):
        chapter.write_text(chapter.read_text(encoding="utf-8").replace("charts: native", f"charts: {charts}"), encoding="utf-8")
    built = build(root, silent, formats=("docx",), languages=("pt",), jobs=1)
    document = compose_editions(built.prepared).documents["pt"]
    count = sum(isinstance(b, Figure) and not hindrance(b.chart) for b in walk(document.sections))
    files = parts_of(next(built.output.glob("*-pt.docx")).read_bytes())
    made = [name for name in files if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    assert count > 0
    assert len(made) == (count if charts == "native" else 0)
    text = files["word/document.xml"].decode("utf-8")
    for block in walk(document.sections):
        if isinstance(block, Figure):
            assert f'descr="{escape(block.alt, {chr(34): "&quot;"})}"' in text


# ---------------------------------------------------------------- coming back


def edited(data: bytes, number: int, cell: str, value: float | str) -> bytes:
    """The file with one cell of a workbook changed, as Word does it: the workbook is saved anew by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            content = read.read(name)
            if name == f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx":
                book, saved = load_workbook(io.BytesIO(content)), io.BytesIO()
                book.worksheets[0][cell] = value
                book.save(saved)
                content = saved.getvalue()
            write.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def kept(written: Written) -> Issued:
    """The record as it is filed."""
    return decode_issued(encode_issued(written.issued))


def test_an_edited_cell_of_a_workbook_is_a_question(
    written: Written, kept: Issued, composed_small: tuple[Prepared, Composed]
) -> None:
    locales = composed_small[0].project.locales
    said = collect(kept, read_docx(edited(written.data, 2, "B6", 999)), locales)
    (query,) = said.queries
    chart = kept.charts[1]
    assert (query.kind, query.block, query.old, query.new) == ("chart-data", chart.id, chart.rows[5][1], "999")
    assert query.fact == chart.facts[5][1] != ""
    assert query.fact in kept.texts
    assert query.cell.startswith(f"{chart.rows[5][0]} / ")
    assert not said.changes
    whole = collect(kept, read_docx(edited(written.data, 2, "A9", "2025")), locales)
    assert {q.kind for q in whole.queries} == {"chart-data"}


def test_an_untouched_saving_by_libreoffice_asks_nothing(
    written: Written, kept: Issued, office: Office, composed_small: tuple[Prepared, Composed], tmp_path: Path
) -> None:
    source = tmp_path / "enviado.docx"
    source.write_bytes(written.data)
    back = read_docx(office.edit(source, tmp_path / "devolvido.docx").read_bytes())
    assert len(back.charts) == len(kept.charts)
    said = collect(kept, back, composed_small[0].project.locales)
    assert said.queries == ()
    assert said.changes == ()
