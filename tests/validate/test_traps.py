"""The 24 traps of published figures (what newspapers, reports and bulletins got wrong): each is found, or cannot be written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bulletin.derive.derive import derive
from bulletin.model.country import PlaceName
from bulletin.model.dataset import Observations
from bulletin.model.finding import Finding
from bulletin.model.indicator import Indicator
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.shipped import shipped
from bulletin.validate.rules import validate
from factories import ENGLISH, MOZAMBIQUE, PORTUGUESE, both, formula, indicator, observations, project, row, rule, spoken

ROOT = Path(__file__).parents[2]


def shipped_indicator(name: str) -> dict[str, Any]:
    for path in sorted(shipped("config", "indicators").glob("*.yaml")):
        for entry in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["indicators"]:
            if entry["id"] == name:
                return dict(entry)
    raise AssertionError(name)


def declared(name: str, **changes: Any) -> Indicator:
    """An indicator with the rules it is shipped with."""
    entry = shipped_indicator(name)
    rules = tuple(
        rule(
            r["rule"],
            r.get("severity"),
            **{k: tuple(v) if isinstance(v, list) else v for k, v in r.get("parameters", {}).items()},
        )
        for r in entry.get("rules", ())
    )
    fields = {"time_basis": entry["time_basis"], "unit": entry["unit"], "dimensions": tuple(entry.get("dimensions", ()))}
    made = indicator(name, entry["kind"], fields["unit"], fields["dimensions"], rules=rules, **changes)
    return replace(made, time_basis=type(made.time_basis)(fields["time_basis"]))


def found(*rows: dict[str, Any], about: tuple[Indicator, ...], alternates: Any = (), **changes: Any) -> dict[str, Finding]:
    """By rule; only what is more than information."""
    known = project(*about, **changes)
    received = observations(*rows, alternates=tuple(alternates))
    derived, faults = derive(received, known)
    everything = (*validate(received, known, "received")[0], *faults, *validate(derived, known, "derived")[0])
    return {f.rule: f for f in spoken(everything) if f.severity != "info"}


PARTS = ("OLD_AGE", "SURVIVORS", "DISABILITY")


@pytest.mark.parametrize(
    ("trap", "total", "parts"),
    [
        (1, 124_598, (45_307, 77_568, 1_613)),  # Mozambique, INSS pensioners, February 2024
        (2, 213_672, (213_670, 0, 0)),  # INSS cases 2015, two less
        (3, 3_607, (1_162, 2_213, 0)),  # PSSB in Massinga: the split adds to the former total, 3,375
        (4, 2_938_814, (2_983_814, 0, 0)),  # Portugal 2015: two digits swapped
    ],
)
def test_traps_1_to_4_parts_do_not_add_up(trap: int, total: int, parts: tuple[int, ...]) -> None:
    rows = [
        row("PENSIONERS", v, "2024-02", scheme="INSS", function=f) for f, v in zip(("_T", *PARTS), (total, *parts), strict=True)
    ]
    finding = found(*rows, about=(declared("PENSIONERS"), indicator("POPULATION"), indicator("INSURED_REGISTERED")))[
        "sum-of-parts"
    ]
    assert finding.parameters["difference"] == sum(parts) - total
    if trap == 2:
        tolerant = indicator(
            "PENSIONERS", dimensions=("scheme", "function"), rules=(rule("sum", over="function", parts=PARTS, tolerance=2),)
        )
        assert found(*rows, about=(tolerant,)) == {}


COVERAGE = indicator("COVERAGE", "rate")


def stated(name: str, of: str, **parameters: Any) -> Indicator:
    return indicator(name, "rate", rules=(rule("range"), rule("change", None, of=of, **parameters)))


def test_trap_5_points_called_per_cent() -> None:
    rows = [row("COVERAGE", v, y, unit="PT") for y, v in ((2020, 14.8), (2021, 22.1))]
    about = (COVERAGE, stated("CHANGE", "COVERAGE"))
    finding = found(*rows, row("CHANGE", 7.3, 2021, unit="PT"), about=about)["points-for-percent"]
    assert (finding.parameters["points"], finding.parameters["percent"]) == (7.3, 49.3)
    assert found(*rows, row("CHANGE", 49.3, 2021, unit="PT"), about=about) == {}
    assert (
        found(*rows, row("CHANGE", 7.3, 2021, unit="PT"), about=(COVERAGE, stated("CHANGE", "COVERAGE", **{"as": "points"})))
        == {}
    )


@pytest.mark.parametrize(
    ("before", "now", "said", "computed"),
    [(2_734, 2_926, 10, 7.0), (3_687, 8_761, 121, 137.6)],  # 6: women pensioners, São Tomé e Príncipe; 7: Inhambane
)
def test_traps_6_and_7_changes_typed_by_hand(before: int, now: int, said: float, computed: float) -> None:
    rows = [row("A", before, 2022), row("A", now, 2023), row("CHANGE", said, 2023, unit="PT")]
    finding = found(*rows, about=(indicator("A"), stated("CHANGE", "A")))["change-differs"]
    assert finding.parameters["percent"] == computed


def test_trap_8_a_share_needs_its_denominator() -> None:
    about = (
        indicator("DOMESTIC"), indicator("INSURED"),
        indicator("SHARE", "rate", rules=(rule("ratio", None, numerator="DOMESTIC", denominator="INSURED"),)),
    )  # fmt: skip
    rows = [row("DOMESTIC", 2_371), row("INSURED", 119_275), row("SHARE", 2.5, unit="PT")]
    assert found(*rows, about=about)["ratio-differs"].parameters["expected"] == 1.988


def test_trap_9_insured_workers_called_beneficiaries() -> None:
    """2,542,000 insured, sent as pensioners; and the words of the catalogue keep workers, employers and pensioners apart."""
    about = (declared("PENSIONERS"), declared("INSURED_REGISTERED"), indicator("POPULATION"))
    rows = [row("PENSIONERS", 2_542_000, 2022, scheme="INSS"), row("INSURED_REGISTERED", 2_483_171, 2022, scheme="INSS")]
    assert "compare" in found(*rows, about=about)
    assert "trabalhadores" in shipped_indicator("INSURED_REGISTERED")["label"]["pt"]
    assert "entidades empregadoras" in shipped_indicator("EMPLOYERS_REGISTERED")["label"]["pt"]
    assert "benefici" not in shipped_indicator("PENSIONERS")["label"]["pt"].lower()


def test_trap_10_the_scheme_is_named() -> None:
    about = (declared("PENSIONERS"), indicator("POPULATION"), indicator("INSURED_REGISTERED"))
    assert "part-unnamed" in found(row("PENSIONERS", 246_000), about=about)
    assert found(row("PENSIONERS", 246_000, scheme="INSS"), about=about) == {}


def test_trap_11_a_new_register_is_a_break() -> None:
    growth = formula("growth", inputs={"value": "INSURED_REGISTERED"})
    about = (
        declared("INSURED_REGISTERED"),
        indicator("CHANGE", "rate", dimensions=("scheme",), formula=growth),
    )
    workers = [row("INSURED_REGISTERED", v, p, scheme="INSS") for p, v in (("2021-06", 1_670_000), ("2022-12", 2_480_000))]
    assert "growth-large" in found(*workers, about=about)
    own = [row("INSURED_REGISTERED", v, p, scheme="INSS") for p, v in (("2021-12", 64_154), ("2022-12", 41_340))]
    assert "growth-large" in found(*own, about=about)
    broken = [own[0], {**own[1], "obs_status": "B"}]
    assert found(*broken, about=about) == {}
    derived, _ = derive(observations(*broken), project(*about))
    assert "CHANGE" not in set(derived.frame["indicator"][derived.frame["value"].notna()])


def test_trap_12_three_sources_of_one_figure_are_all_told() -> None:
    about = indicator("EMPLOYERS_REGISTERED", unit="ENT")
    rows = observations(
        row("EMPLOYERS_REGISTERED", 66_000, 2015, unit="ENT"),
        alternates=tuple(row("EMPLOYERS_REGISTERED", v, 2015, unit="ENT", source="S2") for v in (58_045, 125_903)),
    )
    findings = spoken(validate(rows, project(about), "received")[0])
    assert [(f.rule, f.parameters["other_value"]) for f in findings] == [("sources-differ", 58_045), ("sources-differ", 125_903)]
    nothing = observations(
        row("EMPLOYERS_REGISTERED", 0, 2015, unit="ENT"),
        alternates=(row("EMPLOYERS_REGISTERED", 7, 2015, unit="ENT", source="S2"),),
    )
    assert [f.rule for f in validate(nothing, project(about), "received")[0]] == ["sources-differ"]


def test_trap_13_thousand_millions_for_millions() -> None:
    """1,057,642 million written 1.57 thousand million; "bilião" is in no text of the program."""
    about = indicator("SPENT", "amount")
    differing = found(
        row("SPENT", 1_057_642e6, unit="XDC"), about=(about,), alternates=[row("SPENT", 1.57e9, unit="XDC", source="S2")]
    )
    assert "sources-apart" in differing
    series = [row("SPENT", v, y, unit="XDC") for y, v in ((2021, 0.9e12), (2022, 1.57e9), (2023, 1.1e12))]
    assert found(*series, about=(about,))["unit-slip"].key == "SPENT.MZ@2022"
    assert (
        PORTUGUESE.scales[9]
        == ("mil milhões", "mil milhões")
        == tuple(YAML(typ="safe").load(shipped("config", "languages", "pt.yaml").read_text(encoding="utf-8"))["scales"][9])
    )
    assert ENGLISH.scales[9][0] == "billion"
    texts = [p.read_text(encoding="utf-8").lower() for p in shipped("bulletin_templates", "narrative", "pt").glob("*.md*")]
    assert not any("bilião" in t or "biliões" in t for t in texts)


PROJECT = """schema: bulletin/1
id: denominators
country: MZ
year: 2024
years: {first: 2015, last: 2024}
release_date: 2025-01-31
status: draft
languages: [pt]
publisher: {pt: Ensaio}
"""
HEAD = "REF_AREA,INDICATOR,SEX,AGE,SCHEME,FUNCTION,PROGRAMME,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,SOURCE\n"


@pytest.mark.parametrize(
    ("indicator_id", "unit", "period", "values"),
    [
        ("POPULATION", "PERS", 2024, {"INE": "33244414", "WPP": "34999756", "BM": "34631766"}),  # 14: three denominators
        ("GDP", "XDC", 2018, {"WEO": "878400000000", "CABRI": "895600000000"}),  # 15: two vintages
    ],
)
def test_traps_14_and_15_several_vintages_stop_the_edition_until_one_is_declared(
    tmp_path: Path, indicator_id: str, unit: str, period: int, values: dict[str, str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config").mkdir()
    lines = [f"MZ,{indicator_id},_T,_T,_T,_T,_T,{period},{v},{unit},0,A,{s}\n" for s, v in values.items()]
    (tmp_path / "data" / "a.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    sources = "".join(f"  - {{id: {s}, short: {{pt: {s}}}, full: {{pt: {s}}}}}\n" for s in values)
    (tmp_path / "config" / "sources.yaml").write_text("sources:\n" + sources, encoding="utf-8")
    (tmp_path / "bulletin.yaml").write_text(PROJECT, encoding="utf-8")
    assert "conflicting-sources" in {f.rule for f in prepare(tmp_path, silent).findings if f.severity != "info"}
    prefer = f"prefer:\n  - {{indicator: {indicator_id}, order: [{', '.join(values)}]}}\n"
    (tmp_path / "bulletin.yaml").write_text(PROJECT + prefer, encoding="utf-8")
    prepared = prepare(tmp_path, silent)
    assert "conflicting-sources" not in {f.rule for f in prepared.findings}
    assert [f.rule for f in prepared.findings if f.rule == "sources-differ"] == ["sources-differ"] * (len(values) - 1)


def test_trap_16_two_files_for_one_series_that_do_not_agree() -> None:
    """A price index and an inflation that follow from each other do not, where one of them is really the deflator."""
    about = (indicator("CPI", "index"), stated("INFLATION", "CPI", lag=12, tolerance=0.5))
    rows = [row("CPI", v, y, unit="INDEX") for y, v in ((2016, 100), (2017, 115.1))] + [row("INFLATION", 9.2, 2017, unit="PT")]
    assert "change-differs" in found(*rows, about=about)


def test_trap_17_every_country_states_its_fiscal_year() -> None:
    for path in shipped("config", "countries").glob("*.yaml"):
        assert YAML(typ="safe").load(path.read_text(encoding="utf-8"))["fiscal_year"] in ("calendar", "july-june"), path.name


def test_trap_18_names_and_provinces_have_dates() -> None:
    new = PlaceName("MZ-X", both("X"), valid_from="2025-01-01")
    country = replace(MOZAMBIQUE, subdivisions=(*MOZAMBIQUE.subdivisions, new))
    about = (indicator("A"),)
    assert (
        found(row("A", 5, 2024, ref_area="MZ-X"), about=about, country=country)["place-out-of-time"].parameters["place"] == "MZ-X"
    )
    assert found(row("A", 5, 2025, ref_area="MZ-X"), about=about, country=country) == {}
    angola = YAML(typ="safe").load(shipped("config", "countries", "ao.yaml").read_text(encoding="utf-8"))
    mozambique = YAML(typ="safe").load(shipped("config", "countries", "mz.yaml").read_text(encoding="utf-8"))
    assert any(p.get("valid_from") == "2025-01-01" for p in angola["subdivisions"])
    assert any(i.get("valid_to") for i in mozambique["institutions"])


@pytest.mark.parametrize(
    ("more", "fewer"), [("EMPLOYERS_REGISTERED", "EMPLOYERS_ACTIVE"), ("INSURED_REGISTERED", "INSURED_ACTIVE")]
)
def test_trap_19_registered_is_not_active(more: str, fewer: str) -> None:
    about, unit = (declared(more), declared(fewer), indicator("POPULATION")), shipped_indicator(more)["unit"]
    rows = [row(more, 100, scheme="INSS", unit=unit), row(fewer, 101, scheme="INSS", unit=unit)]
    assert "compare" in found(*rows, about=about)


def test_traps_20_and_22_persons_households_and_benefits_are_different_units() -> None:
    for name, unit in (("PENSIONERS", "CASES"), ("HOUSEHOLDS_ENROLLED", "PERS"), ("BENEFICIARIES_DIRECT", "HH")):
        about = (declared(name), indicator("POPULATION"), indicator("INSURED_REGISTERED"))
        assert "unit-differs" in found(row(name, 265_000, unit=unit), about=about)
    assert shipped_indicator("PENSIONERS")["unit_counted"] == "persons"
    assert shipped_indicator("HOUSEHOLDS_ENROLLED")["unit_counted"] == "households"
    assert shipped_indicator("BENEFICIARIES_DIRECT")["id"] != shipped_indicator("BENEFICIARIES_INDIRECT")["id"]


def test_trap_21_a_total_without_its_overlap() -> None:
    rules = (rule("overlap", None, over="scheme", parts=("CONTRIB", "NONCONTRIB")),)
    about = indicator("COVERAGE", "rate", dimensions=("scheme",), rules=rules)
    parts = [row("COVERAGE", 12.2, scheme="CONTRIB", unit="PT"), row("COVERAGE", 14.8, scheme="NONCONTRIB", unit="PT")]
    assert found(*parts, row("COVERAGE", 27.0, unit="PT"), about=(about,))["overlap-exact"].parameters["count"] == 2
    assert found(*parts, row("COVERAGE", 26.1, unit="PT"), about=(about,)) == {}
    told = replace(about, rules=(rule("overlap", None, over="scheme", parts=("CONTRIB", "NONCONTRIB"), overlap="BOTH"),))
    both_systems = (told, indicator("BOTH", "rate"))
    assert found(*parts, row("COVERAGE", 27.0, unit="PT"), row("BOTH", 0, unit="PT"), about=both_systems) == {}


def test_trap_23_stocks_flows_and_cumulative_figures() -> None:
    since = indicator("SINCE_1989")
    since = replace(since, time_basis=type(since.time_basis).CUMULATIVE)
    assert "cumulative-falls" in found(row("SINCE_1989", 500, 2022), row("SINCE_1989", 90, 2023), about=(since,))
    flow = replace(since, id="NEW", time_basis=type(since.time_basis).FLOW)
    quarters = [row("NEW", 30, f"2023-Q{q}") for q in (1, 2, 3, 4)]
    assert found(*quarters, row("NEW", 120, 2023), about=(flow,)) == {}
    assert "year-differs" in found(*quarters, row("NEW", 90, 2023), about=(flow,))
    stock = indicator("STOCK", rules=(rule("stock-flow", None, entries=("IN",), exits=("OUT",)),))
    rows = [row("STOCK", 100, 2022), row("STOCK", 120, 2023), row("IN", 30, 2023), row("OUT", 5, 2023)]
    assert found(*rows, about=(stock, indicator("IN"), indicator("OUT")))["stock-flow"].parameters["expected"] == 125


def test_trap_24_a_capped_rate_is_explained() -> None:
    about = (declared("COVERAGE_OLDER"), indicator("PENSIONERS"), indicator("POPULATION_AGE_SEX"))
    bare = row("COVERAGE_OLDER", 100, 2023, sex="M", unit="PT")
    assert "rate-at-ceiling" in found(bare, about=about)
    assert found({**bare, "comment_pt": "N > D"}, about=about) == {}
    capped = formula("ratio", inputs={"numerator": "N", "denominator": "D"}, scale=100)
    known = project(indicator("N"), indicator("D"), indicator("R", "rate", formula=capped))
    _, faults = derive(Observations(observations(row("N", 120), row("D", 100)).frame, observations().frame), known)
    assert {f.rule for f in faults} & {"rate-above-100", "rate-capped", "numerator-above"}
