"""What the list of a Data Package says of its files; as much of it as can be checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Listed:
    path: str
    digest: str
    size: int
    """Bytes."""
    rows: int = -1
    """Without the head; −1: not said."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Columns in their order: `number`, `integer`, `boolean`, `string`; empty: no table."""
    required: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    """Column to the path of the list of its codes."""


def listed_in(package: bytes) -> tuple[Listed, ...]:
    """In its order. Raises ValueError where it is no such list."""
    try:
        resources = json.loads(package)["resources"]
        paths = {str(r["name"]): str(r["path"]) for r in resources}
        return tuple(_listed(r, r.get("schema", {}), paths) for r in resources)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(package[:40]) from error


def _listed(
    said: Mapping[str, object], schema: Mapping[str, list[dict[str, dict[str, object]]]], paths: Mapping[str, str]
) -> Listed:
    fields, foreign = schema.get("fields", []), schema.get("foreignKeys", [])
    return Listed(
        str(said["path"]),
        str(said["hash"]),
        int(str(said["bytes"])),
        int(str(said.get("rows", -1))),
        {str(f["name"]): str(f["type"]) for f in fields},
        frozenset(str(f["name"]) for f in fields if f.get("constraints", {}).get("required")),
        tuple(str(name) for name in schema.get("primaryKey", [])),
        {str(name): paths[str(k["reference"]["resource"])] for k in foreign for name in k["fields"]},
    )
