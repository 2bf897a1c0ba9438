"""The table of contents of the open data, as a Data Package: every file with its columns, size and digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.grid import spoken
from bulletin.document.imprint import imprint_of, standing
from bulletin.model.edition import Licence
from bulletin.model.text import LocalText
from bulletin.write.data.files import CsvFile, Field

if TYPE_CHECKING:
    from bulletin.document.open_data import OpenData
    from bulletin.document.serial import Json

_KINDS = {"decimal": "number", "string": "string", "integer": "integer", "boolean": "boolean"}


def package(data: OpenData, files: Sequence[CsvFile], contents: Mapping[str, bytes]) -> dict[str, Json]:
    """`contents`: of every file of the package, by its path."""
    first = data.documents[0]
    about = first.metadata
    rights, contact = imprinted(data, "reproduction"), imprinted(data, "contact")
    resources: list[Json] = [_resource(f, contents[f.path]) for f in files]
    resources += [_other(path, contents[path]) for path in data.files]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.edition.lower(),
        "title": about.title,
        "titles": {d.metadata.language: d.metadata.title for d in data.documents},
        "description": standing(first.cover) or about.description,
        "version": about.edition,
        "status": about.status,
        "created": f"{about.release_date[:10]}T00:00:00Z",
        "languages": [d.metadata.tag for d in data.documents],
        "keywords": list(about.keywords),
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        **({"licenses": [_licence(data.licence, about.language)]} if data.licence else {}),
        **({"rights": dict(rights)} if rights else {}),
        **({"contact": dict(contact)} if contact else {}),
        "resources": resources,
    }


def _licence(licence: Licence, language: str) -> Json:
    said = {"name": licence.name, "path": licence.path, "title": (licence.title or {}).get(language, "")}
    return {key: text for key, text in said.items() if text}


def imprinted(data: OpenData, name: str) -> LocalText:
    """A line of the imprint in all languages; empty where it has none."""
    found = {d.metadata.language: imprint_of(d).get(name) for d in data.documents}
    return {language: spoken(said.content) for language, said in found.items() if said}


def _hashed(content: bytes) -> dict[str, Json]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _resource(file: CsvFile, content: bytes) -> Json:
    schema: dict[str, Json] = {
        "fields": [_field(f) for f in file.fields],
        "missingValues": [""],
        "primaryKey": [*file.key],
        "foreignKeys": [
            {"fields": [f.name], "reference": {"resource": f"codes-{f.codes}", "fields": ["code"]}} for f in file.coded
        ],
    }
    return {
        "name": file.name,
        "type": "table",
        "path": file.path,
        "title": next(iter(file.title.values())),
        "titles": dict(file.title),
        **({"description": ". ".join(file.illustrative.values())} if file.illustrative else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "rows": len(file.rows),
        **_hashed(content),
        "schema": schema,
    }


def _field(field: Field) -> Json:
    required = field.required and field.kind != "decimal"
    return {
        "name": field.name,
        "type": _KINDS[field.kind],
        "title": next(iter(field.titles.values())),
        "titles": dict(field.titles),
        **({"constraints": {"required": True}} if required else {}),
    }


def _other(path: str, content: bytes) -> Json:
    name = path.lower()
    return {
        "name": name,
        "type": "json",
        "path": path,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        **_hashed(content),
    }
