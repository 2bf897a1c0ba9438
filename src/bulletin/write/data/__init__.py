"""The open data of an edition in one zip: docs/en/open-data.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin.write.data.csvw import metadata, tagged
from bulletin.write.data.files import csv_bytes
from bulletin.write.data.observations import code_files, observations_file
from bulletin.write.data.package import imprinted, package
from bulletin.write.data.tables import table_files
from bulletin.write.zipped import zipped

if TYPE_CHECKING:
    from bulletin.document.open_data import OpenData
    from bulletin.document.serial import Json


def write_data(data: OpenData) -> bytes:
    """Every table as CSV, all observations as SDMX-CSV, the code lists, metadata of each file, and one list of them all. The same
    edition gives the same bytes."""
    lists = tuple(code_files(data))
    described = (observations_file(data), *table_files(data))
    parts = {f.path: csv_bytes([c.name for c in f.fields], f.rows) for f in (*described, *lists)}
    parts |= data.files
    summary = package(data, (*described, *lists), parts)
    origin, language = _origin(data), data.languages[0]
    for file in described:
        parts[f"{file.path}-metadata.json"] = _json(metadata(file, lists, language, origin))
    parts["datapackage.json"] = _json(summary)
    return zipped(parts)


def _origin(data: OpenData) -> dict[str, Json]:
    """Where a file comes from: the edition, its publisher, its date, its status, and what may be done with it."""
    about = [d.metadata for d in data.documents]
    found: dict[str, Json] = {
        "dc:isPartOf": tagged({a.language: a.title for a in about}),
        "dc:publisher": tagged({a.language: a.publisher for a in about}),
        "dc:issued": {"@value": about[0].release_date[:10], "@type": "xsd:date"},
        "dc:language": [a.tag for a in about],
    }
    banner = {d.metadata.language: d.cover.banner for d in data.documents if d.cover.banner}
    rights = imprinted(data, "reproduction")
    found |= {"dc:description": tagged(banner)} if banner else {}
    found |= {"dc:rights": tagged(rights)} if rights else {}
    licence = data.licence
    if licence is None:
        return found
    return found | {"dc:license": {"@id": licence.path} if licence.path else licence.name}


def _json(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
