"""Boundaries of a country's subdivisions, as rings of longitude and latitude or of metres, and which of them fit a map."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Moved:
    """Places drawn elsewhere than they are, so that a map of far islands is large enough to read."""

    units: tuple[str, ...]
    by: tuple[float, float]
    """East and north, in the unit of the file: degrees, or metres."""


@dataclass(frozen=True)
class Boundaries:
    """A boundary file."""

    file: str
    """Under `config/geo/`: GeoJSON, in degrees or in the metres of a national grid."""
    source: str
    """Who made it, as printed below maps."""
    vintage: str
    """Its version or date, as printed."""
    code_property: str = "code"
    """Property of each feature that holds the code of the place, its name or one of its aliases."""
    licence: str = ""
    """As printed (`CC BY 4.0`); `public-domain` is said in the language."""
    valid_from: str = ""
    valid_to: str = ""
    """When the division of the country that it shows was in force."""
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Unit:
    code: str
    polygons: tuple[tuple[Ring, ...], ...]
    """Each polygon: outer ring first, then holes."""
    label: tuple[float, float]
    """Where a label stands well: the centre of the largest inscribed circle."""


@dataclass(frozen=True)
class Geometry:
    vintage: str
    units: Mapping[str, Unit]
    file: str = ""
    source: str = ""
    licence: str = ""
    valid_from: str = ""
    valid_to: str = ""
    planar: bool = False
    """Metres of a national grid instead of degrees."""
    moved: bool = False
    """Some units are not drawn where they are."""

    def is_valid(self, year: str) -> bool:
        return (not self.valid_from or self.valid_from[:4] <= year) and (not self.valid_to or year <= self.valid_to[:4])


def geometry_for(geometries: Collection[Geometry], codes: Collection[str], years: Collection[str]) -> Geometry | None:
    """The first with all places and in force in all years."""
    return next((g for g in geometries if set(codes) <= set(g.units) and all(g.is_valid(y) for y in years)), None)
