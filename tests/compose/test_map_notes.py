"""Maps of a whole project: which boundaries they stand on, and what is printed and told about it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from atlas import atlas
from bulletin.document.blocks import Figure, Table
from bulletin.document.inline import plain
from bulletin.document.tree import walk
from bulletin.errors import ConfigError
from bulletin.pipeline.edit import Composed, compose_editions, compose_words
from bulletin.pipeline.maps import map_bounds, told_of_maps
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.records import sealed_manifest
from bulletin.pipeline.release import sealed_files


def composed(folder: Path) -> tuple[Prepared, Composed]:
    prepared = prepare(folder, lambda *_: None)
    return prepared, compose_words(prepared)


def figures(made: Composed, language: str = "pt") -> dict[str, Figure]:
    return {b.id: b for b in walk(made.documents[language].sections) if isinstance(b, Figure)}


def notes(figure: Figure) -> str:
    return " ".join(plain(n.content) for n in figure.notes)


def test_older_figures_stand_on_the_boundaries_of_their_time(tmp_path: Path) -> None:
    prepared, made = composed(atlas(tmp_path, "AO", 2024))
    found = figures(made)
    assert [(found[f].chart.kind, bool(found[f].chart.boundaries)) for f in ("rates", "counts", "tiles")] == [
        ("choropleth", True),
        ("symbols", True),
        ("tiles", False),
    ]
    for name in ("rates", "counts"):
        assert notes(found[name]).count("Limites sem valor legal") == 1
        assert "Natural Earth" in notes(found[name])
    assert "Limites" not in notes(found["tiles"])
    assert "a posição é aproximada" in notes(found["tiles"])
    assert told_of_maps(prepared, made.documents["pt"]) == ()


_TABLE = """      - table: places
        title: {pt: "Cobertura, por {subdivision}", en: "Coverage, by {subdivision}"}
        indicator: COVERAGE_OLDER
        rows: [{level: {by: ref_area}}]
        columns: [{by: period, periods: available}]
"""


@pytest.mark.parametrize(
    ("data", "also", "parts"), [(2024, "", 18), (2025, "", 21), (2025, "AO-MOX", 21), (2025, "AO-MOX AO-CCU", 22)]
)
def test_tables_have_the_places_of_the_years_of_their_figures(tmp_path: Path, data: int, also: str, parts: int) -> None:
    folder = atlas(tmp_path, "AO", data)
    settings, chapter = folder / "bulletin.yaml", folder / "config" / "outlines" / "atlas" / "maps.yaml"
    text = re.sub(r"(?m)^year: .*|^years: .*|^release_date: .*", "", settings.read_text("utf-8"))
    settings.write_text(f"{text}year: 2025\nyears: {{first: 2023, last: 2025}}\nrelease_date: 2026-01-31\n", encoding="utf-8")
    chapter.write_text(chapter.read_text("utf-8") + _TABLE, encoding="utf-8")
    path = folder / "data" / "ensaio.csv"
    more = "".join(f"COVERAGE_OLDER,{place},2023,12.5,PT,ENSAIO,_T,A,F,true\n" for place in also.split())
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    _, made = composed(folder)
    table = next(b for b in walk(made.documents["pt"].sections) if isinstance(b, Table))
    assert len(table.rows) == parts + 1
    new = {"Icolo e Bengo", "Moxico Leste", "Cuando"} & {plain(r.label) for r in table.rows}
    assert bool(new) == (data == 2025)


def test_figures_of_a_new_division_fall_to_tiles_with_the_reason_in_both_languages(tmp_path: Path) -> None:
    prepared, made = composed(atlas(tmp_path, "AO", 2025))
    pt, en = figures(made)["rates"], figures(made, "en")["rates"]
    assert (pt.chart.kind, pt.chart.boundaries) == ("tiles", "")
    assert figures(made)["counts"].chart.kind == "symbols"
    assert "Não se desenha o mapa" in notes(pt)
    assert "Moxico Leste" in notes(pt)
    assert "No map is drawn" in notes(en)
    assert {(f.rule, f.key) for f in told_of_maps(prepared, made.documents["pt"])} == {
        ("map-vintage", "rates"),
        ("map-vintage", "counts"),
    }


def test_a_country_takes_its_own_boundaries_by_name(tmp_path: Path) -> None:
    folder = atlas(tmp_path, "ST", extra="geo: {file: own.geojson, source: INE, vintage: '2025', code_property: NOME}\n")
    names = ["Água Grande", "Mé-Zóchi", "Cantagalo", "Caué", "Lembá", "Lobata", "Príncipe"]
    ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    features = [
        {"properties": {"NOME": n}, "geometry": {"type": "Polygon", "coordinates": [[[x + i, y] for x, y in ring]]}}
        for i, n in enumerate(names)
    ]
    (folder / "config" / "geo").mkdir()
    path = folder / "config" / "geo" / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    prepared, made = composed(folder)
    assert figures(made)["rates"].chart.boundaries == "own.geojson"
    assert "Fonte das fronteiras: INE, versão 2025." in notes(figures(made)["rates"])
    assert told_of_maps(prepared, made.documents["pt"]) == ()
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features[:-1]}), encoding="utf-8")
    prepared, made = composed(folder)
    assert figures(made)["rates"].chart.kind == "tiles"
    told = told_of_maps(prepared, made.documents["pt"])
    assert {(f.rule, f.severity.value, f.parameters["codes"]) for f in told} == {("map-lacks-places", "warning", "ST-P")}


def test_areas_shaded_by_counts_are_refused(tmp_path: Path) -> None:
    folder = atlas(tmp_path, "GW")
    path = folder / "config" / "outlines" / "atlas" / "maps.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: symbols", "kind: choropleth"), encoding="utf-8")
    with pytest.raises(ConfigError) as stop:
        composed(folder)
    assert [f.rule for f in stop.value.findings] == ["map-of-counts"]


def test_provisional_places_of_a_map_are_named_and_bounds_recorded(tmp_path: Path) -> None:
    prepared, made = composed(atlas(tmp_path, "GW"))
    assert "Valores provisórios ou projeções: Bissau." in notes(figures(made)["rates"])
    bounds = map_bounds(prepared, made)
    assert set(bounds) == {"rates", "tiles"}
    assert all(b.given == () and len(b.used) >= 2 for b in bounds.values())


def test_classes_of_a_sealed_edition_hold_in_the_next_and_a_change_is_told(tmp_path: Path) -> None:
    folder = atlas(tmp_path, "GW", 2024)
    before, first = composed(folder)
    bounds = map_bounds(before, first)
    files = sealed_files(before, compose_editions(before))
    path = folder / "editions" / "atlas"
    path.mkdir(parents=True)
    for name, content in {**files, "manifest.json": sealed_manifest(before, files, [], bounds)}.items():
        (path / name).write_bytes(content)
    yaml, data = folder / "bulletin.yaml", folder / "data" / "ensaio.csv"
    text = yaml.read_text("utf-8").replace("id: atlas", "id: next").replace("2024", "2025")
    yaml.write_text(text.replace("2025-01-31", "2026-01-31"), encoding="utf-8")
    rows = data.read_text("utf-8")
    lines = rows.splitlines()
    moved = [line.replace(",2024,", ",2025,") for line in lines[1:]]
    halved = [re.sub(r"2025,([\d.]+),PT", lambda m: f"2025,{float(m[1]) * 0.93:.1f},PT", line) for line in moved]
    data.write_text("\n".join([*lines, *halved]) + "\n", encoding="utf-8")
    after, second = composed(folder)
    assert after.former is not None
    assert map_bounds(after, second) == bounds
    assert told_of_maps(after, second.documents["pt"]) == ()
    tenfold = [re.sub(r"2025,([\d.]+),PT", lambda m: f"2025,{float(m[1]) / 10:.1f},PT", line) for line in moved]
    data.write_text("\n".join([*lines, *tenfold]) + "\n", encoding="utf-8")
    after, third = composed(folder)
    assert map_bounds(after, third)["rates"] != bounds["rates"]
    assert ("classes-new", "rates") in {(f.rule, f.key) for f in told_of_maps(after, third.documents["pt"])}
    assert "as cores não se comparam" in notes(figures(third)["rates"])
