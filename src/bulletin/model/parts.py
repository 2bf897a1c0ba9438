"""What a total is made of: the subdivisions of the country, or the codes below a code, with the time in which they exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.cells import FIRST_YEAR, MONTHS
from bulletin.model.codes import TOTAL

if TYPE_CHECKING:
    from bulletin.model.project import Project

CHILDREN = "children"


@dataclass(frozen=True)
class Part:
    code: str
    first: int = 0
    """Months since January of FIRST_YEAR, as in a key of cells."""
    last: int = MONTHS - 1

    @property
    def always(self) -> bool:
        return self.first == 0 and self.last == MONTHS - 1


def total_code(project: Project, dimension: str, code: str = TOTAL) -> str:
    """The code itself; the total of `ref_area` is the country."""
    return project.country.code if dimension == "ref_area" and code in (TOTAL, "") else code or TOTAL


def parts_of(project: Project, dimension: str, total: str = TOTAL) -> tuple[Part, ...]:
    """The country's subdivisions, or the codes whose parent is `total`; below `_T` those without a parent if none names it."""
    if dimension == "ref_area" and total_code(project, dimension, total) == project.country.code:
        return tuple(
            Part(p.code, _month(p.valid_from, 0, 1), _month(p.valid_to, MONTHS - 1, 12)) for p in project.country.subdivisions
        )
    codes = project.codelists[dimension].codes if dimension in project.codelists else ()
    below = [c.id for c in codes if c.parent == total]
    if not below and total == TOTAL:
        below = [c.id for c in codes if not c.parent and c.id != TOTAL]
    return tuple(Part(code) for code in below)


def named_parts(project: Project, dimension: str, total: str, parts: object) -> tuple[Part, ...]:
    """Parts as configuration names them: `children`, a list of codes, or codes joined by commas."""
    if parts in (CHILDREN, "", None):
        return parts_of(project, dimension, total)
    codes = parts.split(",") if isinstance(parts, str) else [str(p) for p in parts] if isinstance(parts, (tuple, list)) else []
    return tuple(Part(code.strip()) for code in codes)


def _month(date: str, otherwise: int, month: int) -> int:
    """`2025-01-01` or `2025`; the month counts where only the year is said."""
    if not date:
        return otherwise
    year, _, rest = date.partition("-")
    return (int(year) - FIRST_YEAR) * 12 + (int(rest[:2]) if rest else month) - 1
