"""How rows and units of a form are named: labels of the code lists, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.supply import Cell

if TYPE_CHECKING:
    from bulletin.model.project import Project


_POWERS = {0: "", 3: "_thousands", 6: "_millions", 9: "_billions", 12: "_trillions"}


_SPOKEN = ("scheme", "programme", "function", "age")


def code_text(cell: Cell, country: str) -> str:
    """The codes that are not totals, as a person checks them: `MZ-A OLD_AGE`; the country's own code when there is nothing else."""
    codes = [c for d, c in zip(DIMENSIONS, cell[1:], strict=True) if d != "sex" and c not in (TOTAL, country)]
    return " ".join(codes) or country


def label_of(project: Project, cell: Cell, language: str) -> str:
    at = dict(zip(DIMENSIONS, cell[1:], strict=True))
    names = [_label(project, d, at[d], language, short=d in ("scheme", "programme")) for d in _SPOKEN if at[d] != TOTAL]
    if at["ref_area"] != project.country.code:
        return _label(project, "ref_area", at["ref_area"], language)
    return " · ".join(names) or _label(project, "ref_area", at["ref_area"], language)


def unit_text(project: Project, unit: str, multiplier: int, language: str) -> str:
    """`pessoas`; `milhões de meticais`; an unusual power of ten is written out."""
    words = project.locales[language].words
    power = _POWERS.get(multiplier)
    if unit == "PT":
        return words["per_cent"]
    if unit == "XDC":
        name = project.country.currency.noun.get(language, unit)
        return words[f"in_currency{power}"].format(currency=name) if power is not None else f"{name} × 10^{multiplier}"
    found = next((c for c in project.codelists["unit"].codes if c.id == unit), None)
    label = (found.short or found.label).get(language, unit) if found else unit
    if power is None:
        return f"{label} × 10^{multiplier}"
    return words[f"in{power or '_units'}"].format(unit=label)


def _label(project: Project, dimension: str, code: str, language: str, *, short: bool = False) -> str:
    found = (
        next((c for c in project.codelists[dimension].codes if c.id == code), None) if dimension in project.codelists else None
    )
    if found is None:
        return code
    return (found.short if short and found.short and found.acronym else found.label).get(language, code)
