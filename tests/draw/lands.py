"""The six countries as maps see them, and maps of them, ordinary and hard: `python tests/draw/lands.py DIR [THEME] [NAME…]` draws them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from gallery import CLASSES, LONG, chart, points, theme

from bulletin.document.chart import Category, Chart, Point, ReferenceLine, Series, stacked
from bulletin.load.geometry import read_boundaries
from bulletin.model.country import PlaceName
from bulletin.model.geometry import Boundaries, Geometry, Moved, geometry_for
from bulletin.shipped import shipped

COUNTRIES = ("MZ", "AO", "CV", "GW", "ST", "TL")
KINDS = ("choropleth", "symbols", "tiles")
SPREAD = (820_400.0, 31.0, 4_120.0, 96_000.0, 260_700.0, 7.0, 18_300.0, 2_210.0)


@cache
def raw(code: str) -> Mapping[str, Any]:
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe").load(shipped("config", "countries", f"{code.lower()}.yaml").read_text("utf-8"))
    return found


def places(code: str, year: str = "2025", language: str = "pt") -> tuple[Category, ...]:
    valid = [
        p
        for p in raw(code)["subdivisions"]
        if str(p.get("valid_from", ""))[:4] <= year <= (str(p.get("valid_to", ""))[:4] or "9")
    ]
    return tuple(Category(p["code"], p["name"][language]) for p in valid)


@cache
def geometries(code: str) -> tuple[Geometry, ...]:
    named = [PlaceName(p["code"], p["name"]) for p in raw(code)["subdivisions"]]
    found = []
    for entry in raw(code)["geo"]:
        moved = tuple(Moved(tuple(m["units"]), tuple(m["by"])) for m in entry.get("moved", ()))
        said = Boundaries(**(entry | {"moved": moved}))
        geometry, findings = read_boundaries(shipped("config", "geo", said.file).read_bytes(), said, named, said.file)
        assert geometry is not None, findings
        found.append(geometry)
    return tuple(found)


@cache
def tiles(code: str) -> Mapping[str, tuple[int, int]]:
    return {p["code"]: tuple(p["tile"]) for p in raw(code)["subdivisions"] if "tile" in p}


def land(one: Chart, year: str = "2025") -> tuple[Geometry | None, Mapping[str, tuple[int, int]]]:
    """As composing chooses it: the boundaries that have every place and are in force."""
    codes = [c.key for c in one.categories if c.key != one.country]
    return geometry_for(geometries(one.country), codes, (one.words.get("year", year),)), tiles(one.country)


def mapped(kind: str, code: str, values: Sequence[Point], where: tuple[Category, ...] = (), **changes: Any) -> Chart:
    classes = {"classes": CLASSES, "key_title": "Classes, em percentagem"} if kind != "symbols" else {}
    return chart(kind, where or places(code), Series("r", "", tuple(values)), country=code, **(classes | changes))


def rates(count: int) -> tuple[Point, ...]:
    """One missing, one confidential, one provisional."""
    made = list(points([9.5 + 27 * ((i * 37) % 19) / 19 for i in range(count)]))
    made[count // 3] = Point(None, "..")
    made[count // 2] = Point(None, "c")
    made[-1] = replace(made[-1], text=made[-1].text + "\u00a0(p)", provisional=True)
    return tuple(made)


def counts(count: int) -> tuple[Point, ...]:
    return points([None if i == 4 else SPREAD[i % 8] / (1 + i // 8) for i in range(count)], decimals=0)


def maps() -> dict[str, Chart]:
    found: dict[str, Chart] = {}
    for code in COUNTRIES:
        all_ = places(code)
        n = len(all_)
        national = (ReferenceLine(21.7, f"{raw(code)['place']['name']['pt']}\u00a021,7"),)
        for kind in KINDS:
            values = counts(n) if kind == "symbols" else rates(n)
            found[f"{code}_{kind}"] = mapped(kind, code, values, references=() if kind == "symbols" else national)
            found[f"{code}_{kind}_equal"] = mapped(kind, code, points([20.0] * n))
            found[f"{code}_{kind}_one"] = mapped(kind, code, points([20.0, *[None] * (n - 1)]))
            two = tuple(Category(k.key, stacked(k.label, f"{k.label} (other)")) for k in all_)
            found[f"{code}_{kind}_two"] = mapped(kind, code, values, two, references=() if kind == "symbols" else national)
            long = tuple(Category(k.key, f"{k.label} — {LONG}" if i % 4 == 1 else k.label) for i, k in enumerate(all_))
            found[f"{code}_{kind}_long"] = mapped(kind, code, values, long)
    old = places("AO", "2024")
    found["AO_choropleth_2024"] = mapped("choropleth", "AO", rates(len(old)), old, words={"year": "2024", "missing": ".."})
    found["AO_symbols_2024"] = mapped("symbols", "AO", counts(len(old)), old, words={"year": "2024", "missing": ".."})
    return found


def main() -> None:
    from bulletin.draw.draw import draw

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    look = theme(sys.argv[2] if len(sys.argv) > 2 else "indico")
    for name, one in maps().items():
        if len(sys.argv) > 3 and not any(w in name for w in sys.argv[3:]):
            continue
        (folder / f"{name}.png").write_bytes(draw(one, look, *land(one)).png)


if __name__ == "__main__":
    main()
