"""Approvals as lines for bulletin.yaml."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.model.edition import Approval


def write_approvals(approvals: Sequence[Approval]) -> str:
    """A JSON string is a YAML string: whatever an institution wrote stays a text."""
    lines = [
        "  - {"
        + ", ".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in (("institution", a.institution), ("role", a.role), ("date", a.date), ("build", a.build))
        )
        + "}"
        for a in approvals
    ]
    return "\n".join(["approvals:", *lines]) if lines else "approvals: []"
