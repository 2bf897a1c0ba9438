"""The outline: which chapters, sections, tables and charts an edition has, as configuration says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.text import LocalText

CHART_KINDS = (
    "line", "column", "bar", "grouped", "grouped_column", "stacked", "share", "dumbbell", "dots", "pyramid", "multiples",
    "waterfall", "slope", "choropleth", "tiles", "symbols",
)  # fmt: skip
"""Kinds of chart that an outline may ask for; sparklines and the cover are the program's own."""

LIST_KINDS = (
    "signs", "glossary", "acronyms", "sources", "metadata", "sheets", "institutions", "waivers", "approvals", "availability",
    "quality", "thresholds", "revisions", "alternates", "chart_values",
)  # fmt: skip
"""Lists that the program makes."""
CHART_HEIGHT = 400
"""Millimetres that a chart may be high; no page is higher."""

Where = Mapping[str, str]
"""Dimension to code; dimensions not named stand at their total, `ref_area` at the country. The key `period` fixes the period."""


@dataclass(frozen=True)
class Level:
    """One level of a table's head or stub, or of a chart's categories or series."""

    by: str
    """`period`, `indicator`, or a dimension (`ref_area`, `sex`, `age`, `scheme`, `function`, `programme`)."""
    codes: tuple[str, ...] = ()
    """Codes in order. Empty: for `period` the periods of the edition (see `periods`), for `ref_area` the country, then its
    subdivisions in official order, for a dimension every code of its list that has data. For `ref_area`, `country` is the
    country itself."""
    periods: Literal["years", "available", "all", "latest", "newest"] = "years"
    """For `by: period` without codes: every year of the edition; those of its periods that have data; all periods with data up to
    its last year, earlier ones too; the newest with data only. `newest` (tables): two columns, the newest value of each row by itself
    and its period."""
    last: int = 0
    """For periods: only the last so many; 0 = all."""
    where: Mapping[str, Where] = field(default_factory=dict)
    """Per code: further coordinates, so that an item may be a combination."""
    labels: Mapping[str, LocalText] = field(default_factory=dict)
    """Per code: a label other than the code list's."""
    total: Literal["first", "last", "none"] = "first"
    """Where `_T` (or the country) stands when it is among the codes; its row or column is set off."""
    order: Literal["given", "value"] = "given"
    """`value`: by the figures, largest first (analytic tables and bars)."""


@dataclass(frozen=True)
class RowGroup:
    """Consecutive rows of a table; a table is the concatenation of its groups."""

    indicator: str = ""
    level: Level | None = None
    """None: a single row."""
    where: Where = field(default_factory=dict)
    label: LocalText | None = None
    """Of the single row; the indicator's label otherwise."""
    heading: LocalText | None = None
    """A block row above the group."""
    role: Literal["normal", "group", "sub", "total"] = "normal"
    decimals: int | None = None
    scale: int | None = None
    note: LocalText | None = None


@dataclass(frozen=True)
class TableSpec:
    table: str
    """Id, unique in the edition."""
    title: LocalText
    """Label title: what, by what; place and years are appended by compose unless `full_title`."""
    rows: tuple[RowGroup, ...]
    columns: tuple[Level, ...]
    """Outer level first; the last is the leaf."""
    indicator: str = ""
    where: Where = field(default_factory=dict)
    stubhead: LocalText | None = None
    headnote: LocalText | None = None
    """Unit line; computed from indicator and scale when absent."""
    full_title: bool = False
    decimals: int | None = None
    scale: int | None = None
    notes: tuple[LocalText, ...] = ()
    landscape: bool = False
    changes: bool = False
    """Adds a last column with the change from the column before the last to the last."""


@dataclass(frozen=True)
class TextTableSpec:
    """A table of words, e.g. legal provisions: cells come from the configuration, not from observations."""

    text_table: str
    title: LocalText
    columns: tuple[LocalText, ...]
    rows: tuple[tuple[LocalText, ...], ...]
    """First cell is the stub."""
    notes: tuple[LocalText, ...] = ()
    source: LocalText | None = None
    widths: tuple[float, ...] = ()
    """Shares of the width, one per column."""


@dataclass(frozen=True)
class ReferenceSpec:
    """A line to compare with: another indicator, or the country's own value among its subdivisions."""

    label: LocalText
    indicator: str = ""
    where: Where = field(default_factory=dict)
    period: str = ""


@dataclass(frozen=True)
class ChartSpec:
    chart: str
    """Id, unique in the edition; its title is the paragraph `chart.<id>` of the chapter's narrative."""
    kind: str
    """One of CHART_KINDS."""
    title: LocalText
    """Label title: stands where the narrative has no computed title, and opens the subtitle otherwise."""
    indicator: str = ""
    where: Where = field(default_factory=dict)
    categories: Level | None = None
    series: Level | None = None
    population: LocalText | None = None
    """For the subtitle, when the label does not say it."""
    scale: int | None = None
    decimals: int | None = None
    notes: tuple[LocalText, ...] = ()
    references: tuple[ReferenceSpec, ...] = ()
    classes: tuple[float, ...] = ()
    """Inner class bounds of a map, fixed between editions."""
    focus: tuple[str, ...] = ()
    """Codes drawn in the brand colour, the others in grey; in a waterfall the codes that are totals."""
    subtract: tuple[str, ...] = ()
    """In a waterfall the codes that are taken away."""
    height: float = 0
    """Millimetres; 0 = by kind and number of rows."""
    charts: Literal["native", "picture"] | None = None
    """In Word: `native`, a chart with its data that can be edited there, or `picture`; as the edition says when absent."""


@dataclass(frozen=True)
class FigureSpec:
    """One key figure."""

    id: str
    indicator: str
    label: LocalText
    where: Where = field(default_factory=dict)
    period: str = ""
    """Empty: the newest with a value."""
    since: str = ""
    """Period to compare with; empty: the one before; `none`: no comparison."""
    scale: int | None = None
    decimals: int | None = None
    spark: bool = True


@dataclass(frozen=True)
class FiguresSpec:
    figures: str
    """Id of a strip of key figures."""
    items: tuple[FigureSpec, ...]


@dataclass(frozen=True)
class Candidate:
    """A paragraph that may become a key result; what it is about is its first claim."""

    result: str
    """Id of the paragraph."""
    domain: str = ""
    """`coverage`, `financing`, `gender`, …: those that must be there are named in `config/narrative.yaml`."""
    importance: float = 1
    """0 to 3, beside what the figures themselves say."""


@dataclass(frozen=True)
class TextSpec:
    text: str
    """Prefix: the narrative's paragraphs whose id begins with `<prefix>.` stand here, in the order of the file."""
    choose: tuple[Candidate, ...] = ()
    """Of these only the most important stand here, as a list."""


@dataclass(frozen=True)
class BoxSpec:
    box: str
    """Id; its paragraphs are `<id>.…`."""
    title: LocalText


@dataclass(frozen=True)
class ListSpec:
    """A list made by the program: one of LIST_KINDS."""

    list: str


Item = TableSpec | TextTableSpec | ChartSpec | FiguresSpec | TextSpec | BoxSpec | ListSpec


@dataclass(frozen=True)
class SectionSpec:
    id: str
    title: LocalText = field(default_factory=dict)
    """None: the section has no heading of its own."""
    items: tuple[Item, ...] = ()
    optional: bool = False
    """Left out where none of its tables has a value."""


@dataclass(frozen=True)
class ChapterSpec:
    chapter: str
    """Id; its narrative is `narrative/<language>/<id>.md`."""
    title: LocalText
    sections: tuple[SectionSpec, ...]
    numbered: bool = True
    """False for preface, glossary and the like."""
    annex: bool = False
    """Lettered instead of numbered."""
    figures: tuple[FigureSpec, ...] = ()
    """Key figures of the chapter opening, at most three."""
    front: bool = False
    """Stands before the contents' first numbered chapter, without an opening page."""
    optional: bool = False
    """Left out where none of its tables has a value."""


@dataclass(frozen=True)
class Outline:
    id: str
    title: LocalText
    """Of the publication, without country and year."""
    subtitle: LocalText
    chapters: tuple[ChapterSpec, ...]

    @property
    def charts(self) -> tuple[ChartSpec, ...]:
        """In print order."""
        items = (item for chapter in self.chapters for section in chapter.sections for item in section.items)
        return tuple(item for item in items if isinstance(item, ChartSpec))
