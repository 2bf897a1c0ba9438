"""Codes and names in a column are matched with the known ones, once per distinct text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bulletin.load.nearest import fold
from bulletin.model.codes import TOTAL
from bulletin.model.country import PlaceName
from bulletin.model.project import Project


@dataclass(frozen=True)
class Vocabulary:
    """What a column may say."""

    codes: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)
    """Folded name to its code; names that fit two codes are left out."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Name as printed to code, for suggestions."""
    default: str = ""
    """For an empty cell."""

    def code(self, text: str) -> tuple[str | None, bool]:
        """The code, or None; and whether it was recognised by name."""
        if text in self.codes:
            return text, False
        if not text:
            return (self.default or None), False
        found = self.names.get(fold(text))
        return found, found is not None


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(fold(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def vocabularies(project: Project) -> Mapping[str, Vocabulary]:
    """By column: `indicator`, the dimensions, `unit`, `source`."""
    country = project.country
    places = [(name, p.code) for p in (country.place, *country.subdivisions) for name in _place_names(p)]
    area = project.codelists["ref_area"]
    places += [(label, c.id) for c in area.codes for label in c.label.values()]
    found = {
        "ref_area": Vocabulary(
            frozenset(c.id for c in area.codes),
            by_name([*places, *((c.id, c.id) for c in area.codes)]),
            dict(places),
            country.code,
        ),
        "indicator": Vocabulary(frozenset(project.catalogue), by_name((i, i) for i in project.catalogue)),
        "source": Vocabulary(frozenset(project.sources), by_name((s, s) for s in project.sources)),
    }
    for dimension in ("sex", "age", "scheme", "function", "programme", "unit"):
        codes = frozenset(c.id for c in project.codelists[dimension].codes) if dimension in project.codelists else frozenset()
        default = "" if dimension == "unit" else TOTAL
        if default:
            codes |= {TOTAL}
        found[dimension] = Vocabulary(codes, by_name((c, c) for c in codes), default=default)
    return found


def _place_names(place: PlaceName) -> list[str]:
    return [*place.name.values(), *(place.inside or {}).values(), *place.aliases]
