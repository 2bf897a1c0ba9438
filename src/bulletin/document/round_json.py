"""What reviewed files brought back as JSON, an edit, question or comment a line, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bulletin.document.lines import encoded_items
from bulletin.document.serial import Json
from bulletin.model.round import Decision, Round, query_id, remark_id

SCHEMA = "bulletin-import/1"
DECISIONS = "bulletin-decisions/1"
_LISTS = ("edits", "queries", "remarks")

T = TypeVar("T")


def encode_round(given: Round) -> bytes:
    """Every question and comment with the id under which it is answered."""
    whole = plain(given)
    assert isinstance(whole, dict)
    lists = {name: _items(whole.pop(name, [])) for name in _LISTS}
    edits = [q for e in given.edits for q in e.change.queries]
    ids: list[Json] = [query_id(q) for q in (*edits, *given.queries)]
    lists["remarks"] = [{"answer": remark_id(r), **i} for r, i in zip(given.remarks, _objects(lists["remarks"]), strict=True)]
    return encoded_items({"schema": SCHEMA, **whole, "asked": ids}, lists)


def decode_round(data: bytes) -> Round:
    """Raises ValueError for anything else."""
    whole = _object(data, SCHEMA)
    return _read(Round, {k: v for k, v in whole.items() if k not in ("schema", "asked")})


def encode_decisions(decisions: tuple[Decision, ...]) -> bytes:
    """By id; what is empty is left out."""
    listed = [plain(d) for d in sorted(decisions, key=lambda d: d.id)]
    return encoded_items({"schema": DECISIONS}, {"decisions": listed})


def decode_decisions(data: bytes) -> tuple[Decision, ...]:
    """Raises ValueError for anything else."""
    whole = _object(data, DECISIONS)
    return tuple(_read(Decision, d) for d in _objects(_items(whole["decisions"])))


def plain(value: object) -> Json:
    """Fields that are empty are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {k: v for k, v in told.items() if v not in ("", [], {}, None, False)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    raise TypeError(type(value).__name__)


def _items(value: Json | None) -> list[Json]:
    return value if isinstance(value, list) else []


def _objects(value: list[Json]) -> list[dict[str, Json]]:
    return [v for v in value if isinstance(v, dict)]


def _object(data: bytes, schema: str) -> dict[str, Json]:
    found = json.loads(data)
    if not isinstance(found, dict) or found.get("schema") != schema:
        raise ValueError("schema")
    return found


def _read(kind: type[T], value: Json) -> T:
    """A dataclass from its JSON; an unknown field, or a value of another type, is a ValueError."""
    if not isinstance(value, dict):
        raise ValueError(kind.__name__)
    hints = get_type_hints(kind)
    unknown = set(value) - set(hints) - {"answer"}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    given = {name: _value(hints[name], said) for name, said in value.items() if name in hints}
    needed = {f.name for f in fields(kind)} - set(given)  # type: ignore[arg-type]
    for name in needed:
        empty = {str: "", bool: False, int: 0, float: 0.0}.get(hints[name])
        if empty is not None and name in _mandatory(kind):
            given[name] = empty
        elif name in _mandatory(kind):
            given[name] = () if get_origin(hints[name]) is tuple else {}
    try:
        return kind(**given)
    except TypeError as fault:
        raise ValueError(str(fault)) from fault


def _mandatory(kind: type) -> set[str]:
    return {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}


def _value(hint: Any, value: Json) -> object:
    origin = get_origin(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return _read(hint, value)
    if origin in (Union, UnionType):
        choices = [h for h in get_args(hint) if h is not type(None)]
        return None if value is None else _value(choices[0], value)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("list")
        return tuple(_value(get_args(hint)[0], v) for v in value)
    if origin is not None and isinstance(value, dict):
        return {k: _value(get_args(hint)[1], v) for k, v in value.items()}
    if get_args(hint) and value in get_args(hint):
        return value
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and isinstance(value, hint):
        return value
    raise ValueError(f"{value!r:.40}")
