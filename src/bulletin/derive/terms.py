"""Terms: the cells a formula reads, each an input at fixed coordinates, at an earlier period or at a fixed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.parts import Part, named_parts, total_code

if TYPE_CHECKING:
    from bulletin.model.indicator import Formula, Indicator
    from bulletin.model.project import Project


@dataclass(frozen=True)
class Term:
    role: str
    indicator: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Dimension to the one code at which it is read; the other dimensions are shared with the result."""
    back: int = 0
    """Months before the result's period."""
    period: str = ""
    """The one period at which it is read; empty: the result's."""
    part: Part | None = None
    """The part of a total it stands for; where that part does not exist, the term counts as nothing."""

    @property
    def shifted(self) -> bool:
        return bool(self.back or self.period)


@dataclass(frozen=True)
class Scope:
    """What terms need to know of the project: the country behind `_T`, the parts of a total, the years of the edition."""

    total: Callable[[str, str], str]
    """Dimension and code to the code meant."""
    parts: Callable[[str, str, object], tuple[Part, ...]]
    """Dimension, total and the parts as configured."""
    periods: Mapping[str, str] = field(default_factory=dict)
    """Words for periods: `edition`, `first`, `last`."""

    def period(self, text: object) -> str:
        return self.periods.get(str(text), str(text))


def project_scope(project: Project) -> Scope:
    edition = project.edition
    return Scope(
        lambda dimension, code: total_code(project, dimension, code),
        lambda dimension, total, parts: named_parts(project, dimension, total, parts),
        {"edition": str(edition.year), "first": str(edition.years.first), "last": str(edition.years.last)},
    )


def bare_scope(country: str = "") -> Scope:
    """Without a project: parts that only configuration knows are one part without a name."""

    def parts(dimension: str, total: str, named: object) -> tuple[Part, ...]:
        codes = named.split(",") if isinstance(named, str) and named not in ("", "children") else ["?"]
        return tuple(Part(code.strip()) for code in codes)

    return Scope(lambda d, code: country if d == "ref_area" and country and code in (TOTAL, "") else code or TOTAL, parts)


def fixed_at(formula: Formula, role: str, scope: Scope) -> dict[str, str]:
    """Coordinates that `where` fixes for a role."""
    return {d: scope.total(d, code) for d, code in formula.where.get(role, {}).items()}


def free_dimensions(indicator: Indicator, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """Dimensions along which the result varies: those it declares and at least one term does not fix."""
    declared = ("ref_area", *indicator.dimensions)
    return tuple(d for d in DIMENSIONS if d in declared and not all(d in t.fixed for t in terms))


def term_coordinates(term: Term, free: tuple[str, ...], scope: Scope) -> dict[str, str]:
    """Every dimension at which the term does not follow the result, with its code."""
    return {d: term.fixed.get(d, scope.total(d, TOTAL)) for d in DIMENSIONS if d in term.fixed or d not in free}


def leading_terms(terms: tuple[Term, ...], free: tuple[str, ...]) -> tuple[Term, ...]:
    """Terms read at the result's own coordinates and period: their cells are the cells the result may have."""
    leads = tuple(t for t in terms if not t.shifted and not any(d in t.fixed for d in free))
    always = tuple(t for t in leads if t.part is None or t.part.always)
    return always[:1] or leads
