"""What a command tells of its progress; the cli decides how it looks."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, str], None]
"""Called with the name of a stage (`load`, `validate`, …) and a detail, when the stage begins."""


def silent(stage: str, detail: str) -> None:
    """No progress at all."""
