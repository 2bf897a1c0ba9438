"""Charts of every kind, ordinary and hard, for the tests and for the eye: `python tests/draw/gallery.py DIR` draws them all."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bulletin.document.chart import BreakBand, Category, Chart, MapClass, Point, ReferenceLine, Series, Tick
from bulletin.model.geometry import Geometry, Unit
from bulletin.model.theme import Colours, Faces, Theme

LONG = "Programa de Subsídio Social Básico para pessoas idosas e com deficiência"
PROVINCES = {
    "MZ-A": "Niassa",
    "MZ-P": "Cabo Delgado",
    "MZ-N": "Nampula",
    "MZ-Q": "Zambézia",
    "MZ-T": "Tete",
    "MZ-B": "Manica",
    "MZ-S": "Sofala",
    "MZ-I": "Inhambane",
    "MZ-G": "Gaza",
    "MZ-L": "Maputo (província)",
    "MZ-MPM": "Cidade de Maputo",
}
TILES = {
    "MZ-A": (2, 0), "MZ-P": (3, 0), "MZ-T": (0, 1), "MZ-Q": (2, 1), "MZ-N": (3, 1), "MZ-B": (0, 2), "MZ-S": (1, 2),
    "MZ-G": (0, 3), "MZ-I": (1, 3), "MZ-L": (0, 4), "MZ-MPM": (1, 4),
}  # fmt: skip


def say(value: float | None, decimals: int = 1) -> str:
    if value is None:
        return ".."
    return f"{abs(value):,.{decimals}f}".replace(",", "\u00a0").replace(".", ",").join(["\u2212" if value < 0 else "", ""])


def points(values: Sequence[float | None], provisional: Sequence[int] = (), decimals: int = 1) -> tuple[Point, ...]:
    made = [Point(v, say(v, decimals)) for v in values]
    return tuple(
        replace(p, provisional=True, text=p.text + "\u00a0(p)") if j - len(made) in provisional else p for j, p in enumerate(made)
    )


def around(values: Sequence[float | None]) -> tuple[Point, ...]:
    """With an interval of an eighth on both sides."""
    return tuple(p if p.value is None else replace(p, low=p.value * 0.875, high=p.value * 1.125) for p in points(values))


def years(first: int, last: int) -> tuple[Category, ...]:
    return tuple(Category(str(y), str(y), float(y)) for y in range(first, last + 1))


def named(names: Mapping[str, str]) -> tuple[Category, ...]:
    return tuple(Category(code, name) for code, name in names.items())


def ticks(low: float, high: float, step: float) -> tuple[Tick, ...]:
    return tuple(Tick(low + i * step, say(low + i * step, 0)) for i in range(round((high - low) / step) + 1))


def chart(kind: str, categories: tuple[Category, ...], *series: Series, **changes: object) -> Chart:
    words = {"missing": "..", "no_data": "Sem dados publicados", "break": "quebra de série"}
    return replace(Chart(f"{kind}.example", kind, categories, tuple(series), words=words), **changes)  # type: ignore[arg-type]


RATES: list[float | None] = [17.7, None, 14.9, 16.8, 19.4, 22.1, 24.6, 35.2, 37.8, 33.5, 41.3]
CLASSES = tuple(
    MapClass(a, b, "" if a is None else say(a, 0)) for a, b in zip([None, 15, 20, 25, 35], [15, 20, 25, 35, None], strict=True)
)
NATIONAL = ReferenceLine(21.7, "Moçambique\u00a021,7")
_A = [62.4, 71, 78, 87, 104, 131, None, 153, 158, 163.7]
_B = [91.7, 97, 88, 94, 102, 83, None, 65, 60.2, 61.4]
_C = [18.2, 20, 21.5, 25, 27, 30, None, 38.6, 41.1, 44.0]
_AGES = [f"{a}–{a + 4}" for a in range(0, 80, 5)] + ["80 ou mais"]
CV = {
    "CV-TA": "Tarrafal", "CV-SM": "São Miguel", "CV-CA": "Santa Catarina", "CV-CR": "Santa Cruz", "CV-SO": "São Lourenço dos Órgãos",
    "CV-SS": "São Salvador do Mundo", "CV-SD": "São Domingos", "CV-PR": "Praia", "CV-RS": "Ribeira Grande de Santiago",
    "CV-RG": "Ribeira Grande", "CV-PA": "Paul", "CV-PN": "Porto Novo", "CV-RB": "Ribeira Brava", "CV-TS": "Tarrafal de São Nicolau",
    "CV-MO": "Mosteiros", "CV-SF": "São Filipe", "CV-CF": "Santa Catarina do Fogo", "CV-BR": "Brava", "CV-BV": "Boa Vista",
    "CV-MA": "Maio", "CV-SL": "Sal", "CV-SV": "São Vicente",
}  # fmt: skip


def ordinary() -> dict[str, Chart]:
    provinces = named(PROVINCES)
    men = [18.9, 38.2, 31.4, 27.9, 25.1, 22.6, 20.8, 18.9, 15.2, 14.1, 12.9]
    women = [13.4, 29.6, 24.8, 21.2, 19.7, 15.9, 14.7, 13.1, 9.8, 10.6, None]
    ages = tuple(Category(a, a) for a in _AGES)
    young = [max(2.0, 520 - 30 * i + (i % 3) * 12) for i in range(17)]
    groups = {
        "any": "Pelo menos uma prestação", "CHLD": "Crianças", "MATNL": "Mães com recém-nascidos",
        "DISAB": "Pessoas com deficiência grave", "UEMP": "Desempregados", "PENSN": "Acima da idade da reforma",
    }  # fmt: skip
    flow = {
        "c": "Contribuições", "i": "Rendimentos de investimento", "o": "Outras receitas", "r": "Receita total",
        "v": "Prestações de velhice", "s": "Invalidez e sobrevivência", "a": "Administração", "b": "Saldo do exercício",
    }  # fmt: skip
    moves = [(0, 28.4), (28.4, 35.3), (35.3, 36.4), (0, 36.4), (36.4, 24.8), (24.8, 18.5), (18.5, 13.6), (0, 13.6)]
    spans = [28.4, 6.9, 1.1, 36.4, -11.6, -6.3, -4.9, 13.6]
    months = (
        Category("2017", "2017", 2017.0),
        Category("2021-06", "Junho de 2021", 2021.45),
        Category("2023-12", "Dezembro de 2023", 2023.95),
        Category("2024-02", "Fevereiro de 2024", 2024.1),
    )
    return {
        "line": chart(
            "line", years(2015, 2024),
            Series("a", "Apoio Social Directo", points(_A, [-1]), 0), Series("b", "Acção Social Produtiva", points(_B, [-1]), 1),
            Series("c", "Serviços Sociais de Acção Social", points(_C, [-1]), 2),
            ticks=ticks(0, 200, 50), breaks=(BreakBand(2020.5, 2021.5, "quebra de série"),),
        ),
        "line_single": chart(
            "line", months, Series("p", "Pensionistas", points([83.2, 103.5, 119.9, 124.6])), ticks=ticks(0, 150, 50),
        ),
        "column": chart(
            "column", years(2015, 2024), Series("a", "Empregadores", points([12, 15, None, 18, 22, 24, 23, 27, 31, 33.5], [-1])),
            ticks=ticks(0, 40, 10), breaks=(BreakBand(2018.3, 2018.7, "quebra de série"),),
        ),
        "bar": chart(
            "bar", (Category("MZ", "Moçambique"), *provinces), Series("r", "", points([21.7, *RATES])), references=(NATIONAL,), country="MZ",
        ),
        "grouped": chart(
            "grouped", provinces[:7], Series("F", "Mulheres", points(women[:7]), 1), Series("M", "Homens", points(men[:7])),
            ticks=ticks(0, 40, 10),
        ),
        "grouped_column": chart(
            "grouped_column", years(2018, 2024), Series("a", "Regime dos trabalhadores por conta de outrem", points(_A[:3] + _A[6:], [-1])),
            Series("b", "Regime dos trabalhadores por conta própria", points(_B[:3] + _B[6:]), 1), ticks=ticks(0, 200, 50),
        ),
        "stacked": chart(
            "stacked", years(2015, 2024), Series("a", "Velhice", points([v and v / 2 for v in _A])),
            Series("b", "Sobrevivência", points([v and v / 3 for v in _B]), 1), Series("c", "Invalidez", points([v and v / 9 for v in _C]), 2),
            ticks=ticks(0, 125, 25),
        ),
        "share": chart(
            "share", named({"a": "Subsídio Social Básico", "b": "Apoio Social Directo", "c": "Acção Social Produtiva", "d": "Serviços sociais"}),
            Series("1", "Orçamento do Estado", points([62, 40, 8, None])), Series("2", "Parceiros de cooperação", points([35, 31.5, 80, None]), 1),
            Series("3", "Outras fontes", points([3, 28.5, 12, None]), 2),
        ),
        "dumbbell": chart(
            "dumbbell", (Category("MZ", "Moçambique"), *provinces[:10]), Series("F", "Mulheres", points(women), 1),
            Series("M", "Homens", points(men), 0), ticks=ticks(0, 40, 10), country="MZ",
        ),
        "dots": chart(
            "dots", named(groups), Series("MZ", "Moçambique, 2016 ou 2017", points([10.9, None, 0.2, 2.6, 0, 17.3])),
            Series("x-WORLD", "mundo, 2020", points([47, 26.4, 45, 33.5, 18.6, 77.5]), 1), ticks=ticks(0, 80, 20),
        ),
        "pyramid": chart(
            "pyramid", ages, Series("F", "Mulheres", points([v * 1.03 for v in young], decimals=0), 1),
            Series("M", "Homens", points(young, decimals=0)), ticks=ticks(0, 600, 200),
        ),
        "multiples": chart(
            "multiples", years(2015, 2024), Series("MZ", "Moçambique", points([v and v / 3 for v in _A]), -1),
            *(Series(c, n, points([v and v / 2 + 5 * i - 20 + (i * j) % 7 for j, v in enumerate(_C)]), 0) for i, (c, n) in enumerate(PROVINCES.items())),
            ticks=ticks(0, 75, 25), breaks=(BreakBand(2020.3, 2020.7, "quebra de série"),),
        ),
        "waterfall": chart(
            "waterfall", named(flow),
            Series("x", "", tuple(Point(abs(v), say(v), low=a, high=b) for v, (a, b) in zip(spans, moves, strict=True))), ticks=ticks(0, 40, 10),
        ),
        "slope": chart(
            "slope", years(2019, 2020), *(Series(c, n, points([10 + 2 * i + i % 3, 14 + 2.3 * i - i % 4]), 0 if i in (0, 7) else -1)
            for i, (c, n) in enumerate(PROVINCES.items())),
        ),
        "choropleth": chart(
            "choropleth", provinces, Series("r", "", points(RATES)), classes=CLASSES, key_title="Classes, em percentagem",
            references=(NATIONAL,), country="MZ",
        ),
        "tiles": chart(
            "tiles", provinces, Series("r", "", points(RATES)), classes=CLASSES, key_title="Classes, em percentagem", references=(NATIONAL,), country="MZ",
        ),
        "symbols": chart("symbols", provinces, Series("r", "", points([v and v * v for v in RATES], decimals=0)), country="MZ"),
        "spark": chart("spark", months, Series("p", "", points([83.2, 103.5, 119.9, 124.6])), width=52.67, height=14),
        "cover": chart("cover", provinces, Series("p", "", points(RATES)), width=214, height=178),
    }  # fmt: skip


def hard() -> dict[str, Chart]:
    """Long names, many rows, large figures, near and negative values, all kinds that have rows or series of them."""
    many = tuple(Category(f"c{i}", name if i % 4 else f"{LONG} {i}") for i, name in enumerate(CV.values()))
    big = [1_234_567.0 - 41_000 * i * (1 if i % 5 else -0.02) for i in range(22)]
    close = [50.0 + (i % 3) * 0.2 for i in range(10)]
    cv = tuple(Category(code, name) for code, name in CV.items())
    names = [LONG + " A", LONG + " B", "Serviços", "Outros programas de protecção social básica"]
    return {
        "line_close": chart(
            "line", years(2015, 2024), *(Series(str(i), n, points([v + i * 0.3 for v in close], [-1]), i) for i, n in enumerate(names)),
            ticks=ticks(0, 60, 20), breaks=(BreakBand(2022, 2023, "quebra de série"),), references=(ReferenceLine(50.2, "Meta 2024: 50,2"),),
        ),
        "line_many": chart("line", years(2000, 2024), Series("a", "", points([100.0 * (i % 7) - 90 for i in range(25)])), ticks=ticks(-100, 600, 100)),
        "column_long": chart("column", many[:6], Series("a", "", points(big[:6], decimals=0))),
        "column_negative": chart("column", years(2003, 2024), Series("a", "", points([(-1) ** i * i * 1.5 for i in range(22)])), ticks=ticks(-40, 40, 20)),
        "bar_many": chart("bar", many, Series("a", "", points(big, decimals=0)), references=(ReferenceLine(900_000, "Média nacional 900 000"),)),
        "bar_long": chart("bar", tuple(Category(str(i), f"{LONG} {i}") for i in range(22)), Series("a", "", points([-5.0 + i for i in range(22)]))),
        "grouped_many": chart("grouped", many, *(Series(str(k), names[k], points(big, decimals=0), k) for k in range(3))),
        "grouped_column_many": chart("grouped_column", years(2010, 2024), *(Series(str(k), names[k], points(big[:15], decimals=0), k) for k in range(3))),
        "stacked_many": chart("stacked", years(2003, 2024), *(Series(str(k), n, points([5.0 + (i * k) % 7 for i in range(22)]), k) for k, n in enumerate(names)),
            ticks=ticks(0, 40, 10)),
        "share_many": chart("share", many, *(Series(str(k), n, points([5.0 + (i * k) % 7 for i in range(22)]), k) for k, n in enumerate(names))),
        "dumbbell_close": chart("dumbbell", many, Series("F", "Mulheres", points([0.1 + i % 2 for i in range(22)]), 1),
            Series("M", "Homens", points([None if i == 5 else 0.2 + i % 3 for i in range(22)])), ticks=ticks(0, 3, 1)),
        "dumbbell_zero": chart("dumbbell", many[:6], Series("F", "Mulheres", points([2981, 60_000, 900, -52_000, None, 0], decimals=0), 1),
            Series("M", "Homens", points([4465, 75_000, None, -1400, -700, 300], decimals=0)), ticks=ticks(-75_000, 75_000, 25_000)),
        "dots_three": chart("dots", many[:5], Series("MZ", "Moçambique", points([10.9, None, 0.2, None, 17.3])),
            Series("A", "África", points([17.4, None, None, 4.0, None]), 1), Series("W", "Mundo", points([47, 26.4, 45, None, 77.5]), 2), ticks=ticks(0, 80, 20)),
        "stacked_break": chart("stacked", years(2015, 2024), Series("a", "Idosos", points([v and v * 3 for v in _A])), Series("b", "Crianças", points(_C), 1),
            ticks=ticks(0, 600, 100), breaks=(BreakBand(2020.6, 2021.4, "quebra de série"),)),
        "dots_close": chart("dots", many, Series("F", LONG, points([0.1 + i % 2 for i in range(22)])),
            Series("M", LONG + " no mundo", points([None if i == 5 else 0.2 + i % 3 for i in range(22)]), 1), ticks=ticks(0, 3, 1)),
        "pyramid_big": chart("pyramid", tuple(Category(a, a) for a in _AGES * 2), Series("F", "Mulheres", points([1e6 + i for i in range(34)], decimals=0), 1),
            Series("M", "Homens", points([1e6 - i * 9000 for i in range(34)], decimals=0))),
        "multiples_many": chart("multiples", years(2015, 2024), *(Series(c.key, c.label, points([v and v + i for v in _A]), 0) for i, c in enumerate(many)),
            ticks=ticks(0, 200, 50)),
        "waterfall_long": chart("waterfall", many, Series("x", "", points([(-1) ** (i % 3) * 10.0 * (i + 1) for i in range(22)]))),
        "slope_many": chart("slope", years(2019, 2020), *(Series(c.key, c.label, points([50.0 + i % 2, 50.0 + i % 3]), i % 4) for i, c in enumerate(many[:12]))),
        "choropleth_islands": chart("choropleth", cv, Series("r", "", points([10.0 + 1.4 * i for i in range(22)])), classes=CLASSES, country="CV"),
        "tiles_islands": chart("tiles", cv, Series("r", "", points([10.0 + 1.4 * i for i in range(22)])), classes=CLASSES, country="CV"),
        "symbols_islands": chart("symbols", cv, Series("r", "", points([10.0 + 1.4 * i for i in range(22)])), country="CV"),
        "dumbbell_change": chart("dumbbell", named(PROVINCES), Series("2019", "2019", points([20.0 + (i * 7) % 11 for i in range(11)])),
            Series("2024", "2024", points([18.0 + (i * 5) % 17 if i != 3 else None for i in range(11)], [-1]), 1), ticks=ticks(0, 40, 10)),
        "line_intervals": chart("line", years(2015, 2024), Series("a", "Homens", around(_A), 0), Series("b", "Mulheres", around(_B), 1), ticks=ticks(0, 200, 50)),
        "bar_intervals": chart("bar", named(PROVINCES), Series("r", "", around(RATES)), references=(NATIONAL,)),
        "dots_intervals": chart("dots", many[:6], Series("MZ", "Moçambique", around([10.9, None, 1.2, 44.0, 17.3, 30.0])),
            Series("A", "África", around([17.4, 20.0, None, 47.0, None, 12.0]), 1), ticks=ticks(0, 80, 20)),
        **{f"choropleth_{code}": _of_country(code) for code in ("AO", "GW", "TL", "ST")},
        "spark_gaps": chart("spark", years(2010, 2024), Series("a", "", points([None, 3, *[None] * 5, 6, 7, None, 4, 5, 6, 9, None])), width=52.67, height=14),
        "nothing": chart("line", years(2015, 2024), Series("a", "Pensionistas", points([None] * 10))),
    }  # fmt: skip


def _of_country(code: str) -> Chart:
    import json

    from bulletin.shipped import shipped

    features = json.loads(shipped("config", "geo", f"{code}_adm1.geojson").read_text(encoding="utf-8"))["features"]
    places = tuple(Category(f["properties"]["code"], f["properties"]["name_pt"]) for f in features)
    values = [None if i == 2 else 9.5 + 27 * ((i * 37) % 19) / 19 for i in range(len(places))]
    national = ReferenceLine(21.7, "Média nacional 21,7")
    series = Series("r", "", points(values))
    return chart(
        "choropleth", places, series, classes=CLASSES, key_title="Classes, em percentagem", references=(national,), country=code
    )


def geometry(code: str) -> Geometry | None:
    import json

    from bulletin.shipped import shipped

    path = shipped("config", "geo", f"{code}_adm1.geojson")
    if not path.is_file():
        return None
    units = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        coordinates = feature["geometry"]["coordinates"]
        polygons = [coordinates] if feature["geometry"]["type"] == "Polygon" else coordinates
        rings = tuple(tuple(tuple((p[0], p[1]) for p in ring) for ring in polygon) for polygon in polygons)
        units[feature["properties"]["code"]] = Unit(feature["properties"]["code"], rings, tuple(feature["properties"]["label"]))
    return Geometry("test", units)


def land_of(one: Chart) -> tuple[Geometry | None, Mapping[str, tuple[int, int]]]:
    if one.country == "CV":
        return geometry("CV"), {code: (i % 6, i // 6) for i, code in enumerate(CV)}
    if one.kind == "choropleth" and one.country not in ("", "MZ"):
        return geometry(one.country), {}
    return (None if one.kind == "tiles" else geometry("MZ")), TILES


def theme(name: str = "indico") -> Theme:
    from ruamel.yaml import YAML

    from bulletin.shipped import shipped

    raw = YAML(typ="safe").load(shipped("config", "themes", f"{name}.yaml").read_text(encoding="utf-8"))
    colours = {k: tuple(v) if isinstance(v, list) else v for k, v in raw["colour"].items()}
    return Theme(raw["id"], raw["label"], Faces(**raw["font"]), Colours(**colours))


def main() -> None:
    from bulletin.draw.draw import draw

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    look = theme(sys.argv[2] if len(sys.argv) > 2 else "indico")
    wanted = sys.argv[3:]
    for name, one in (ordinary() | hard()).items():
        if wanted and name not in wanted:
            continue
        image = draw(one, look, *land_of(one))
        (folder / f"{name}.png").write_bytes(image.png)
        (folder / f"{name}.svg").write_bytes(image.svg)


if __name__ == "__main__":
    main()
