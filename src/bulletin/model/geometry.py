"""Boundaries of a country's subdivisions, as rings of longitude and latitude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


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
