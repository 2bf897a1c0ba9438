"""Whether a JSON value is what a JSON Schema of the program says: the keywords that our schemas use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

_KINDS: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
KEYWORDS = frozenset(
    {
        "$defs",
        "$ref",
        "$schema",
        "additionalProperties",
        "const",
        "description",
        "enum",
        "items",
        "maxItems",
        "minItems",
        "minimum",
    }
) | {"pattern", "properties", "propertyNames", "required", "title", "type"}
"""Others would not be looked at."""
Schema = Mapping[str, object]


def unlike(value: object, schema: Schema, whole: Schema, place: str = "") -> Iterator[str]:
    """Places that are not as the schema says, `/facts/3/unit`; `whole`: the schema with its `$defs`."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        found = whole
        for part in reference.removeprefix("#/").split("/"):
            found = _schema(found[part])
        yield from unlike(value, found, whole, place)
        return
    if not _fits(value, schema):
        yield place or "/"
    elif isinstance(value, dict):
        yield from _in_object(value, schema, whole, place)
    elif isinstance(value, list) and "items" in schema:
        for n, item in enumerate(value):
            yield from unlike(item, _schema(schema["items"]), whole, f"{place}/{n}")


def _fits(value: object, schema: Schema) -> bool:
    """But for what is within it."""
    kinds = schema.get("type", ())
    wanted = (kinds,) if isinstance(kinds, str) else kinds
    if wanted and _are_names(wanted) and not any(_is(value, kind) for kind in wanted):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    among = schema.get("enum")
    if isinstance(among, list) and value not in among:
        return False
    pattern, least = schema.get("pattern"), schema.get("minimum")
    if isinstance(pattern, str) and isinstance(value, str) and not re.search(pattern, value):
        return False
    if isinstance(least, int) and isinstance(value, int | float) and value < least:
        return False
    fewest, most = schema.get("minItems", 0), schema.get("maxItems")
    assert isinstance(fewest, int)
    return not isinstance(value, list) or (len(value) >= fewest and (not isinstance(most, int) or len(value) <= most))


def _is(value: object, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _are_names(found: object) -> TypeGuard[Sequence[str]]:
    return isinstance(found, tuple | list) and all(isinstance(f, str) for f in found)


def _in_object(value: Mapping[str, object], schema: Schema, whole: Schema, place: str) -> Iterator[str]:
    known, others = _schema(schema.get("properties", {})), schema.get("additionalProperties", True)
    needed, names = schema.get("required", ()), _schema(schema.get("propertyNames", {}))
    yield from (f"{place}/{name}" for name in (needed if _are_names(needed) else ()) if name not in value)
    for name, inner in value.items():
        here = f"{place}/{name}"
        if name in known:
            yield from unlike(inner, _schema(known[name]), whole, here)
        elif others is False or not _fits(name, names):
            yield here
        elif isinstance(others, dict):
            yield from unlike(inner, others, whole, here)


def _schema(found: object) -> Schema:
    assert isinstance(found, dict), found
    return found
