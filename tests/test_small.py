"""The small project through every stage: what a working group changes is what changes, everywhere and nowhere else."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bulletin.document.serial import dump
from bulletin.errors import ConfigError, DataError
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init import init
from bulletin.pipeline.prepare import prepare, stop_on_errors
from bulletin.pipeline.progress import silent
from finished import Known, docx_alternatives, docx_numbers, docx_text, pdf_alternatives, pdf_numbers, pdf_text, unknown
from proof import faults

SMALL = Path(__file__).parent / "projects" / "small"
FRENCH = SMALL.with_name("small_fr")
"""What a second language takes: its texts, laid over the small project."""


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


@pytest.mark.parametrize(
    ("period", "old", "new", "follows", "least"),
    [
        # key figure, sentence and table row; title of the chart and its entry in the contents say the change alone; chart row
        ("2023", "116000", "117000", {"7,3": "6,4", "116,0": "117,0"}, 6),
        # table row, chart row, alternative text
        ("2020", "91000", "92000", {"91,0": "92,0"}, 3),
    ],
)
def test_one_changed_value_changes_everywhere_and_nowhere_else(
    project: Path, small_out: Path, tmp_path: Path, period: str, old: str, new: str, follows: dict[str, str], least: int
) -> None:
    before = dumps(project)
    replace(project / "data" / "pensionistas.csv", f"MZ,{period},{old},", f"MZ,{period},{new},")
    out = tmp_path / "out"
    build(project, silent, output=out, jobs=1)
    after = dumps(project)
    for language in ("pt", "en"):
        words = {printed(a, language): printed(b, language) for a, b in {old: new, **follows}.items()}
        gone, come = changed(before[language], after[language])
        assert [put(line, words) for line in gone] == come
        assert len(come) >= least
        assert all(w not in after[language] for w in words)
        for read in (pdf_words, docx_words):
            suffix = read.__name__.split("_")[0]
            former, now = (read(place / f"small-{language}.{suffix}") for place in (small_out, out))
            assert former != now
            assert sorted(put(former, words).split(" ")) == sorted(now.split(" "))
    was, is_ = facts(small_out), facts(out)
    assert was.keys() == is_.keys()
    moved = {i for i in was if was[i]["value"] != is_[i]["value"]}
    assert moved
    assert all(any(f"@{period}" in leaf["key"] for leaf in was[i]["lineage"]) for i in moved)


def printed(number: str, language: str) -> str:
    """`116000` as a reader of the finished files gets it; a number that is printed already in the marks of the language."""
    if not number.isdigit():
        return number if language == "pt" else number.replace(",", ".")
    return f"{int(number):,}".replace(",", "\u00a0" if language == "pt" else ",")


def put(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def pdf_words(path: Path) -> str:
    """Words and alternative texts; no-break spaces inside numbers are put back."""
    return re.sub(r"(?<=\b\d{2}) (?=000)|(?<=\b\d{3}) (?=\d{3})", "\u00a0", " ".join((pdf_text(path), *pdf_alternatives(path))))


def docx_words(path: Path) -> str:
    return " ".join((docx_text(path), *docx_alternatives(path))).replace("\n", " ")


def facts(out: Path) -> dict[str, dict[str, Any]]:
    return {f["id"]: f for f in json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]}


def test_finished_files_hold_only_facts_and_listed_literals(small_out: Path) -> None:
    for language in ("pt", "en"):
        known = Known(small_out, language)
        assert unknown(pdf_numbers(small_out / f"small-{language}.pdf"), known, marks=True) == []
        assert unknown(docx_numbers(small_out / f"small-{language}.docx"), known, marks=False) == []


@pytest.mark.parametrize("language", ["pt", "en"])
def test_a_proof_reader_finds_nothing_on_its_pages(small_out: Path, language: str) -> None:
    assert faults(small_out / f"small-{language}.pdf") == []


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
        "document.pt.json", "facts.json", "findings.json", "manifest.json", "small-pt.docx", "table.csv",
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


@pytest.mark.skipif(not shutil.which("cc") or sys.platform != "linux", reason="another clock takes a C compiler, on Linux")
def test_the_same_inputs_give_the_same_bytes_whatever_the_machine_says(small_out: Path) -> None:
    """Another clock, zone, locale, hash seed, home, folder, fonts and number of workers, all at once; `tools/repeat.py`: one by one."""
    command = [
        sys.executable,
        Path(__file__).parents[1] / "tools" / "repeat.py",
        "--only",
        "everything",
        "--reference",
        small_out,
    ]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert made.stdout == f"everything: {len([p for p in small_out.rglob('*') if p.is_file()])} files, the same bytes\n", (
        made.stderr
    )
    assert made.returncode == 0


def test_a_new_project_without_data_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "novo"
    init(folder, "tl")
    built = build(folder, silent, languages=["pt"], formats=["docx"], jobs=1)
    assert [p.format for p in built.products] == ["docx"]
    text = docx_text(built.output / "tl-2024-draft-pt.docx")
    assert "Não estão disponíveis, nesta edição, dados para este capítulo." in text
    assert ".." in text


def test_portuguese_and_french_take_texts_only(project: Path) -> None:
    shutil.copytree(FRENCH, project, dirs_exist_ok=True)
    prepared = prepare(project, silent)
    stop_on_errors(prepared.findings, strict=True)
    composed = compose_editions(prepared)
    stop_on_errors(composed.findings, strict=True)
    pt, fr = (dump(composed.documents[language]) for language in ("pt", "fr"))
    assert "Le nombre de pensionnés (INSS) a augmenté de 7,3\u202f%" in fr
    assert "dans la ville de Maputo" in fr
    assert "Note" in fr
    assert not re.search(r"[Tt]exte manquant|\b(?:the|of|dos|das|não|uma)\b", fr)
    assert len(pt.splitlines()) == len(fr.splitlines())
