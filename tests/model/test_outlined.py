"""Who asks for figures and who counts them read the same outline: what a form asks is what is missed when it has not come."""

from __future__ import annotations

from bulletin.model.edition import Years
from bulletin.model.expected import Reported, expected_cells
from bulletin.model.outline import ChapterSpec, ChartSpec, Item, Level, Outline, RowGroup, SectionSpec, TableSpec
from bulletin.model.printed import received_cells
from bulletin.model.project import Project
from factories import both, edition, formula, indicator, observations, project, row

SEXES = Level("sex", codes=("_T", "M", "F"))
CASES = indicator("CASES", dimensions=("sex", "scheme"))
INSURED = indicator("INSURED", dimensions=("scheme",))
WHOLE = indicator("WHOLE", formula=formula("sum", inputs={"a": "CASES"}, over="sex", parts="M,F"))
SHARE = indicator("SHARE", "rate", "PT", dimensions=("sex",), formula=formula("share", inputs={"part": "CASES"}, along="sex"))
RATE = indicator("RATE", "rate", "PT", formula=formula("ratio", inputs={"numerator": "WHOLE", "denominator": "INSURED"}))


def asked(*items: Item) -> Project:
    outline = Outline("test", both("B"), both(""), (ChapterSpec("c", both("C"), (SectionSpec("s", both("S"), items),)),))
    return project(CASES, INSURED, WHOLE, SHARE, RATE, outline=outline, edition=edition(year=2024, years=Years(2024, 2024)))


def table(*rows: RowGroup, columns: tuple[Level, ...] = (Level("period"),), of: str = "") -> TableSpec:
    return TableSpec("t", both("T"), rows, columns, of)


def chart(name: str, kind: str, **levels: Level) -> ChartSpec:
    return ChartSpec("f", kind, both("F"), indicator=name, **levels)


def test_a_form_asks_for_what_is_counted_as_missing_when_nothing_has_come() -> None:
    for items in (
        (table(RowGroup("CASES", SEXES), RowGroup("INSURED", where={"scheme": "INSS"})),),
        (table(RowGroup(level=Level("indicator", codes=("RATE", "SHARE"))), columns=(Level("period"), SEXES)),),
        (table(RowGroup(level=Level("ref_area")), of="WHOLE"),),
        (chart("CASES", "ranking"),),
        (chart("SHARE", "line", series=SEXES),),
    ):
        made = asked(*items)
        counted = {(c.indicator, *c.place) for c in expected_cells(Reported(observations(row("OTHER", 1, 2024))), made)}
        assert {p.cell for p in received_cells(made)} == counted != set()


def test_what_a_figure_is_computed_from_is_asked_for_down_to_what_is_received() -> None:
    cells = {p.cell for p in received_cells(asked(table(RowGroup("RATE"))))}
    assert {(c[0], c[2]) for c in cells} == {("CASES", "M"), ("CASES", "F"), ("INSURED", "_T")}
