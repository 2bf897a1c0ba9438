"""What a map may draw with: boundaries, or a grid of tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.model.geometry import Geometry


@dataclass(frozen=True)
class Land:
    geometry: Geometry | None = None
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Code to column and row."""
