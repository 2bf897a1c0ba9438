"""The next edition from the last one: what advances, what is kept word for word, what must be confirmed, and that it builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.archive.advance import advanced, next_date, next_edition, next_id, next_number, roman, roman_value, to_confirm
from bulletin.document.serial import dump
from bulletin.errors import BulletinError
from bulletin.load.project import load_project
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init_from import init_from
from bulletin.pipeline.prepare import prepare, stop_on_errors
from bulletin.pipeline.progress import silent
from bulletin.pipeline.records import sealed_manifest
from bulletin.pipeline.release import sealed_files
from bulletin.pipeline.save import save_sealed
from factories import spoken


def put(project: Path, old: str, new: str, file: str = "data/pensionistas.csv") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (next_id("boletim-mz-2024", 2024), "boletim-mz-2025"), (next_id("small", 2024), "small-2025"),
        (next_id("b-12024", 2024), "b-12024-2025"), (next_number("VIII"), "IX"), (next_number("XLIX"), "L"),
        (next_number("8.ª"), "9.ª"), (next_number(""), ""), (next_number("IIX"), "IIX"), (next_number("Especial"), "Especial"),
        (next_date("2025-10-31"), "2026-10-31"), (next_date("2024-02-29"), "2025-02-28"),
    ],
)  # fmt: skip
def test_names_numbers_and_dates_advance(made: str, expected: str) -> None:
    assert made == expected


def test_roman_numerals_are_read_as_they_are_written() -> None:
    assert [roman_value(roman(n)) for n in range(1, 400)] == list(range(1, 400))


def test_the_configuration_keeps_its_comments_and_everything_that_lasts(sealed_small: Path) -> None:
    edition = next_edition(load_project(sealed_small)[0].edition)
    text = (
        "# A minha edição\nid: small   # nome\nyear: 2024\nyears:\n  first: 2020\n  last: 2024\nrelease_date: 2025-01-31\nstatus: final\n"
        "# Discrepâncias\nwaivers:\n- rule: sum\n  key: A\n  # uma nota\n  date: 2025-01-01\n\n# Fontes\n"
        "prefer:\n  - {indicator: A, order: [B]}\ncollect:\n  - {institution: inss, due: 2025-06-30}\nreference_date: {pt: Dados até 2025}\n"
    )
    made = advanced(text, edition)
    assert made.dropped == ("waivers", "reference_date")
    assert made.text == (
        "# A minha edição\nid: small-2025   # nome\nyear: 2025\nyears: {first: 2021, last: 2025}\nrelease_date: 2026-01-31\n"
        "status: draft\n# Discrepâncias\n\n# Fontes\nprefer:\n  - {indicator: A, order: [B]}\n"
        "collect:\n  - {institution: inss, due: 2026-06-30}\n"
    )


def test_every_own_paragraph_is_marked_whatever_edition_it_came_from() -> None:
    text, count = to_confirm("{#a}\nUm.\n\n{# b.c #}\nDois, {#não}.\n{#d confirm=velha}\nTrês.\n", "mz-2024")
    assert count == 3
    assert text == "{#a confirm=mz-2024}\nUm.\n\n{# b.c confirm=mz-2024 #}\nDois, {#não}.\n{#d confirm=mz-2024}\nTrês.\n"


@pytest.fixture
def released(sealed_small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed_small, tmp_path / "primeira", ignore=shutil.ignore_patterns("out", "work")))


def pages(project: Path) -> dict[str, str]:
    prepared = prepare(project, silent)
    stop_on_errors(prepared.findings, strict=False)
    return {language: dump(d).replace("\u00a0", " ") for language, d in compose_editions(prepared).documents.items()}


def test_the_next_edition_builds_at_once_with_no_old_sentence_and_marks_what_is_revised(released: Path, tmp_path: Path) -> None:
    for language, words in {"pt": "Frase do ano passado.", "en": "A sentence of last year."}.items():
        with (released / "text" / language / "pensions.md").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{{#pensioners.own}}\n{words}\n")
    made = init_from(released, None, silent)
    assert made.folder == tmp_path / "small-2025"
    assert (made.new.year, made.new.years.first, made.new.years.last, made.new.status) == (2025, 2021, 2025, "draft")
    assert (made.folder / "editions" / "small" / "table.csv").is_file()
    assert not (made.folder / "out").exists()
    found = pages(made.folder)
    line = next(x for x in found["en"].splitlines() if "2021 | 2022" in x)
    values = next(x for x in found["en"].splitlines() if "103,540" in x and ".." in x)
    assert line.split(" | ")[5] == "2025"
    assert values.split(" | ")[5] == "..", "nothing is known of the new year"
    assert "(r)" not in found["en"].split("{pensions}")[1]
    assert "ano passado" not in found["pt"]
    assert "last year" not in found["en"]
    waiting = [f for f in spoken(made.prepared.findings) if f.rule == "text-unconfirmed"]
    assert {f.key for f in waiting} == {"pensions@pt", "pensions@en", "people@pt", "people@en"}
    put(made.folder, "{#pensioners.own confirm=small}", "{#pensioners.own}", "text/pt/pensions.md")
    put(made.folder, "{#pensioners.own confirm=small}", "{#pensioners.own}", "text/en/pensions.md")
    put(made.folder, "PENSIONERS,MZ,2023,116000", "PENSIONERS,MZ,2023,116500")
    found = pages(made.folder)
    assert "ano passado" in found["pt"]
    assert "116,500(r)" in found["en"]


def test_a_final_edition_is_not_built_while_a_sentence_waits(released: Path) -> None:
    made = init_from(released, None, silent)
    put(made.folder, "status: draft", "status: final", "bulletin.yaml")
    with pytest.raises(BulletinError) as stop:
        prepare(made.folder, silent)
    assert "text-unconfirmed" in {f.rule for f in stop.value.findings if f.severity == "error"}


def test_waivers_expire_yet_the_draft_builds_until_they_are_decided_anew(sealed_small: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(sealed_small, tmp_path / "com razão", ignore=shutil.ignore_patterns("out", "work", "editions")))
    put(old, "MZ,2024,124488,", "MZ,2024,124598,")
    with (old / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "waivers:\n  - {rule: sum-of-parts, key: PENSIONERS.MZ.scheme=INSS@2024, role: Técnico, date: 2025-01-01,\n"
            "     reason: {pt: Tal como divulgado., en: As released.}}\n"
        )
    prepared = prepare(old, silent)
    files = sealed_files(prepared, compose_editions(prepared))
    save_sealed(old / "editions" / "small", {**files, "manifest.json": sealed_manifest(prepared, files, [])})
    made = init_from(old, tmp_path / "nova", silent)
    assert [w.rule for w in made.waivers] == ["sum-of-parts"]
    assert "waivers" not in (made.folder / "bulletin.yaml").read_text(encoding="utf-8")
    (found,) = (f for f in made.prepared.findings if f.rule == "sum-of-parts")
    assert (found.severity, found.waived) == ("warning", "")
    pages(made.folder)


def test_what_is_missing_is_told_by_institution_and_nothing_is_left_behind_on_failure(released: Path, tmp_path: Path) -> None:
    made = init_from(released, tmp_path / "nova", silent)
    assert {i for wanted in made.wanted.values() for i in wanted} == {"PENSIONERS", "POPULATION"}
    with pytest.raises(BulletinError) as stop:
        init_from(released, tmp_path / "nova", silent)
    assert stop.value.findings[0].rule == "project-exists"
    put(released, "id: small\n", '"id": small\n', "bulletin.yaml")
    with pytest.raises(BulletinError) as stop:
        init_from(released, tmp_path / "outra", silent)
    assert {f.rule for f in spoken(stop.value.findings)} == {"from-unchanged"}
    assert not (tmp_path / "outra").exists()
