"""What would other data change? Exactly what two builds differ in, told before anything is written."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.document.lines import encoded_blocks, read_blocks
from bulletin.document.serial import dump, tree
from bulletin.errors import BulletinError
from bulletin.load.changes import DataChange, changed_lines
from bulletin.load.messages import load_messages
from bulletin.model.finding import Place
from bulletin.pipeline.approve import contents_id
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.impact import Foreseen, as_json, impact
from bulletin.pipeline.impact_text import told
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent

SMALL = Path(__file__).parents[1] / "projects" / "small"
KEY = "PENSIONERS.MZ.scheme=INSS@2024"


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work")))


def composed(project: Path) -> Composed:
    return compose_editions(prepare(project, silent))


def blocks(made: Composed) -> dict[str, dict[str, object]]:
    """Language, id of a block or section, what it holds; the contents repeat titles."""
    found: dict[str, dict[str, object]] = {}
    for language, document in made.documents.items():
        lines = (line.node() for line in read_blocks(encoded_blocks(tree(document))).lines)
        found[language] = {str(n["id"]): n for n in lines if n["type"] != "Contents"}
    return found


@pytest.fixture(scope="module")
def foreseen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Foreseen, Composed, Composed]:
    """One cell changed: as foreseen, and the two editions as they are made on their own."""
    folder = copied(tmp_path_factory.mktemp("impacto") / "p")
    before = composed(folder)
    listing = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    found = impact(folder, ["data/pensionistas.csv:7=110000"], silent)
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == listing, "something was written"
    data = folder / "data" / "pensionistas.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("124488", "110000"), encoding="utf-8")
    return found, before, composed(folder)


def test_what_changes_is_what_two_builds_differ_in(foreseen: tuple[Foreseen, Composed, Composed]) -> None:
    found, before, after = foreseen
    seen = found.impact
    old, new = blocks(before), blocks(after)
    for language in ("pt", "en"):
        differ = {b for b in old[language].keys() | new[language].keys() if old[language].get(b) != new[language].get(b)}
        assert differ
        told_ = seen.blocks[language]
        inside = {b: json.dumps(new[language].get(b)) + json.dumps(old[language].get(b)) for b in differ}
        assert all(any(f'"id": "{t}"' in inside[b] for t in told_) for b in differ)
        assert all(any(f'"id": "{t.removesuffix(".alt")}"' in text for text in inside.values()) for t in told_)
        was, is_ = dump(before.documents[language]), dump(after.documents[language])
        for change in (w for w in seen.words if w.language == language and not w.block.startswith("pensions.figure")):
            assert all(s in was and s not in is_ for s in change.old)
            assert all(s in is_ and s not in was for s in change.new)
    same = {
        f.id for f in before.facts.facts() if f in after.facts.facts() and before.facts.texts(f.id) == after.facts.texts(f.id)
    }
    ids = {f.id for book in (before.facts, after.facts) for f in book.facts()}
    assert {f.id for f in seen.figures} == ids - same
    assert next(f.values for f in seen.figures if f.id == KEY) == (124488.0, 110000.0)


def test_claims_that_turn_are_named_with_what_the_build_would_refuse(foreseen: tuple[Foreseen, Composed, Composed]) -> None:
    found, _, _ = foreseen
    turned = {c.id: (c.old and c.old.outcome, c.new and c.new.outcome, c.languages) for c in found.impact.claims}
    assert turned["pensioners.change#1"] == ("up", "down", ("pt", "en"))
    assert turned["pensioners.change#2"] == ("first", None, ("pt", "en"))
    assert [f.rule for f in found.new] == ["sum-of-parts"]
    cells = {(e.language, e.block): e.cells for e in found.impact.exhibits}
    assert cells["en", "pensioners_type"] == (("Total · 2024", "124,488", "110,000"),)
    shown = "\n".join(told(found, load_messages("pt")))
    assert "change = up → change = down" in shown
    assert "- Entre 2023 e 2024, o número de pensionistas (INSS) aumentou 7,3%" in shown
    claims = {c["id"]: c for c in json.loads(json.dumps(as_json(found)))["claims"]}
    assert claims["pensioners.change#1"]["old"]["outcome"] == "up"


def test_another_file_or_another_cell_of_a_workbook_say_the_same(
    foreseen: tuple[Foreseen, Composed, Composed], tmp_path: Path
) -> None:
    other = tmp_path / "pensionistas.csv"
    text = (SMALL / "data" / "pensionistas.csv").read_text(encoding="utf-8")
    other.write_text(text.replace("124488", "110000"), encoding="utf-8")
    assert impact(SMALL, [str(other)], silent).impact == foreseen[0].impact
    folder = copied(tmp_path / "folha")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dados"
    for row in csv.reader(text.splitlines()):
        sheet.append([int(c) if n == 3 and c.isdigit() else c for n, c in enumerate(row)])
    book.save(folder / "data" / "pensionistas.xlsx")
    (folder / "data" / "pensionistas.csv").unlink()
    found = impact(folder, ["data/pensionistas.xlsx[Dados]!D7=110000"], silent, languages=["pt"])
    assert next(f.values for f in found.impact.figures if f.id == KEY) == (124488.0, 110000.0)
    assert {w.language for w in found.impact.words} == {"pt"}


def test_a_data_file_alone_is_compared_with_the_last_build(sealed_small: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sealed_small, tmp_path / "p", ignore=shutil.ignore_patterns("*.docx", "editions")))
    same = impact(folder, ["pensionistas.csv"], silent)
    assert (same.impact.figures, same.new, same.gone, same.refused) == ((), (), (), False)
    data = folder / "data" / "pensionistas.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("2021,103540", "2021,103550"), encoding="utf-8")
    found = impact(folder, ["data/pensionistas.csv"], silent)
    assert found.since_build
    assert [(f.rule, f.place.cell) for f in found.new] == [("sum-of-parts", "3")]
    assert found.refused
    assert "PENSIONERS.MZ.scheme=INSS@2021" in {f.id for f in found.impact.figures}
    shutil.rmtree(folder / "out")
    with pytest.raises(BulletinError, match="impact-not-built"):
        impact(folder, ["data/pensionistas.csv"], silent)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("pensionista.csv:7=1", "impact-unknown-file"), ("data/pensionistas.csv:99=1", "impact-no-cell"),
        ("data/pensionistas.csv:1=1", "impact-no-cell"), ("data/pensionistas.csv:7(VALOR)=1", "impact-no-column"),
        ("data/pensionistas.csv:7", "impact-not-understood"), ("7=1", "impact-not-understood"), ("", "impact-not-understood"),
        ("data/pensionistas.csv=nada.csv", "file-missing"), (f"pensionistas.csv={__file__}", "impact-other-kind"),
        ("bulletin.yaml:3=1", "impact-unknown-file"), ("dados.xlsx[Folha]!B7 (SEX)=F", "impact-unknown-file"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_says_so(change: str, rule: str) -> None:
    with pytest.raises(BulletinError, match=rule):
        impact(SMALL, [change], silent)


def test_a_column_that_the_file_lacks_is_answered_with_those_it_has() -> None:
    with pytest.raises(BulletinError) as stop:
        impact(SMALL, ["data/pensionistas.csv:7 (SEX)=F"], silent)
    (found,) = stop.value.findings
    heads = (SMALL / "data" / "pensionistas.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert found.parameters["known"] == heads.replace(",", ", ")


def test_another_status_is_shown_as_old_and_new() -> None:
    found = impact(SMALL, ["data/pensionistas.csv:7(OBS_STATUS)=E"], silent, languages=["pt"])
    shown = [line for line in told(found, load_messages("pt")) if line.startswith(f"  {KEY}:")]
    assert shown == [f"  {KEY}: pt 124,5 / 124\u00a0488; estado provisório → estimativa"]
    (figure,) = [f for f in as_json(found)["figures"] if f["id"] == KEY]  # type: ignore[union-attr, call-overload, index]
    assert (figure["status_old"], figure["status_new"]) == (["P"], ["E"])  # type: ignore[call-overload, index]


def test_what_a_final_edition_needs_is_asked_of_the_edition_foreseen(tmp_path: Path) -> None:
    """Every warning explained, and the institutions' approvals of these very figures."""
    done = CliRunner().invoke(app, ["impact", str(SMALL), "--change", "data/pensionistas.csv:6=1160000", "--messages", "en"])
    assert done.exit_code == 1
    assert "a final edition explains every warning" in done.output
    folder = copied(tmp_path / "p")
    for name, old, new in (
        ("config/sources.yaml", "  - id: PRIMEIRA\n", "  - id: PRIMEIRA\n    institution: INSS\n"),
        ("bulletin.yaml", "demonstration: true\n", ""),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    harmless = "data/pensionistas.csv:6(COMMENT_EN)=Rounded"
    found = impact(folder, [harmless], silent)
    assert (found.new, found.refused) == ((), True), "not approved as it is, either"
    prepared = prepare(folder, silent)
    build = contents_id(prepared, compose_editions(prepared))
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as file:
        file.write(f"approvals: [{{institution: INSS, role: {{pt: Direcção, en: Board}}, date: 2025-01-20, build: '{build}'}}]\n")
    assert [f.rule for f in impact(folder, ["data/pensionistas.csv:6=116500"], silent).new] == ["approval-outdated"]


FIELDS = st.text(st.sampled_from("aç1,; \"'\n€"), max_size=6).map(lambda t: t.strip() or "x")


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=5),
    new=FIELDS,
    separator=st.sampled_from(",;\t"),
    ending=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    data=st.data(),
)
def test_one_cell_of_a_text_file_changes_and_nothing_else(
    rows: list[tuple[str, str]], new: str, separator: str, ending: str, encoding: str, data: st.DataObject
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=ending)
    writer.writerow(["INDICATOR", "OBS_VALUE"])
    starts = []
    for row in rows:
        starts.append(len(list(io.StringIO(out.getvalue(), newline=""))) + 1)
        writer.writerow(row)
    which = data.draw(st.integers(0, len(rows) - 1))
    change = DataChange(Place("data/x.csv", cell=str(starts[which])), new)
    changed = changed_lines(out.getvalue().encode(encoding), None, [change]).decode(encoding)
    expected = [["INDICATOR", "OBS_VALUE"], *([a, new if n == which else b] for n, (a, b) in enumerate(rows))]
    assert list(csv.reader(io.StringIO(changed, newline=""), delimiter=separator)) == expected
