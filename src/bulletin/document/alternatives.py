"""Where the alternative text of a chart sends its reader: the table in which the figures are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bulletin.document.blocks import Block, Figure, Table
from bulletin.document.tree import Document, Section, walk
from bulletin.model.finding import Finding, Severity

LIMIT = 300
"""Characters; screen readers stop long descriptions (statistics.md 5.4)."""
_LONGEST = "00.00"
"""Number of a table."""


def room_for_pointer(words: Mapping[str, str], *, leaflet: bool = False) -> int:
    """Characters that the pointer takes at most once tables have their numbers; `leaflet`: there too, where the bulletin is named."""
    table = f"{words['table']}\u00a0{_LONGEST}"
    found = [words["alt_table"], *(words[key].format(table=table) for key in ("alt_table_all", "alt_table_part"))]
    if leaflet:
        found.append(words["alt_table_all"].format(table=words["in_bulletin"].format(label=table)))
    return max(len(text) for text in found)


def unsuited(document: Document) -> Iterator[Finding]:
    """An error for each chart without an alternative text, or with one too long: neither is published."""
    for block in walk(document.sections):
        if isinstance(block, Figure) and not 0 < len(block.alt.strip()) <= LIMIT:
            said: dict[str, str | int | float] = {
                "chart": block.id,
                "length": len(block.alt),
                "limit": LIMIT,
                "language": document.metadata.language,
            }
            rule = "alternative-too-long" if block.alt.strip() else "alternative-missing"
            yield Finding(rule, Severity.ERROR, key=f"{block.id}@{document.metadata.language}", parameters=said)


def without_table(document: Document) -> Iterator[Finding]:
    """A warning for each chart whose figures no table prints: who does not see it, or wants to use them, cannot get at them."""
    words = document.words
    if not words.get("alt_table"):
        return
    heads = tuple(words[key].partition("{table}")[0] for key in ("alt_table_all", "alt_table_part"))
    for block in walk(document.sections):
        if isinstance(block, Figure) and facts_of_figure(block) and not any(head in block.alt for head in heads):
            yield Finding("chart-without-table", Severity.WARNING, key=block.id, parameters={"chart": block.id})


def pointed(sections: Sequence[Section], words: Mapping[str, str]) -> tuple[Section, ...]:
    """Charts whose texts end with the general pointer name the table that prints most of their figures; where none prints half of
    them, nothing is said. Of tables that print as many, the nearest one."""
    general = words.get("alt_table", "")
    if not general:
        return tuple(sections)
    tables = [(at, block, facts_of_table(block)) for at, block in enumerate(_blocks(sections)) if isinstance(block, Table)]
    places = {id(block): at for at, block in enumerate(_blocks(sections))}

    def one(block: Block) -> Block:
        if not isinstance(block, Figure) or not block.alt.endswith(general):
            return block
        own = facts_of_figure(block)
        at = places[id(block)]
        ranked = max(((len(own & facts), -abs(at - place), table.label) for place, table, facts in tables), default=(0, 0, ""))
        shared, _, label = ranked
        rest = block.alt.removesuffix(general)
        if 2 * shared < len(own) or not shared:
            return replace(block, alt=rest.rstrip())
        return replace(block, alt=rest + words["alt_table_all" if shared == len(own) else "alt_table_part"].format(table=label))

    def walk(section: Section) -> Section:
        return replace(section, blocks=tuple(one(b) for b in section.blocks), sections=tuple(walk(s) for s in section.sections))

    return tuple(walk(s) for s in sections)


def _blocks(sections: Sequence[Section]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.sections)


def facts_of_table(table: Table) -> frozenset[str]:
    return frozenset(cell.fact for row in table.rows for cell in row.cells if cell.fact)


def facts_of_figure(figure: Figure) -> frozenset[str]:
    return frozenset(p.fact for s in figure.chart.series for p in s.points if p.fact)
