"""Which institution is responsible for a figure: as `collect:` says, else the country's file, else whoever sent it before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL

if TYPE_CHECKING:
    from bulletin.model.country import Institution, Supply
    from bulletin.model.edition import Collection
    from bulletin.model.project import Project

Cell = tuple[str, ...]
"""Indicator, then a code for each of DIMENSIONS: a series without its period."""


def cell_of(indicator: str, coordinates: Mapping[str, str], country: str) -> Cell:
    """Dimensions not named stand at their total, `ref_area` at the country."""
    return (indicator, *(coordinates.get(d, country if d == "ref_area" else TOTAL) for d in DIMENSIONS))


def covers(supply: Supply, cell: Cell) -> bool:
    indicator, codes = cell[0], dict(zip(DIMENSIONS, cell[1:], strict=True))
    named = not supply.indicators or any(
        indicator.startswith(i[:-1]) if i.endswith("*") else indicator == i for i in supply.indicators
    )
    return named and all(codes.get(d) in allowed for d, allowed in supply.where.items())


def institution_id(project: Project, name: str) -> str:
    """The id of the institution that `name` (id or acronym, any case) means, as the country or `collect:` writes it; empty: none."""
    wanted = name.casefold()
    for known in project.country.institutions:
        if wanted in (known.id.casefold(), known.acronym.casefold()):
            return known.id
    return next((c.institution for c in project.edition.collect if c.institution.casefold() == wanted), "")


def institution_of(project: Project, name: str) -> Institution | None:
    return next((i for i in project.country.institutions if i.id == name), None)


def collection_of(project: Project, institution: str) -> Collection | None:
    """What `collect:` says of an institution."""
    return next((c for c in project.edition.collect if institution_id(project, c.institution) == institution), None)


def due_of(project: Project, institution: str) -> str:
    """ISO date, or empty."""
    found = collection_of(project, institution)
    return found.due if found else ""


def in_office(institution: Institution, year: int) -> bool:
    first, last = institution.valid_from[:4], institution.valid_to[:4]
    return (not first or int(first) <= year) and (not last or year <= int(last))


def responsible(project: Project, cell: Cell, year: int, senders: Mapping[Cell, str] | None = None) -> str:
    """Id of the institution that supplies a cell in a year; empty when nobody is known to.

    `senders`: cell to the `institution` of the newest source that gave it.
    """
    declared = {institution_id(project, c.institution): c.supplies for c in project.edition.collect if c.supplies}
    shipped = {
        i.id: i.supplies for i in project.country.institutions if i.id not in declared and in_office(i, year) and i.supplies
    }
    for offers in (declared, shipped):
        for named in (True, False):
            for institution, supplies in offers.items():
                if any(bool(s.indicators) is named and covers(s, cell) for s in supplies):
                    return institution
    return institution_id(project, (senders or {}).get(cell, ""))
