"""Writes the stress edition: a country that does not exist, with everything a page can suffer from; every figure is drawn by a seed.

`python tests/stress.py FOLDER` writes the project, to be looked at with `bulletin build FOLDER`.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

COUNTRY, PROVINCE = "XA", "XA-01"
YEARS = tuple(range(2020, 2025))
PROGRAMMES = tuple(f"P{n:03d}" for n in range(1, 201))
SCHEMES = ("S1", "S2", "S3", "S4", "S5")
AGES = (
    "Y0T4",
    "Y5T9",
    "Y10T14",
    "Y15T19",
    "Y20T24",
    "Y25T29",
    "Y30T34",
    "Y35T39",
    "Y40T44",
    "Y45T49",
    "Y50T54",
    "Y55T59",
    "Y60T64",
    "Y65T69",
    "Y70T74",
    "Y75T79",
    "Y_GE80",
)
UNBROKEN = "Interministerialissimamentedescentralizadíssimo"
LONG = "Prestação complementar de apoio à autonomia e à inclusão social das pessoas em situação de dependência ligeira"
"""Over ninety characters, as names of programmes are in decrees."""

KINDS = (
    "line",
    "column",
    "bar",
    "grouped",
    "grouped_column",
    "stacked",
    "share",
    "dumbbell",
    "dots",
    "pyramid",
    "multiples",
    "waterfall",
    "slope",
    "choropleth",
    "tiles",
    "symbols",
)
CHARTS = 60

Tree = dict[str, object]


def write_stress(folder: Path, *, rows: int = 2000) -> Path:
    """`rows`: of the longest table that is printed whole."""
    files = {
        "bulletin.yaml": _settings(),
        "config/country.yaml": _country(),
        "config/codelists.yaml": _codelists(),
        "config/indicators/stress.yaml": {"indicators": [*_indicators()]},
        "config/sources.yaml": {
            "sources": [
                {
                    "id": "ENSAIO",
                    "short": both("Dados de ensaio", "Test data"),
                    "full": both("Dados de ensaio, gerados ao acaso", "Test data, drawn at random"),
                }
            ]
        },
        "config/outlines/stress/00-outline.yaml": {
            "id": "stress",
            "title": both("Boletim de ensaio das páginas", "Test bulletin of the pages"),
            "subtitle": both("Nenhum valor é real", "No figure is real"),
            "order": [str(c["chapter"]) for c in _chapters(rows)],
        },
    }
    for chapter in _chapters(rows):
        files[f"config/outlines/stress/{chapter['chapter']}.yaml"] = chapter
    texts = {name: json.dumps(tree, ensure_ascii=False, indent=1) for name, tree in files.items()}
    texts["data/ensaio.csv"] = _data()
    for language, words in (("pt", "Texto de ensaio, sem valor estatístico."), ("en", "Test text, of no statistical value.")):
        texts[f"text/{language}/lonely.md"] = f"{{#lonely.words}}\n{words}\n"
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def both(pt: str, en: str) -> dict[str, str]:
    return {"pt": pt, "en": en}


def _settings() -> Tree:
    return {
        "schema": "bulletin/1",
        "id": "stress",
        "country": COUNTRY,
        "year": YEARS[-1],
        "years": {"first": YEARS[0], "last": YEARS[-1]},
        "release_date": "2025-01-31",
        "status": "validation",
        "demonstration": True,
        "languages": ["pt", "en"],
        "outline": "stress",
        "publisher": both("Equipa de ensaio das páginas", "Team that tests the pages"),
        "disclosure": {"threshold": 0},
    }


def _country() -> Tree:
    return {
        "code": COUNTRY,
        "iso3": "XAA",
        "place": {
            "code": COUNTRY,
            "name": both("País de ensaio", "Test country"),
            "kind": both("país", "country"),
            "article": {"pt": "m"},
        },
        "orthography": "ao90",
        "currency": {"code": "XTS", "noun": both("moedas de ensaio", "XTS"), "scale": 6},
        "fiscal_year": "calendar",
        "subdivision_kind": {"pt": ["província", "províncias"], "en": ["province", "provinces"]},
        "subdivisions": [
            {
                "code": PROVINCE,
                "name": both("Província Única", "Only Province"),
                "article": {"pt": "f"},
                "kind": both("província", "province"),
                "tile": [0, 0],
            }
        ],
        "institutions": [
            {
                "id": "ENSAIO",
                "acronym": "IE",
                "name": both("Instituto de Ensaio", "Test Institute"),
                "role": both("ensaio", "test"),
            }
        ],
        "programmes": [],
    }


def _codelists() -> Tree:
    programmes = []
    for n, code in enumerate(PROGRAMMES):
        pt, en = f"Programa {n + 1} de ensaio", f"Test programme {n + 1}"
        if n % 20 == 3:
            pt, en = (
                f"{LONG} ({n + 1})",
                f"Supplementary benefit for the autonomy and social inclusion of people with slight dependency ({n + 1})",
            )
        if n == 7:
            pt, en = UNBROKEN + UNBROKEN.lower(), "Interministerial" * 6
        programmes.append({"id": code, "label": both(pt, en)})
    names = (
        both("Contributivo obrigatório", "Compulsory contributory"),
        both("Contributivo voluntário", "Voluntary contributory"),
        both("Não contributivo", "Non-contributory"),
        both("Regime dos trabalhadores independentes", "Scheme of self-employed workers"),
        both("Descentralizadíssimo", "Uncharacteristically"),
    )
    schemes = [{"id": code, "label": name, "short": name} for code, name in zip(SCHEMES, names, strict=True)]
    return {
        "PROGRAMME": {"label": both("Programa", "Programme"), "codes": programmes},
        "SCHEME": {"label": both("Regime", "Scheme"), "codes": schemes},
    }


def _indicator(
    code: str, pt: str, en: str, dimensions: list[str], kind: str = "count", unit: str = "PERS", **more: object
) -> Tree:
    return {
        "id": code,
        "label": both(pt, en),
        "subject": {
            "pt": {"text": f"o {pt.lower()}", "gender": "m", "number": "s", "of": f"do {pt.lower()}"},
            "en": {"text": f"the {en.lower()}", "gender": "n", "number": "s", "of": f"of the {en.lower()}"},
        },
        "definition": both(f"{pt}, para ensaio.", f"{en}, for tests."),
        "kind": kind,
        "unit": unit,
        "dimensions": dimensions,
        "disclosure": "free",
        **more,
    }


def _indicators() -> Iterator[Tree]:
    yield _indicator("ST_WIDE", "Número de casos", "Number of cases", ["programme", "scheme"])
    yield _indicator("ST_LONG", "Número de pagamentos", "Number of payments", ["programme", "function", "scheme"])
    yield _indicator("ST_NONE", "Número sem dados", "Number without data", ["programme"])
    yield _indicator("ST_SECRET", "Número confidencial", "Confidential number", ["programme"])
    yield _indicator("ST_AGE", "Número de pessoas", "Number of people", ["age", "sex"])
    yield _indicator("ST_RATE", "Peso de ensaio", "Test share", ["programme", "sex"], kind="rate", unit="PT", decimals=1)
    yield _indicator("ST_AREA_RATE", "Peso por província", "Share by province", [], kind="rate", unit="PT", decimals=1)
    yield _indicator("ST_AREA", "Número por província", "Number by province", [])
    for n, (pt, en) in enumerate((("Receita", "Revenue"), ("Despesa", "Expenditure"), ("Saldo", "Balance"))):
        yield _indicator(
            f"ST_MONEY{n}", f"{pt} de ensaio", f"Test {en.lower()}", [], kind="amount", unit="XDC", unit_counted="money"
        )


FUNCTIONS = (
    "OLD_AGE",
    "SURVIVORS",
    "DISABILITY",
    "SICKNESS",
    "HOSPITALISATION",
    "MATERNITY",
    "FUNERAL",
    "DEATH_GRANT",
    "FAMILY",
    "UNEMPLOYMENT",
    "WORK_INJURY",
)


def _data() -> str:
    drawn = random.Random(20241123)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = [
        "INDICATOR",
        "REF_AREA",
        "TIME_PERIOD",
        "OBS_VALUE",
        "UNIT_MEASURE",
        "SOURCE",
        "SEX",
        "AGE",
        "SCHEME",
        "FUNCTION",
        "PROGRAMME",
        "OBS_STATUS",
        "CONF_STATUS",
        "COMMENT_PT",
        "COMMENT_EN",
    ]
    writer.writerow(head)

    def put(indicator: str, year: int, value: object, unit: str = "PERS", area: str = COUNTRY, **more: str) -> None:
        row = {
            "INDICATOR": indicator,
            "REF_AREA": area,
            "TIME_PERIOD": str(year),
            "OBS_VALUE": str(value),
            "UNIT_MEASURE": unit,
            "SOURCE": "ENSAIO",
            "OBS_STATUS": "A",
            "CONF_STATUS": "F",
            **more,
        }
        writer.writerow([row.get(name, "") for name in head])

    for programme in PROGRAMMES:
        for scheme in SCHEMES:
            for year in YEARS:
                dice = drawn.random()
                if dice < 0.02:
                    put("ST_WIDE", year, "", PROGRAMME=programme, SCHEME=scheme, OBS_STATUS="O")
                    continue
                more = {"OBS_STATUS": "P"} if dice > 0.97 else {}
                if 0.5 < dice < 0.503:
                    more |= {
                        "COMMENT_PT": f"Nota de ensaio {programme}: inclui casos em atraso",
                        "COMMENT_EN": f"Test note {programme}: includes late cases",
                    }
                put("ST_WIDE", year, drawn.randint(120_000, 999_999), PROGRAMME=programme, SCHEME=scheme, **more)
        for function in FUNCTIONS:
            for year in YEARS[-2:]:
                put("ST_LONG", year, drawn.randint(20_000, 99_999), PROGRAMME=programme, FUNCTION=function)
    for programme in PROGRAMMES[:12]:
        for year in YEARS:
            put("ST_NONE", year, "", PROGRAMME=programme, OBS_STATUS="O")
            put("ST_SECRET", year, drawn.randint(5, 90), PROGRAMME=programme, CONF_STATUS="C")
            for sex in ("M", "F"):
                put("ST_RATE", year, round(drawn.uniform(1, 60), 1), "PT", PROGRAMME=programme, SEX=sex)
    for year in YEARS:
        for age in AGES:
            for sex in ("M", "F"):
                put("ST_AGE", year, drawn.randint(1_000, 90_000), AGE=age, SEX=sex)
        area = drawn.randint(100_000, 900_000)
        put("ST_AREA", year, area)
        put("ST_AREA", year, area, area=PROVINCE)
        for place in (COUNTRY, PROVINCE):
            put("ST_AREA_RATE", year, round(area / 10_000, 1), "PT", area=place)
        revenue, expenditure = drawn.randint(500, 900) * 10**6, drawn.randint(300, 600) * 10**6
        for n, value in enumerate((revenue, expenditure, revenue - expenditure)):
            put(f"ST_MONEY{n}", year, value, "XDC")
    return out.getvalue()


# ---------------------------------------------------------------- outline


def _table(name: str, pt: str, en: str, indicator: str, rows: list[Tree], columns: list[Tree], **more: object) -> Tree:
    return {"table": name, "title": both(pt, en), "indicator": indicator, "rows": rows, "columns": columns, **more}


YEARS_LEVEL: Tree = {"by": "period", "periods": "years"}


def _chapters(rows: int) -> list[Tree]:
    wide = [
        _table(
            f"wide{n}",
            f"Casos acompanhados por programa, ano e regime, no conjunto {n} de quadros largos da edição de ensaio das páginas",
            f"Cases followed by programme, year and scheme, set {n}",
            "ST_WIDE",
            [{"level": {"by": "programme", "codes": list(PROGRAMMES)}}],
            columns,
            notes=[both("Nota geral do quadro largo.", "General note of the wide table.")],
        )
        for n, columns in enumerate(
            (
                [YEARS_LEVEL, {"by": "scheme", "codes": list(SCHEMES)}],
                [{"by": "scheme", "codes": list(SCHEMES)}, YEARS_LEVEL],
                [{"by": "scheme", "codes": list(SCHEMES[:1])}, YEARS_LEVEL],
            ),
            1,
        )
    ]
    first = rows // len(PROGRAMMES)
    blocks: list[Tree] = [
        {
            "heading": both(f"Grupo {n}", f"Group {n}"),
            "where": {"function": f},
            "level": {"by": "programme", "codes": list(PROGRAMMES)},
        }
        for n, f in enumerate(FUNCTIONS, 1)
    ]
    two_years: list[Tree] = [{"by": "period", "codes": [str(y) for y in YEARS[-2:]]}]
    long = [
        _table(
            "long",
            "Pagamentos por programa e grupo",
            "Payments by programme and group",
            "ST_LONG",
            blocks[:first],
            two_years,
            changes=True,
        ),
        _table(
            "longer",
            "Pagamentos por programa e grupo, todos os grupos",
            "Payments by programme and group, all groups",
            "ST_LONG",
            blocks,
            two_years,
        ),
    ]
    none: list[Tree] = [
        _table(
            "none",
            "Sem dados, por programa",
            "Without data, by programme",
            "ST_NONE",
            [{"level": {"by": "programme", "codes": list(PROGRAMMES[:12])}}],
            [YEARS_LEVEL],
        ),
        {
            "chart": "none_chart",
            "kind": "line",
            "title": both("Sem dados", "Without data"),
            "indicator": "ST_NONE",
            "where": {"programme": "P001"},
            "categories": YEARS_LEVEL,
        },
        {
            "chart": "none_bars",
            "kind": "bar",
            "title": both("Sem dados, por programa", "Without data, by programme"),
            "indicator": "ST_NONE",
            "categories": {"by": "programme", "codes": list(PROGRAMMES[:12])},
        },
    ]
    secret = _table(
        "secret",
        "Valores confidenciais, por programa",
        "Confidential figures, by programme",
        "ST_SECRET",
        [{"level": {"by": "programme", "codes": list(PROGRAMMES[:12])}}],
        [YEARS_LEVEL],
    )
    charts = [_chart(n) for n in range(CHARTS)]
    lonely: list[Tree] = [{"text": "lonely"}]
    return [
        _chapter(
            "lonely",
            "Capítulo com uma só secção",
            "Chapter with a single section",
            [("Uma secção", "A section", lonely)],
        ),
        _chapter("none", "Nada além de valores em falta", "Nothing but missing values", [("Sem dados", "Without data", none)]),
        _chapter("secret", "Só valores confidenciais", "Confidential values only", [("Confidencial", "Confidential", [secret])]),
        _chapter(
            "wide",
            "Quadros largos",
            "Wide tables",
            [(f"Quadro largo {n}", f"Wide table {n}", [t]) for n, t in enumerate(wide, 1)],
        ),
        _chapter(
            "charts",
            "Sessenta gráficos com títulos e rótulos muito compridos",
            "Sixty charts",
            [(f"Série {i // 16 + 1}", f"Series {i // 16 + 1}", charts[i : i + 16]) for i in range(0, CHARTS, 16)],
        ),
        _chapter(
            "long",
            "Quadros compridos",
            "Long tables",
            [("Duas mil linhas", "Two thousand rows", [long[0]]), ("Mais do que se imprime", "More than is printed", [long[1]])],
        ),
    ]


def _chapter(name: str, pt: str, en: str, sections: list[tuple[str, str, list[Tree]]]) -> Tree:
    found = [{"id": f"{name}.{n}", "title": both(a, b), "items": items} for n, (a, b, items) in enumerate(sections, 1)]
    return {"chapter": name, "title": both(pt, en), "sections": found}


def _chart(n: int) -> Tree:
    kind, turn = KINDS[n % len(KINDS)], n // len(KINDS)
    programmes = list(PROGRAMMES[turn * 2 : turn * 2 + 8 - turn])
    title = both(f"Gráfico de ensaio {n + 1}: {LONG[: 40 + 20 * turn].strip()}", f"Test chart {n + 1}")
    chart: Tree = {"chart": f"chart{n + 1}", "kind": kind, "title": title}
    sexes: Tree = {"by": "sex", "codes": ["M", "F"]}
    match kind:
        case "line" | "column" | "slope":
            series: Tree = {"by": "programme", "codes": programmes[: 1 if kind == "column" else 4]}
            return chart | {"indicator": "ST_RATE", "where": {"sex": "F"}, "categories": YEARS_LEVEL, "series": series}
        case "stacked" | "multiples":
            series = {"by": "programme", "codes": programmes[:4]}
            return chart | {"indicator": "ST_RATE", "where": {"sex": "M"}, "categories": YEARS_LEVEL, "series": series}
        case "bar" | "dots":
            where = {"sex": "F", "period": "2024"}
            return chart | {"indicator": "ST_RATE", "where": where, "categories": {"by": "programme", "codes": programmes}}
        case "grouped" | "share" | "dumbbell" | "grouped_column":
            codes = list(PROGRAMMES[8:11]) if kind == "grouped_column" else programmes[:6]
            categories: Tree = {"by": "programme", "codes": codes}
            return chart | {"indicator": "ST_RATE", "where": {"period": "2024"}, "categories": categories, "series": sexes}
        case "pyramid":
            return chart | {
                "indicator": "ST_AGE",
                "where": {"period": "2024"},
                "categories": {"by": "age", "codes": list(AGES)},
                "series": sexes,
            }
        case "waterfall":
            money = [f"ST_MONEY{i}" for i in range(3)]
            return chart | {
                "where": {"period": "2024"},
                "categories": {"by": "indicator", "codes": money},
                "focus": [money[0], money[2]],
                "subtract": money[1:2],
            }
        case _:
            symbols = kind == "symbols"
            area: Tree = {"indicator": "ST_AREA" if symbols else "ST_AREA_RATE", "where": {"period": "2024"}}
            classes: Tree = {} if symbols else {"classes": [20, 40, 60]}
            return chart | area | {"categories": {"by": "ref_area", "total": "none"}} | classes


if __name__ == "__main__":
    write_stress(Path(sys.argv[1]))
