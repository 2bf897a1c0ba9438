"""JSON Schema of the configuration files, for completion in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletin.load.schema import Changes, CodeListFile, LanguagePack, MapFile, OutlineHead, OverrideFile, adapter
from bulletin.load.table_map import TableMap
from bulletin.model.concepts import ConceptColours
from bulletin.model.country import Country
from bulletin.model.edition import Edition, SourceRef
from bulletin.model.glossary import Term
from bulletin.model.indicator import Indicator
from bulletin.model.leaflet import LeafletSpec
from bulletin.model.metadata import MetadataItem
from bulletin.model.narration import Lexicon, Narration
from bulletin.model.outline import ChapterSpec
from bulletin.model.rule import RuleKind
from bulletin.model.signs import SignPreset
from bulletin.model.theme import Theme

_FILES: Mapping[str, tuple[str, Any]] = {
    "country": ("", Country),
    "language": ("", LanguagePack),
    "narrative": ("", Narration),
    "colours": ("", ConceptColours),
    "lexicon": ("", Lexicon),
    "chapter": ("", ChapterSpec),
    "outline": ("", OutlineHead),
    "leaflet": ("", LeafletSpec),
    "indicators": ("indicators", tuple[Indicator, ...]),
    "glossary": ("terms", tuple[Term, ...]),
    "metadata": ("items", tuple[MetadataItem, ...]),
    "sources": ("sources", tuple[SourceRef, ...]),
    "overrides": ("", OverrideFile),
    "rules": ("rules", tuple[RuleKind, ...]),
    "signs": ("presets", tuple[SignPreset, ...]),
}


def json_schemas() -> Mapping[str, dict[str, Any]]:
    """JSON Schema of every kind of configuration file, for completion in an editor."""
    schemas = {name: _file_schema(key, kind) for name, (key, kind) in _FILES.items()}
    schemas["codelists"] = _open(CodeListFile)
    one, several = _schema(TableMap), _schema(MapFile)
    schemas["map"] = one | {
        "properties": one["properties"] | several["properties"],
        "$defs": one.get("$defs", {}) | several.get("$defs", {}),
    }
    schemas["theme"], inside = _themes()
    edition, changes = _schema(Edition), _schema(Changes)
    look = {"theme": {"anyOf": [{"type": "string"}, inside["Theme"]], "default": edition["properties"]["theme"]["default"]}}
    schemas["bulletin"] = edition | {
        "properties": changes["properties"] | edition["properties"] | look,
        "required": [*changes["required"], *edition["required"]],
        "$defs": changes.get("$defs", {}) | edition.get("$defs", {}) | {k: v for k, v in inside.items() if k != "Theme"},
        "title": "bulletin",
    }
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema for name, schema in sorted(schemas.items())
    }


def _schema(kind: Any) -> dict[str, Any]:
    schema = adapter(kind, documented=True).json_schema()
    inner: dict[str, Any] = schema["prefixItems"][0]
    definitions: dict[str, Any] = schema.get("$defs", {})
    if set(inner) == {"$ref"}:
        inner = definitions[inner["$ref"].rsplit("/", 1)[1]]
    return inner | ({"$defs": definitions} if definitions else {})


def _themes() -> tuple[dict[str, Any], dict[str, Any]]:
    """Of a file in `config/themes`, and by name the parts of a look that is laid over another and says only what is its own."""
    whole = _schema(Theme)
    required = whole.pop("required")
    whole["properties"] = {"base": {"type": "string"}} | whole["properties"]
    parts = {name: {k: v for k, v in part.items() if k != "required"} for name, part in whole.pop("$defs", {}).items()}
    complete = {"anyOf": [{"required": ["base"]}, {"required": required}], "$defs": parts}
    return whole | complete, {"Theme": whole, **parts}


def _file_schema(key: str, kind: Any) -> dict[str, Any]:
    schema = _schema(kind)
    if not key:
        return schema
    definitions = schema.pop("$defs", {})
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key],
        "properties": {key: schema},
        "$defs": definitions,
    }


def _open(kind: Any) -> dict[str, Any]:
    schema = _schema(kind)
    definitions = schema.pop("$defs", {})
    return {"type": "object", "additionalProperties": schema, "$defs": definitions}
