"""The highlights leaflet: two pages whose every figure is the bulletin's, in every language and format."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from accessible import accessible
from bulletin.document.blocks import BulletList, Figure, KeyFigure, Paragraph
from bulletin.document.inline import Text
from bulletin.document.leaflet import Leaflet, in_rows
from bulletin.document.serial import facts_used, ids_used
from bulletin.errors import ConfigError, DataError
from bulletin.ledger.answer import Kind
from bulletin.pipeline.build import build
from bulletin.pipeline.leaflets import fitted
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.release import release
from bulletin.pipeline.trace import trace
from factories import copied
from finished import Known, docx_numbers, pdf_numbers, read_sheets, unknown
from looks import looked
from proof import faults

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared

SMALL = Path(__file__).parent / "projects" / "small"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The leaflet of the small project without its bulletin, with logos of its own. Read only."""
    folder = looked(tmp_path_factory.mktemp("folheto") / "só o folheto")
    built = build(folder, silent, jobs=1, outline="highlights")
    assert {p.pages for p in built.products if p.format == "pdf"} == {2}
    return folder / "out"


def test_every_number_of_the_finished_leaflet_is_printed_in_the_bulletin(alone: Path, small_out: Path) -> None:
    names = {p.name for p in alone.iterdir()}
    assert {f"small-highlights-{language}.{kind}" for language in ("pt", "en") for kind in ("pdf", "docx")} < names
    assert "small-pt.pdf" not in names
    for language in ("pt", "en"):
        known = Known(small_out, language)
        pdf, docx = (alone / f"small-highlights-{language}.{kind}" for kind in ("pdf", "docx"))
        assert unknown(pdf_numbers(pdf), known, marks=True) == []
        assert unknown(docx_numbers(docx), known, marks=False) == []
        assert len(list(pdf_numbers(pdf))) > 20


def test_the_leaflet_says_of_each_fact_what_the_bulletin_says(alone: Path, small_out: Path) -> None:
    def texts(out: Path) -> dict[str, dict[str, set[str]]]:
        facts = json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]
        return {f["id"]: {language: set(t) for language, t in f["texts"].items()} for f in facts}

    own, bulletin = texts(alone), texts(small_out)
    assert own.keys() < bulletin.keys()
    assert all(own[fact].get(language, set()) <= bulletin[fact].get(language, set()) for fact in own for language in ("pt", "en"))


@pytest.mark.parametrize("language", ["pt", "en"])
def test_its_pdf_is_accessible_and_a_proof_reader_finds_nothing(alone: Path, language: str) -> None:
    path = alone / f"small-highlights-{language}.pdf"
    assert accessible(path.read_bytes()) == []
    assert faults(path) == []


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_logos_stand_at_its_end_as_on_the_cover_but_smaller(alone: Path, language: str) -> None:
    names = {"pt": ["Logótipo do Ministério Fictício", "Logótipo do Parceiro Fictício"],
             "en": ["Logo of the Fictitious Ministry", "Logo of the Fictitious Partner"]}[language]  # fmt: skip
    with zipfile.ZipFile(alone / f"small-highlights-{language}.docx") as package:
        feet = {n: package.read(n).decode() for n in package.namelist() if n.startswith("word/footer")}
        shown = {n: re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)".*?descr="([^"]*)"', xml) for n, xml in feet.items()}
        (name, found), = ((n, logos) for n, logos in shown.items() if logos)  # fmt: skip
        assert [said for _, _, said in found] == names
        sizes = [(round(int(wide) / 36_000, 1), round(int(tall) / 36_000, 1)) for wide, tall, _ in found]
        assert sizes == [(22.5, 9.0), (15.4, 7.7)]
        relations = package.read(f"word/_rels/{name.rpartition('/')[2]}.rels").decode()
        assert all(f'Id="{i}"' in relations for i in re.findall(r'r:embed="([^"]+)"', feet[name]))
    page = read_sheets(alone / f"small-highlights-{language}.pdf")[1]
    with pikepdf.open(alone / f"small-highlights-{language}.pdf") as pdf:
        alternatives = [str(node.Alt) for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
    assert set(names) <= set(alternatives)
    assert max(word.bottom for word in page.words if not page.in_foot(word)) < page.height - 27 * 72 / 25.4 + 2


def leaflets(composed: Composed) -> dict[str, Leaflet]:
    return dict(composed.leaflets["highlights"])


def test_each_block_is_one_of_the_bulletin(composed_example: tuple[Prepared, Composed]) -> None:
    _, composed = composed_example
    for language, leaflet in leaflets(composed).items():
        bulletin = composed.documents[language]
        assert set(facts_used(leaflet.document.sections)) <= set(facts_used(bulletin.sections))
        own = {i for i in ids_used(leaflet.document) if not i.startswith("highlights.")}
        assert own <= set(ids_used(bulletin))
        assert len(leaflet.figures) == 6
        assert len(leaflet.charts) == 3
        assert leaflet.table is not None
        assert {m.id for m in leaflet.messages[1].items} <= {c.result for c in composed.facts.choices() if c.chosen}  # type: ignore[index]
    assert len({tuple(ids_used(leaflet.document)) for leaflet in leaflets(composed).values()}) == 1


def test_illustrative_figures_are_marked_and_say_so_in_their_source(composed_example: tuple[Prepared, Composed]) -> None:
    _, composed = composed_example
    for leaflet in leaflets(composed).values():
        shown_blocks: tuple[Figure | KeyFigure, ...] = (*leaflet.charts, *leaflet.figures)
        for block in shown_blocks:
            invented = any(composed.facts.get(fact).illustrative for fact, _ in facts_used(block) if fact in shown(composed))
            assert bool(block.illustrative) == invented, block.id


def shown(composed: Composed) -> frozenset[str]:
    return frozenset(f.id for f in composed.facts.facts())


def test_what_stands_last_leaves_a_page_that_is_too_full_in_one_language(composed_example: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_example
    theme, whole = prepared.project.theme, leaflets(composed)
    kept, findings = fitted({"highlights": whole}, theme)
    assert kept["highlights"] == whole
    assert findings == ()
    long = {**whole, "en": longer(whole["en"])}
    shorter, findings = fitted({"highlights": long}, theme)
    items = [[i.id for i in leaflet.messages[1].items] for leaflet in shorter["highlights"].values()]  # type: ignore[index]
    before = [i.id for i in whole["pt"].messages[1].items]  # type: ignore[index]
    assert items[0] == items[1] == before[: len(items[0])] != before
    assert [(f.rule, f.parameters["list"]) for f in findings] == [
        ("leaflet-shortened", ", ".join(reversed(before[len(items[0]) :])))
    ]
    assert shorter["highlights"]["pt"].charts == whole["pt"].charts


def longer(leaflet: Leaflet) -> Leaflet:
    """Every message twice as long."""

    def blocks(section: object) -> Iterator[object]:
        for block in section.blocks:  # type: ignore[attr-defined]
            if isinstance(block, BulletList):
                items = tuple(Paragraph(p.id, (*p.content, Text(" "), *p.content)) for p in block.items)
                block = replace(block, items=items)
            yield block

    sections = tuple(replace(s, blocks=tuple(blocks(s))) for s in leaflet.document.sections)  # type: ignore[arg-type]
    return replace(leaflet, document=replace(leaflet.document, sections=sections))


def test_labels_that_no_page_can_hold_are_refused_with_the_page(composed_example: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_example
    whole = leaflets(composed)
    strip = whole["pt"].strip
    assert strip is not None
    wordy = replace(strip, items=tuple(replace(f, label=f.label * 20) for f in strip.items))
    sections = tuple(
        replace(s, blocks=tuple(wordy if b is strip else b for b in s.blocks)) for s in whole["pt"].document.sections
    )
    crowded = replace(whole["pt"], document=replace(whole["pt"].document, sections=sections))
    _, findings = fitted({"highlights": {**whole, "pt": crowded}}, prepared.project.theme)
    refused = [f for f in findings if f.rule == "leaflet-too-long"]
    assert [(f.parameters["page"], f.parameters["language"], f.severity.value) for f in refused] == [(1, "pt", "error")]


def test_halves_are_paired_and_one_alone_is_wide(composed_example: tuple[Prepared, Composed]) -> None:
    rows = in_rows(leaflets(composed_example[1])["pt"].charts)
    assert [[f.chart.width for f in row] for row in rows] == [[170.0], [82.0, 82.0]]


def test_a_leaflet_beside_the_bulletin_is_traced_and_sealed_with_it(tmp_path: Path) -> None:
    folder = copied(SMALL, tmp_path / "pequeno")
    settings = folder / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "also: [highlights]\n", encoding="utf-8")
    build(folder, silent, formats=["docx"], jobs=1)
    fact = json.loads((folder / "out" / "highlights.pt.json").read_text(encoding="utf-8"))["sections"][0]["blocks"][0]["items"][0]
    found = trace(folder, next(p["fact"] for p in fact["value"] if p["type"] == "Number"))
    where = [a.sections for a in found.traces[0].appearances if a.kind is Kind.KEY_FIGURE and a.language == "pt"]
    assert ("Destaques",) in where
    assert any(sections[0] != "Destaques" for sections in where)
    record = folder / "out" / "highlights.pt.json"
    kept = record.read_bytes()
    record.write_bytes(kept.replace(b"Destaques", b"Destaqves"))
    with pytest.raises(DataError) as refused:
        release(folder, silent)
    assert [(f.rule, f.parameters["files"]) for f in refused.value.findings] == [("release-differs", "highlights.pt.json")]
    record.write_bytes(kept)
    release(folder, silent)
    sealed = json.loads((folder / "editions" / "small" / "manifest.json").read_text(encoding="utf-8"))
    assert {"small-highlights-pt.docx", "small-pt.docx", "highlights.en.json"} <= {a["path"] for a in sealed["artifacts"]}


def test_an_unknown_leaflet_is_refused_with_those_there_are(tmp_path: Path) -> None:
    folder = copied(SMALL, tmp_path / "pequeno")
    settings = folder / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "also: [destaques]\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        prepare(folder, silent)
    assert [(f.rule, f.parameters["known"]) for f in refused.value.findings] == [("unknown-leaflet", "highlights")]
