"""The small project through every stage: what a working group changes is what changes, everywhere and nowhere else."""

from __future__ import annotations

import difflib
import json
import shutil
from pathlib import Path

import pytest

from bulletin.document.serial import dump
from bulletin.errors import ConfigError, DataError
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare, stop_on_errors
from bulletin.pipeline.progress import silent
from finished import docx_text, numbers, pdf_text

SMALL = Path(__file__).parent / "projects" / "small"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "país com espaço"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))
    return folder


def dumps(folder: Path) -> dict[str, str]:
    prepared = prepare(folder, silent)
    stop_on_errors(prepared.findings, strict=False)
    return {language: dump(d) for language, d in compose_editions(prepared).documents.items()}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = [d for d in difflib.ndiff(before.splitlines(), after.splitlines()) if d[0] in "+-"]
    return [d[2:] for d in lines if d[0] == "-"], [d[2:] for d in lines if d[0] == "+"]


def test_one_changed_value_changes_everywhere_and_nowhere_else(project: Path) -> None:
    before = dumps(project)
    replace(project / "data" / "pensionistas.csv", "MZ,2023,116000,", "MZ,2023,117000,")
    after = dumps(project)
    for language, (old, new) in {"pt": ("116 000", "117 000"), "en": ("116,000", "117,000")}.items():
        gone, come = changed(before[language], after[language])
        old, new = old.replace(" ", "\u00a0"), new.replace(" ", "\u00a0")
        assert old not in after[language]
        # key figure, sentence, title of the chart, its entry in the contents, table row, chart row
        assert sum(new in line for line in come) >= 5
        assert all(old in line or "7,3" in line or "7.3" in line or "116,0" in line or "116.0" in line for line in gone)
        assert len(gone) == len(come)


def test_finished_files_hold_only_facts_and_listed_literals(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "saída"
    built = build(project, silent, output=out, jobs=1)
    assert {p.format for p in built.products} == {"pdf", "docx"}
    facts = json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]
    for language in ("pt", "en"):
        tree = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))
        known = numbers(" ".join(t for f in facts for t in f["texts"].get(language, [])))
        known |= set(tree["literals"])
        known |= {str(n) for n in range(1, 40)}  # folios
        known |= {str(n) for n in range(1, 10)}
        for text in (pdf_text(out / f"small-{language}.pdf"), docx_text(out / f"small-{language}.docx")):
            assert numbers(text) - known == set()


def test_an_edition_grows_by_its_own_files_alone(project: Path) -> None:
    before = dumps(project)["en"]
    with (project / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "add:\n"
            "  - to: pensions.types\n"
            "    item:\n"
            "      table: own\n"
            "      title: {pt: Quadro próprio, en: Own table}\n"
            "      indicator: PENSIONERS\n"
            "      where: {scheme: INSS}\n"
            "      rows: [{}]\n"
            '      columns: [{by: period, codes: ["2024"]}]\n'
            "change:\n"
            '  pensioners_chart: {categories: {by: period, codes: ["2023", "2024"]}}\n'
        )
    for language, text in {"pt": "Um parágrafo do país.", "en": "A paragraph of the country."}.items():
        with (project / "text" / language / "pensions.md").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{{#pensioners.own}}\n{text}\n")
    gone, come = changed(before, dumps(project)["en"])
    assert any("Own table" in line for line in come)
    assert any("A paragraph of the country." in line for line in come)
    assert any(line.strip() == "2023 | 2024" for line in come)
    assert not any("Table 2.1" in line or "Table 2.2" in line for line in gone)


def test_one_language_asks_nothing_of_the_other(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / "text" / "en")
    out = tmp_path / "out"
    build(project, silent, output=out, languages=["pt"], formats=["docx"], jobs=1)
    assert sorted(p.name for p in out.iterdir()) == [
        "document.pt.json", "facts.json", "findings.json", "manifest.json", "small-pt.docx",
    ]  # fmt: skip


def test_a_missing_text_stops_a_final_edition_and_is_marked_in_a_draft(project: Path) -> None:
    (project / "text" / "en" / "pensions.md").unlink()
    with pytest.raises((ConfigError, DataError)):
        dumps(project)
    replace(project / "bulletin.yaml", "status: final", "status: draft")
    prepared = prepare(project, silent)
    assert any(f.rule.startswith("missing") for f in prepared.findings)


def test_a_total_that_does_not_add_up_stops_the_build_until_it_is_explained(project: Path) -> None:
    replace(project / "data" / "pensionistas.csv", "MZ,2024,124488,", "MZ,2024,124598,")
    with pytest.raises(DataError) as stop:
        dumps(project)
    assert [f.rule for f in stop.value.findings if f.severity == "error"] == ["sum-of-parts"]
    with (project / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "waivers:\n"
            "  - rule: sum-of-parts\n"
            "    key: PENSIONERS.MZ.scheme=INSS@2024\n"
            "    reason: {pt: Total tal como publicado., en: Total as published.}\n"
            "    role: Coordenação\n"
            "    date: 2025-01-15\n"
        )
    assert "Total as published." in dumps(project)["en"]


def test_a_refused_build_leaves_the_former_edition_untouched(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(project, silent, output=out, languages=["pt"], formats=["docx"], jobs=1)
    former = {p.name: p.read_bytes() for p in out.iterdir()}
    replace(project / "data" / "pensionistas.csv", "MZ,2024,124488,", "MZ,2024,muitos,")
    with pytest.raises(DataError):
        build(project, silent, output=out, languages=["pt"], formats=["docx"], jobs=1)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == former


def test_the_same_inputs_give_the_same_bytes(project: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        build(project, silent, output=tmp_path / name, languages=["en"], jobs=1)
        made.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
