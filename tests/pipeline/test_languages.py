"""Any pair of languages builds: what is missing in one is lent by the other, marked, and told once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bulletin.document.serial import dump
from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init import init
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from factories import small_project

PAIRS = {"fr": "GW", "tet": "TL"}


def country_folder(tmp_path: Path, country: str, second: str) -> Path:
    """The small project as another country, in Portuguese and a second language."""
    root = small_project(tmp_path / country)
    (root / "bulletin.yaml").write_text(
        f"schema: bulletin/1\nid: small\ncountry: {country}\nyear: 2024\nyears: {{first: 2020, last: 2024}}\n"
        f"release_date: 2025-01-31\nstatus: draft\nlanguages: [pt, {second}]\noutline: small\n"
        f"publisher: {{pt: Projeto de ensaio, {second}: Ensaio}}\n"
        "prefer:\n  - {indicator: PENSIONERS, order: [PRIMEIRA, SEGUNDA]}\n",
        encoding="utf-8",
    )
    rows = "".join(f"POPULATION,{country},{y},{1_000_000 + 20_000 * (y - 2020)},PERS,PRIMEIRA\n" for y in range(2020, 2025))
    head = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE\n"
    (root / "data" / "populacao.csv").write_text(head + rows, encoding="utf-8")
    pensions = (root / "data" / "pensionistas.csv").read_text(encoding="utf-8")
    (root / "data" / "pensionistas.csv").write_text(pensions.replace(",MZ,", f",{country},"), encoding="utf-8")
    (root / "text" / "en").rename(root / "text" / second)
    for language in ("pt", second):
        with (root / "text" / language / "people.md").open("a", encoding="utf-8") as file:
            file.write(
                '\n{#people.years}\n{{ level("POPULATION") }}\n{{ change("POPULATION") }}\n{{ span("POPULATION") }}\n{{ record("POPULATION") }}\n'
            )
    return root


@pytest.mark.parametrize("second", PAIRS)
def test_a_small_country_in_portuguese_and_another_language(second: str, tmp_path: Path) -> None:
    country = PAIRS[second]
    prepared = prepare(country_folder(tmp_path, country, second), silent)
    pages = {language: dump(d) for language, d in compose_editions(prepared).documents.items()}
    assert list(pages) == ["pt", second]
    lacking = [f.parameters for f in prepared.findings if f.rule == "pack-incomplete"]
    if second == "fr":
        assert lacking == []
        assert "[pt: " not in re.sub(r"\[pt: [^\]]*(?:ensaio|Pens|Popul|fonte)[^\]]*\]", "", pages["fr"])
        assert re.search(r"Le nombre de pensionnés .*a augmenté de \d", pages["fr"])
    else:
        (told,) = lacking
        assert told["language"] == "tet"
        assert int(told["count"]) > 100
        assert int(told["review"]) > 40
        assert "Iha 2024, populasaun hamutuk 1,08\u00a0millaun." in pages["tet"]
        assert "Hosi 2023 to’o 2024, populasaun aumenta 1,9%, hosi 1,06\u00a0millaun ba 1,08\u00a0millaun." in pages["tet"]
        assert "populasaun aumenta hosi 1\u00a0millaun ba 1,08\u00a0millaun, ho taxa kresimentu anuál 1,9%." in pages["tet"]
        assert "[pt: Em 2024, a população atingiu 1,08\u00a0milhões, o valor mais elevado da série" in pages["tet"]
        assert "Tabela" in pages["tet"]
        assert "[pt: " in pages["tet"]


def test_no_edition_is_final_in_a_language_that_is_not_complete(tmp_path: Path) -> None:
    root = country_folder(tmp_path, "TL", "tet")
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: final"), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_project(root)
    assert [f.key for f in refused.value.findings if f.rule == "pack-incomplete"] == ["tet"]


@pytest.mark.parametrize("second", PAIRS)
def test_a_new_project_is_told_of_the_languages_of_its_country(second: str, tmp_path: Path) -> None:
    country = PAIRS[second]
    init(tmp_path / "new", country.lower())
    assert f"[pt, {second}]" in (tmp_path / "new" / "bulletin.yaml").read_text(encoding="utf-8")
