"""Where the shipped `config/` and `bulletin_templates/` are, in a wheel and in a checkout alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Path below the shipped folders, for instance `shipped("config", "fonts")`; in a wheel they lie inside the package."""
    inside = _PACKAGE / "_shipped"
    root = inside if inside.is_dir() else _PACKAGE.parent.parent
    return root.joinpath(*parts)
