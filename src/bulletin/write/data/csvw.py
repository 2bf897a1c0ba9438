"""What a file of open data holds, said in the way of CSV on the Web: dialect, columns, code lists, titles in all languages, origin."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bulletin.model.text import LocalText
from bulletin.write.data.files import CsvFile, Field

if TYPE_CHECKING:
    from bulletin.document.serial import Json

CONTEXT = "http://www.w3.org/ns/csvw"
_DIALECT: dict[str, Json] = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\r\n"],
    "header": True,
    "headerRowCount": 1,
}


def metadata(file: CsvFile, lists: Sequence[CsvFile], language: str, origin: dict[str, Json]) -> dict[str, Json]:
    """Of the file and of the code lists it takes; `language`: of what is not said in several."""
    used = {f.codes for f in file.fields if f.codes}
    here = posixpath.dirname(file.path)
    listed = [c for c in lists if _list_of(c) in used]
    tables: list[Json] = [_table(file, here) | origin, *(_table(c, here) for c in listed)]
    return {"@context": [CONTEXT, {"@language": language}], "dialect": _DIALECT, "tables": tables}


def _list_of(file: CsvFile) -> str:
    return posixpath.basename(file.path).removesuffix(".csv")


def _url(path: str, here: str) -> str:
    return posixpath.relpath(path, here or ".")


def _table(file: CsvFile, here: str) -> dict[str, Json]:
    schema: dict[str, Json] = {
        "columns": [_column(f, here) for f in file.fields],
        "primaryKey": [*file.key],
        "foreignKeys": [
            {
                "columnReference": f.name,
                "reference": {"resource": _url(f"codes/{f.codes}.csv", here), "columnReference": "code"},
            }
            for f in file.coded
        ],
    }
    said: dict[str, Json] = {"url": _url(file.path, here), "dc:title": tagged(file.title)}
    if file.sources:
        said["dc:source"] = [text for s in file.sources for text in tagged(s)]
    remarks = (*([file.illustrative] if file.illustrative else []), *file.notes)
    if remarks:
        said["rdfs:comment"] = [text for r in remarks for text in tagged(r)]
    if file.label:
        said["dc:identifier"] = file.label
    return {**said, "tableSchema": schema}


def _column(field: Field, here: str) -> Json:
    return {
        "name": field.name,
        "titles": {"und": field.name, **field.titles},
        "datatype": field.kind,
        **({"required": True} if field.required and field.kind != "decimal" else {}),
        **({"lang": field.language} if field.language else {}),
        **({"separator": " "} if field.several else {}),
        **({"dc:conformsTo": {"@id": _url(f"codes/{field.codes}.csv", here)}} if field.codes else {}),
    }


def tagged(text: LocalText) -> list[Json]:
    return [{"@value": said, "@language": language} for language, said in text.items()]
