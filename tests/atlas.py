"""A small project of any country with one map of each kind, its figures made up and marked so: `python tests/atlas.py CODE FOLDER [YEAR]`."""

from __future__ import annotations

import sys
from pathlib import Path

from bulletin.load.project_files import ProjectFiles
from bulletin.model.country import Country

_HEAD = """schema: bulletin/1
id: atlas
country: {code}
year: {year}
years: {{first: {year}, last: {year}}}
release_date: {next}-01-31
status: draft
demonstration: true
languages: [{languages}]
outline: atlas
publisher: {{pt: Projeto de ensaio, en: Test project}}
"""
_MAP = """      - chart: {id}
        kind: {kind}
        title: {{pt: "{pt}, por {{subdivision}}", en: "{en}, by {{subdivision}}"}}
        indicator: {indicator}
        where: {where}
        categories: {{by: ref_area, total: none}}
"""
MAPS = (
    (
        "rates",
        "choropleth",
        "Pessoas idosas que recebem pensão ou subsídio",
        "Older persons receiving a pension or grant",
        "COVERAGE_OLDER",
    ),
    ("counts", "symbols", "Pensionistas", "Pensioners", "PENSIONERS"),
    ("tiles", "tiles", "Crescimento da população", "Population growth", "POP_GROWTH"),
)
_SPREAD = (91_400, 310, 4_120, 36_000, 60_700, 70, 18_300, 2_210)


def atlas(folder: Path, code: str, year: int = 2025, *, languages: str = "pt, en", extra: str = "") -> Path:
    """`extra`: further lines of bulletin.yaml."""
    land = ProjectFiles(folder)
    tree = land.map_of(land.config / "countries" / f"{code.lower()}.yaml")
    assert tree is not None
    country = land.checked(Country, tree, tree.own)
    assert country is not None
    outline = folder / "config" / "outlines" / "atlas"
    outline.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    names = {"pt": country.place.name["pt"], "en": country.place.name["en"]}
    head = _HEAD.format(code=code, year=year, next=year + 1, languages=languages)
    (folder / "bulletin.yaml").write_text(head + extra, encoding="utf-8")
    order = f'id: atlas\ntitle: {{pt: Mapas, en: Maps}}\nsubtitle: {{pt: "{names["pt"]}", en: "{names["en"]}"}}\norder: [maps]\n'
    (outline / "00-outline.yaml").write_text(order, encoding="utf-8")
    chapter = (
        "chapter: maps\ntitle: {pt: Mapas, en: Maps}\nsections:\n  - id: maps.all\n    title: {pt: Mapas, en: Maps}\n    items:\n"
    )
    for name, kind, pt, en, indicator in MAPS:
        where = "{scheme: INSS}" if indicator == "PENSIONERS" else "{}"
        chapter += _MAP.format(id=name, kind=kind, pt=pt, en=en, indicator=indicator, where=where)
    (outline / "maps.yaml").write_text(chapter, encoding="utf-8")
    sources = "sources:\n  - id: ENSAIO\n    short: {pt: valores de ensaio, en: made-up values}\n    full: {pt: valores de ensaio, en: made-up values}\n"
    (folder / "config" / "sources.yaml").write_text(sources, encoding="utf-8")
    rows = ["INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,SCHEME,OBS_STATUS,CONF_STATUS,ILLUSTRATIVE"]
    present = [p.code for p in country.subdivisions if p.is_valid(str(year))]
    for i, place in enumerate([code, *present]):
        rate, growth = 9.5 + 27 * ((i * 37) % 19) / 19, 1.1 + ((i * 29) % 23) / 9
        value, status, secret = f"{rate:.1f}", "P" if i == len(present) else "A", "F"
        if i == 3:
            value, status = "", "O"
        if i == 5:
            secret = "C"
        rows.append(f"COVERAGE_OLDER,{place},{year},{value},PT,ENSAIO,_T,{status},{secret},true")
        count = "" if i == 4 else f"{_SPREAD[i % 8] // (1 + i // 8)}" if i else "900000"
        rows.append(f"PENSIONERS,{place},{year},{count},PERS,ENSAIO,INSS,{'A' if count else 'O'},F,true")
        rows.append(f"POP_GROWTH,{place},{year},{growth:.1f},PT,ENSAIO,_T,A,F,true")
    (folder / "data" / "ensaio.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    atlas(Path(sys.argv[2]), sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 2025)
