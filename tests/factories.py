"""Short ways to build the values tests need: observations, indicators, a project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from bulletin.load.locale import read_literals
from bulletin.load.messages import load_messages
from bulletin.load.schema import LanguagePack, validated
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.codes import DIMENSIONS, TOTAL, Code, CodeList
from bulletin.model.country import Country, Currency, PlaceName
from bulletin.model.dataset import COLUMNS, Observations
from bulletin.model.edition import Edition, SourceRef, Years
from bulletin.model.finding import Finding
from bulletin.model.indicator import Formula, Indicator, Kind, RuleSpec, Subject
from bulletin.model.locale import Locale
from bulletin.model.outline import Outline
from bulletin.model.project import Project
from bulletin.model.rule import RuleKind, RuleParameter
from bulletin.model.text import LocalText
from bulletin.model.theme import Colours, Faces, Theme
from bulletin.pipeline.messages import filled
from bulletin.shipped import shipped

WHOLE = os.environ.get("BULLETIN_CASES", "every-change") != "every-change"
"""Whether proofs that grow with the number of their cases are as long as in CI."""
at_length = pytest.mark.skipif(not WHOLE, reason="a quicker test shows the same in small; BULLETIN_CASES=whole, as in CI")
"""Of the longest proofs."""


@cache
def shipped_messages(language: str) -> Mapping[str, str]:
    return load_messages(language)


def called_here(_: object, task: str, *arguments: object) -> Any:
    """As `Reader.call`, without a process of its own."""
    module, _, name = task.partition(":")
    return getattr(import_module(module), name)(*arguments)


def copied(project: Path, folder: Path) -> Path:
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("out", "work", "expected"))
    return folder


def small_project(folder: Path) -> Path:
    """A copy of the small project, to be changed."""
    source = Path(__file__).parent / "projects" / "small"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("out", "work"))
    return folder


@cache
def shipped_rules() -> Mapping[str, RuleKind]:
    entries = YAML(typ="safe").load(shipped("config", "rules.yaml").read_text(encoding="utf-8"))["rules"]
    kinds = []
    for entry in entries:
        parameters = {
            name: RuleParameter(p["text"], tuple(p["default"]) if isinstance(p.get("default"), list) else p.get("default"))
            for name, p in entry.get("parameters", {}).items()
        }
        kinds.append(RuleKind(**{**entry, "parameters": parameters, "findings": tuple(entry["findings"])}))
    return {k.id: k for k in kinds}


def spoken(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, after each was put into words in both languages: a missing message or parameter fails the test."""
    found = tuple(findings)
    for finding in found:
        for language in ("pt", "en"):
            texts = shipped_messages(language)
            filled(texts[finding.rule], texts, {"key": finding.key, **finding.parameters})
    return found


def both(text: str) -> LocalText:
    return {"pt": text, "en": text}


def row(indicator: str, value: float | None, period: str | int = "2024", /, **changes: Any) -> dict[str, Any]:
    """One observation of the frame; dimensions and columns by name, None = missing (status O unless said)."""
    found: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    found |= dict.fromkeys(DIMENSIONS, TOTAL)
    found |= {
        "indicator": indicator,
        "ref_area": "MZ",
        "period": str(period),
        "value": float("nan") if value is None else float(value),
        "unit": "PERS",
        "unit_mult": "0",
        "obs_status": "O" if value is None else "A",
        "conf_status": "F",
        "source": "S1",
        "illustrative": False,
        "file": "data/test.csv",
        "cell": "2",
    }
    unknown = set(changes) - set(found)
    assert not unknown, unknown
    return found | changes


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=list(COLUMNS))
    made["value"] = made["value"].astype("float64")
    made["illustrative"] = made["illustrative"].astype(bool)
    for column in COLUMNS:
        if column not in ("value", "illustrative"):
            made[column] = made[column].astype("str")
    return made


def observations(*rows: dict[str, Any], alternates: tuple[dict[str, Any], ...] = (), category: bool = False) -> Observations:
    """`category`: text columns as categories, as they come from load at full size."""
    made = frame(*rows)
    if category:
        made = made.astype({c: "category" for c in COLUMNS if c not in ("value", "illustrative")})
    return Observations(made, frame(*alternates))


def indicator(
    name: str,
    kind: Kind | str = Kind.COUNT,
    unit: str = "",
    dimensions: tuple[str, ...] = (),
    formula: Formula | None = None,
    rules: tuple[RuleSpec, ...] = (),
    **changes: Any,
) -> Indicator:
    kind = Kind(kind)
    units = {Kind.COUNT: "PERS", Kind.AMOUNT: "XDC", Kind.RATE: "PT", Kind.RATIO: "RATIO", Kind.INDEX: "INDEX"}
    words = name.lower().replace("_", " ")
    subject = {
        "pt": Subject(f"o número de {words}", "m", "s", f"do número de {words}"),
        "en": Subject(f"the number of {words}", "n", "s", f"of the number of {words}"),
    }
    fields: dict[str, Any] = {"label": both(words.capitalize()), "subject": subject, "definition": both(f"{words}.")} | changes
    return Indicator(id=name, kind=kind, unit=unit or units[kind], dimensions=dimensions, formula=formula, rules=rules, **fields)


def formula(name: str, /, where: Mapping[str, Mapping[str, str]] | None = None, inputs: Any = None, **parameters: Any) -> Formula:
    """`formula("ratio", inputs={"numerator": "A", "denominator": "B"}, scale=100)`."""
    return Formula(name, inputs or {}, where or {}, parameters)


def rule(name: str, severity: Any = "error", /, **parameters: Any) -> RuleSpec:
    return RuleSpec(name, severity, parameters)


def codelist(name: str, *codes: str | tuple[str, str]) -> CodeList:
    """Codes as `code` or `(code, parent)`."""
    made = [Code(c, both(c)) if isinstance(c, str) else Code(c[0], both(c[0]), parent=c[1]) for c in codes]
    return CodeList(name, both(name), tuple(made))


@cache
def shipped_pack(language: str) -> LanguagePack:
    tree = parse_yaml(shipped("config", "languages", f"{language}.yaml").read_bytes(), language).tree
    assert isinstance(tree, Map)
    pack, faults = validated(LanguagePack, tree, tree.own)
    assert pack is not None, faults
    return pack


PORTUGUESE = Locale(
    language="pt",
    tag="pt-MZ",
    decimal=",",
    group="\u00a0",
    min_group=5,
    percent="{n}%",
    scales={3: ("mil", "mil"), 6: ("milhão", "milhões"), 9: ("mil milhões", "mil milhões")},
    bare_scales=(9,),
    scale_of={3: "", 6: "de", 9: "de"},
    months=(
        "Janeiro", "Fevereiro", "Março", "Abril", "Maio", "Junho",
        "Julho", "Agosto", "Setembro", "Outubro", "Novembro", "Dezembro",
    ),
    date="{day} de {month} de {year}",
    month_year="{month} de {year}",
    quarter="{n}.º trimestre de {year}",
    semester="{n}.º semestre de {year}",
    ordinal={"m": "{n}.º", "f": "{n}.ª"},
    cardinals={
        "m": ("um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"),
        "f": ("uma", "duas", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"),
    },
    list_and="e",
    quotes=("«", "»"),
    grammar=shipped_pack("pt").grammar,
    phrasing=shipped_pack("pt").phrasing,
    literals=read_literals(shipped_pack("pt")),
    words={
        "illustrative_text": "(dados ilustrativos)",
        "illustrative_data": "dados {status}",
        "illustrative_joined": "dados {status} e ilustrativos",
        "illustrative_with": ", com dados ilustrativos",
        "illustrative_clause": ", segundo dados ilustrativos",
        "clause_separator": "; ",
        "claim_false": "[deixou de ser verdade: verificar]",
        "table": "Quadro", "figure": "Gráfico", "map": "Mapa", "source": "Fonte", "notes": "Notas", "signs": "Sinais",
        "continued": "(continuação)",
    },
    signs={"missing": "..", "not_applicable": "//", "zero": "–", "confidential": "c", "provisional": "(p)", "break": "(b)"},
    sign_names={
        "missing": "dado não disponível", "not_applicable": "não aplicável", "zero": "valor nulo",
        "confidential": "confidencial", "provisional": "provisório", "break": "quebra de série",
    },
)  # fmt: skip

ENGLISH = Locale(
    language="en",
    tag="en-GB",
    decimal=".",
    group=",",
    min_group=4,
    percent="{n}%",
    scales={3: ("thousand", "thousand"), 6: ("million", "million"), 9: ("billion", "billion")},
    scale_of={3: "", 6: "", 9: ""},
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    date="{day} {month} {year}",
    month_year="{month} {year}",
    quarter="quarter {n} of {year}",
    semester="half-year {n} of {year}",
    ordinal={"n": "{n}"},
    cardinals={"n": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")},
    list_and="and",
    quotes=("“", "”"),
    phrasing=shipped_pack("en").phrasing,
    literals=read_literals(shipped_pack("en")),
    words={
        "illustrative_text": "(illustrative data)",
        "illustrative_data": "{status} data",
        "illustrative_joined": "{status} and illustrative data",
        "illustrative_with": ", from illustrative data",
        "illustrative_clause": ", according to illustrative data",
        "clause_separator": "; ",
        "claim_false": "[no longer true: to be checked]",
        "table": "Table", "figure": "Figure", "map": "Map", "source": "Source", "notes": "Notes", "signs": "Signs",
        "continued": "(continued)",
    },
    signs={"missing": "..", "not_applicable": "//", "zero": "–", "confidential": "c", "provisional": "(p)", "break": "(b)"},
    sign_names={
        "missing": "not available", "not_applicable": "not applicable", "zero": "zero",
        "confidential": "confidential", "provisional": "provisional", "break": "series break",
    },
)  # fmt: skip

MOZAMBIQUE = Country(
    code="MZ",
    iso3="MOZ",
    place=PlaceName("MZ", {"pt": "Moçambique", "en": "Mozambique"}),
    orthography="pre1990",
    currency=Currency("MZN", {"pt": "meticais", "en": "MZN"}),
    fiscal_year="calendar",
    subdivisions=(
        PlaceName("MZ-A", both("Niassa"), article={"pt": "m"}, tile=(1, 0)),
        PlaceName("MZ-Q", both("Zambézia"), article={"pt": "f"}, tile=(1, 1)),
        PlaceName("MZ-G", both("Gaza"), tile=(0, 2)),
    ),
    subdivision_kind={"pt": ("província", "províncias"), "en": ("province", "provinces")},
    institutions=(),
)
"""With three provinces only, so that a test can write them all."""

CODELISTS = {
    "sex": codelist("SEX", "_T", "M", "F"),
    "age": codelist("AGE", "_T", "Y0T14", "Y15T64", "Y_GE65"),
    "scheme": codelist("SCHEME", "_T", "INSS", "INPS", "INAS"),
    "function": codelist("FUNCTION", "_T", "OLD_AGE", "SURVIVORS", "DISABILITY"),
    "programme": codelist("PROGRAMME", "_T", "PSSB", ("PSSB-IDOSO", "PSSB"), ("PSSB-CRIANCA", "PSSB"), "PASD"),
    "ref_area": codelist("AREA", "MZ", ("MZ-A", "MZ"), ("MZ-Q", "MZ"), ("MZ-G", "MZ")),
    "unit": codelist("UNIT", "PERS", "HH", "ENT", "CASES", "BIRTHS", "PT", "XDC", "USD", "RATIO", "YEARS", "INDEX"),
}

THEME = Theme(
    id="test",
    label=both("test"),
    font=Faces("Source Sans 3", "Source Serif 4 Display", "Source Serif 4 Subhead", "Source Sans 3"),
    colour=Colours(
        ink="#1a1a1a", ink_2="#555555", rule="#333333", hair="#cccccc", tint="#f2f5f7", paper="#ffffff",
        brand="#1b4f72", brand_deep="#12344d", on_brand="#ffffff", on_brand_2="#d6e4ee", accent="#b7472a",
        accent_fill="#f3d9d1", context="#a9b4bc", series=("#1b4f72", "#c46a2b", "#5b8e7d", "#7a5c93"),
        sequential=("#e8f0f5", "#b9d1df", "#7fa8c1", "#447a9c", "#1b4f72"), missing=("#eeeeee", "#999999"),
    ),
)  # fmt: skip


def edition(**changes: Any) -> Edition:
    fields: dict[str, Any] = {
        "id": "mz-2024",
        "country": "MZ",
        "year": 2024,
        "years": Years(2020, 2024),
        "release_date": "2025-11-30",
        "status": "draft",
        "languages": ("pt", "en"),
        "publisher": {"pt": "Ministério", "en": "Ministry"},
    }
    return Edition(**(fields | changes))


def project(*indicators: Indicator, **changes: Any) -> Project:
    """Fields of Project by name; fields of Edition through `edition=edition(…)`."""
    fields: dict[str, Any] = {
        "root": Path(),
        "edition": edition(),
        "country": MOZAMBIQUE,
        "catalogue": {i.id: i for i in indicators},
        "codelists": CODELISTS,
        "outline": Outline("test", both("Boletim"), both(""), ()),
        "locales": {"pt": PORTUGUESE, "en": ENGLISH},
        "narrative": {"pt": {}, "en": {}},
        "patterns": {"pt": "", "en": ""},
        "sources": {s: SourceRef(s, both(f"Source {s}"), both(f"Source {s}, in full")) for s in ("S1", "S2")},
        "glossary": (),
        "theme": THEME,
        "geometries": (),
        "messages": {"pt": {}, "en": {}},
        "inputs": (),
        "rules": shipped_rules(),
    }
    return Project(**(fields | changes))
