"""The example through a year: released, carried on to the next edition, one old figure changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bulletin.document.serial import dump
from bulletin.model.quality import Cause
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init_from import init_from
from bulletin.pipeline.prepare import prepare, stop_on_errors
from bulletin.pipeline.progress import silent
from bulletin.pipeline.records import sealed_manifest
from bulletin.pipeline.release import sealed_files
from bulletin.pipeline.save import save_sealed
from factories import copied

EXAMPLE = Path(__file__).parents[2] / "examples" / "mozambique"


def test_the_revisions_of_the_example_are_those_of_its_two_sealed_tables_and_all_explained() -> None:
    prepared = prepare(EXAMPLE, silent)
    assert prepared.former is not None
    assert prepared.former.id == "boletim-mocambique-2023"
    found = {r.key: r for r in prepared.revisions}
    assert len(found) > 15
    assert {r.cause for r in found.values()} == {Cause.SCHEDULED, Cause.CONSEQUENCE}
    gdp = found["GDP.MZ@2017"]
    assert (gdp.old, gdp.new) == (840.53e9, 804.464e9), "as CABRI and the IMF published it"
    for r in found.values():
        for text in r.reason.values():
            assert text


@pytest.mark.slow
def test_the_next_edition_of_the_released_example(tmp_path: Path) -> None:
    project = copied(EXAMPLE, tmp_path / "mozambique")
    now = prepare(project, silent)
    files = sealed_files(now, compose_editions(now))
    assert sum(map(len, files.values())) < 2_000_000
    # As release does; that it asks for a build of the same project, the small one shows.
    save_sealed(project / "editions" / now.project.edition.id, {**files, "manifest.json": sealed_manifest(now, files, [])})
    following = init_from(project, None, silent)
    assert following.folder.name == "boletim-mocambique-2025"
    assert sorted(p.name for p in (following.folder / "editions").iterdir()) == [
        "boletim-mocambique-2023",
        "boletim-mocambique-2024",
    ]
    assert following.prepared.revisions == (), "nothing has changed yet"
    assert following.wanted
    marks = [
        m
        for p in (following.folder / "text").rglob("*.md")
        for m in re.findall(r"^\{#.*\}$", p.read_text(encoding="utf-8"), re.M)
    ]
    assert marks
    assert all("confirm=boletim-mocambique-2024" in m for m in marks)
    stop_on_errors(following.prepared.findings, strict=False)
    documents = compose_editions(following.prepared).documents
    own = {p.id for p in following.prepared.project.narrative["pt"]["coverage"] if p.own}
    assert not own
    lines = dump(documents["pt"]).splitlines()
    head = next(n for n, line in enumerate(lines) if line.rstrip().endswith("2024 | 2025"))
    assert any(line.endswith("..") for line in lines[head + 1 : head + 12]), "the new year is empty"
    assert "(r)" not in dump(documents["pt"]).split("{key_results}")[1]
    path = following.folder / "data" / "macro.csv"
    text = path.read_text(encoding="utf-8")
    assert "MZ,GDP,_T,_T,_T,_T,_T,2018,878.414," in text
    path.write_text(text.replace("MZ,GDP,_T,_T,_T,_T,_T,2018,878.414,", "MZ,GDP,_T,_T,_T,_T,_T,2018,898.414,"), encoding="utf-8")
    prepared = prepare(following.folder, silent)
    assert "revision-unexplained" in {f.rule for f in prepared.findings}
    page = dump(compose_editions(prepared).documents["en"])
    assert "898.4(f)(r)" in page
