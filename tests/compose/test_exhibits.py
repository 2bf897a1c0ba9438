"""Tables, charts and key figures do not set side by side what cannot be compared, and say what a reader must know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.document.blocks import Definitions, Figure, Table
from bulletin.document.inline import plain
from bulletin.document.tree import Document, walk
from bulletin.errors import ConfigError
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent

SMALL = Path(__file__).resolve().parent.parent / "projects" / "small"
HEAD = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,SCHEME,PROGRAMME,OBS_STATUS\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small", ignore=shutil.ignore_patterns("out", "work")))


def made(project: Path, rows: str, items: str, more: str = "") -> Composed:
    """The small project with further data rows and with items added to its last section."""
    (project / "data" / "more.csv").write_text(HEAD + rows, encoding="utf-8")
    added = "".join(f"  - to: pensions.types\n    item: {item}\n" for item in items.strip().splitlines())
    with (project / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\nadd:\n{added}{more}")
    return compose_editions(prepare(project, silent))


def table(document: Document, name: str) -> Table:
    return next(b for b in walk(document.sections) if isinstance(b, Table) and b.id == name)


def figure(document: Document, name: str) -> Figure:
    return next(b for b in walk(document.sections) if isinstance(b, Figure) and b.id == name)


def notes(block: Table | Figure) -> str:
    return " ".join(plain(n.content) for n in block.notes)


CHANGES = "{table: own, title: {pt: T, en: T}, indicator: %s, where: {scheme: INSS}, rows: [{}], columns: [{by: period, codes: [%s]}], changes: true}"


def test_no_change_across_a_break_between_the_columns_and_the_break_is_signed(project: Path) -> None:
    rows = (
        "EMPLOYERS_ACTIVE,MZ,2020,1000,ENT,PRIMEIRA,INSS,_T,A\n"
        "EMPLOYERS_ACTIVE,MZ,2022,,ENT,PRIMEIRA,INSS,_T,B;O\n"
        "EMPLOYERS_ACTIVE,MZ,2024,1500,ENT,PRIMEIRA,INSS,_T,D\n"
    )
    found = table(made(project, rows, CHANGES % ("EMPLOYERS_ACTIVE", '"2020", "2024"')).documents["en"], "own")
    assert [c.text for c in found.rows[0].cells] == ["1,000", "1,500", "//"]
    assert found.rows[0].cells[1].signs == "(b)(d)"
    assert found.columns[1].break_before
    assert "(d) definition differs" in notes(found)


def test_a_change_on_the_edge_is_rounded_alike_in_table_and_sentence(project: Path) -> None:
    rows = "EMPLOYERS_NEW,MZ,2023,10000,ENT,PRIMEIRA,INSS,_T,A\nEMPLOYERS_NEW,MZ,2024,10225,ENT,PRIMEIRA,INSS,_T,A\n"
    for language in ("pt", "en"):
        with (project / "text" / language / "pensions.md").open("a", encoding="utf-8") as stream:
            stream.write('\n{#pensioners.new}\n{{ change("EMPLOYERS_NEW", scheme="INSS") }}\n')
    composed = made(project, rows, CHANGES % ("EMPLOYERS_NEW", '"2023", "2024"'))
    assert [c.text for c in table(composed.documents["en"], "own").rows[0].cells] == ["10,000", "10,225", "2.3"]
    growth = next(f.id for f in composed.facts.facts() if f.id.startswith("growth(EMPLOYERS_NEW"))
    assert composed.facts.texts(growth)["en"] == ("2.3%", "2.3")


def test_a_small_fall_in_points_keeps_its_sign(project: Path) -> None:
    rows = "EXECUTION_RATE,MZ,2023,50.04,PT,PRIMEIRA,INSS,_T,A\nEXECUTION_RATE,MZ,2024,50.01,PT,PRIMEIRA,INSS,_T,A\n"
    item = (CHANGES % ("EXECUTION_RATE", '"2023", "2024"')).replace("rows: [{}]", "rows: [{decimals: 2}]")
    assert table(made(project, rows, item).documents["en"], "own").rows[0].cells[-1].text == "−0.03"


def test_a_flow_of_half_a_year_is_not_compared_with_the_year(project: Path) -> None:
    rows = (
        "EXECUTION_RATE,MZ,2023,40,PT,PRIMEIRA,_T,PSSB,A\n"
        "EXECUTION_RATE,MZ,2024-S1,10,PT,PRIMEIRA,_T,PSSB,A\n"
        "EXECUTION_RATE,MZ,2024,30,PT,PRIMEIRA,_T,PSSB,P\n"
    )
    items = (
        "{figures: own, items: [{id: own.rate, indicator: EXECUTION_RATE, where: {programme: PSSB}, label: {pt: t, en: t}}]}\n"
        "{chart: line, kind: line, title: {pt: T, en: T}, indicator: EXECUTION_RATE, where: {programme: PSSB}}"
    )
    document = made(project, rows, items).documents["en"]
    item = next(b for b in walk(document.sections) if b.id == "own").items[0]  # type: ignore[union-attr]
    assert plain(item.change) == "−10.0\u00a0p.p."
    assert "2023" in plain(item.since)
    assert item.when == "2024\u00a0(p)"
    assert [c.key for c in figure(document, "line").chart.categories] == ["2023", "2024"]


def test_a_chart_says_that_its_bars_are_of_different_periods(project: Path) -> None:
    rows = "EMPLOYERS_ACTIVE,MZ,2022,1000,ENT,PRIMEIRA,INSS,_T,E\nEMPLOYERS_NEW,MZ,2024,200,ENT,PRIMEIRA,INSS,_T,E\n"
    items = (
        "{chart: bars, kind: bar, title: {pt: T, en: T}, indicator: EMPLOYERS_ACTIVE, where: {scheme: INSS}, "
        "categories: {by: indicator, codes: [EMPLOYERS_ACTIVE, EMPLOYERS_NEW]}}\n"
        "{chart: steps, kind: waterfall, title: {pt: T, en: T}, indicator: EMPLOYERS_ACTIVE, where: {scheme: INSS}, "
        "categories: {by: indicator, codes: [EMPLOYERS_ACTIVE, EMPLOYERS_NEW]}}"
    )
    document = made(project, rows, items).documents["en"]
    said = notes(figure(document, "bars"))
    assert "(2022)" in said
    assert "(2024)" in said
    assert "All values are estimates." in said
    # What is added up cannot be of two periods.
    assert "steps" not in {getattr(b, "id", "") for b in walk(document.sections)}


def test_shares_of_zero_have_no_segment_and_no_legend_and_there_are_none_where_a_part_is_missing(project: Path) -> None:
    rows = (
        "BENEFICIARIES_DIRECT,MZ,2023,0,PERS,PRIMEIRA,_T,PASD,A\n"
        "BENEFICIARIES_DIRECT,MZ,2023,50,PERS,PRIMEIRA,_T,PSSB,A\n"
        "BENEFICIARIES_DIRECT,MZ,2024,50,PERS,PRIMEIRA,_T,PSSB,A\n"
    )
    items = (
        "{chart: shares, kind: share, title: {pt: T, en: T}, indicator: BENEFICIARIES_DIRECT, "
        'categories: {by: period, codes: ["2023", "2024"]}, series: {by: programme, codes: [PSSB, PASD]}}'
    )
    found = figure(made(project, rows, items).documents["en"], "shares")
    assert [[p.text for p in s.points] for s in found.chart.series] == [["100.0", ".."], ["–", ".."]]
    assert "zero" not in notes(found)


def test_small_amounts_are_drawn_in_full(project: Path) -> None:
    rows = "TRANSFER_MONTHLY,MZ,2023,500,XDC,PRIMEIRA,_T,PSSB,A\nTRANSFER_MONTHLY,MZ,2024,540,XDC,PRIMEIRA,_T,PSSB,A\n"
    items = "{chart: money, kind: line, title: {pt: T, en: T}, indicator: TRANSFER_MONTHLY, where: {programme: PSSB}}"
    found = figure(made(project, rows, items).documents["en"], "money")
    assert [p.text for p in found.chart.series[0].points] == ["500", "540"]


def test_the_lineage_of_a_rate_names_the_declared_denominator(project: Path) -> None:
    rows = (
        "EMPLOYERS_ACTIVE,MZ,2024,500,ENT,PRIMEIRA,INSS,_T,A\n"
        "EMPLOYERS_REGISTERED,MZ,2024,1000,ENT,PRIMEIRA,INSS,_T,A\n"
        "EMPLOYERS_REGISTERED,MZ,2024,2000,ENT,SEGUNDA,INSS,_T,A\n"
    )
    text = (project / "bulletin.yaml").read_text(encoding="utf-8")
    more = "  - {indicator: EMPLOYERS_REGISTERED, order: [PRIMEIRA, SEGUNDA]}\n"
    (project / "bulletin.yaml").write_text(text.rstrip() + "\n" + more, encoding="utf-8")
    items = "{table: own, title: {pt: T, en: T}, indicator: ACTIVE_RATE_EMPLOYERS, where: {scheme: INSS}, rows: [{}], columns: [{by: period, codes: ['2024']}]}"
    composed = made(project, rows, items, "denominators: {EMPLOYERS_REGISTERED: SEGUNDA}\n")
    fact = next(f for f in composed.facts.facts() if f.indicator == "ACTIVE_RATE_EMPLOYERS")
    assert fact.value == 25.0
    assert [(i.source, i.origin.cell) for i in fact.inputs] == [("PRIMEIRA", "2"), ("SEGUNDA", "4")]


def test_hidden_figures_are_told_of_in_words_below_what_hides_them(project: Path) -> None:
    rows = "PENSIONERS,MZ,2023,3,PERS,PRIMEIRA,INSS,_T,A\nPENSIONERS,MZ,2022,300,PERS,PRIMEIRA,INSS,_T,A\n"
    item = (
        "{table: own, title: {pt: T, en: T}, indicator: PENSIONERS, where: {scheme: INSS}, rows: [{}], "
        'columns: [{by: period, codes: ["2022", "2023"]}]}'
    )
    composed = made(project, rows, item)
    assert table(composed.documents["en"], "own").rows[0].cells[1].text == "c"
    assert "sign c are not published, so that nobody can be identified" in notes(table(composed.documents["en"], "own"))
    assert "sinal c não se publicam" in notes(table(composed.documents["pt"], "own"))


def test_a_remark_on_one_of_several_series_names_it(project: Path) -> None:
    rows = (
        "ADMIN_EXPENDITURE,MZ,2023,10,XDC,PRIMEIRA,INSS,_T,A,Arredondado.,Rounded.\n"
        "BENEFIT_EXPENDITURE,MZ,2023,30,XDC,PRIMEIRA,INSS,_T,A,,\n"
    )
    (project / "data" / "remarks.csv").write_text(HEAD.strip() + ",COMMENT_PT,COMMENT_EN\n" + rows, encoding="utf-8")
    item = (
        "{chart: own, kind: grouped_column, title: {pt: T, en: T}, where: {scheme: INSS}, categories: {by: period, codes: "
        '["2023"]}, series: {by: indicator, codes: [BENEFIT_EXPENDITURE, ADMIN_EXPENDITURE]}}'
    )
    assert ": rounded." in notes(figure(made(project, "", item).documents["en"], "own"))


def test_the_lists_hold_what_the_sentences_print_and_nothing_else(project: Path) -> None:
    """An indicator said in a sentence only has its sheet; an acronym that nobody prints is not explained."""
    for language, words in (("pt", "O PIB conta."), ("en", "GDP counts.")):
        with (project / "text" / language / "pensions.md").open("a", encoding="utf-8") as stream:
            stream.write('\n{#pensioners.new}\n{{ level("EMPLOYERS_NEW", scheme="INSS") }}\n' + words + "\n")
    rows = "EMPLOYERS_NEW,MZ,2024,10225,ENT,PRIMEIRA,INSS,_T,A\n"
    composed = made(project, rows, "{list: sheets}\n{list: acronyms}")
    for language, wanted in (("pt", "PIB"), ("en", "GDP")):
        lists = {b.id: b for b in walk(composed.documents[language].sections) if isinstance(b, Definitions)}
        assert any(i.code == "EMPLOYERS_NEW" for b in lists.values() for i in b.items)
        found = {plain(i.term) for i in lists["acronyms"].items}
        assert wanted in found
        assert not {"UNICEF", "IPC", "CPI"} & found


def test_an_id_names_one_paragraph_of_the_edition(project: Path) -> None:
    for chapter in ("pensions", "people"):
        for language in ("pt", "en"):
            with (project / "text" / language / f"{chapter}.md").open("a", encoding="utf-8") as stream:
                stream.write("\n{#pensioners.twice}\nTexto.\n")
    with pytest.raises(ConfigError) as refused:
        prepare(project, silent)
    assert {(f.rule, f.parameters["name"]) for f in refused.value.findings} == {("repeated-id", "pensioners.twice")}
