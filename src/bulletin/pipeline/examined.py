"""What `doctor` tells of one thing that it looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "missing", "optional"]


@dataclass(frozen=True)
class Item:
    name: str
    """Key of its texts in the messages: `doctor_<name>`, `fix_<name>`."""
    state: State
    detail: str


def tried(name: str, probe: Callable[[], str]) -> Item:
    """Missing where the probe cannot be made."""
    try:
        return Item(name, "ok", probe())
    except (OSError, ImportError) as fault:
        return Item(name, "missing", str(fault).splitlines()[0][:120])
