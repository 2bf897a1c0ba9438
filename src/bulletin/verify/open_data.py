"""Whether the open data of an edition are whole: every file is as its package lists it, every table as it is described there, and the
facts as their schema says."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence

from bulletin.model.finding import Finding
from bulletin.shipped import shipped
from bulletin.verify.data_table import check_table, rows_of
from bulletin.verify.faults import fault
from bulletin.verify.json_schema import unlike
from bulletin.verify.listed import Listed, listed_in
from bulletin.verify.package import parts_of

PACKAGE, FACTS = "datapackage.json", "facts.json"
BESIDE = "-metadata.json"
"""Behind the name of a file that it describes; not in the list."""


def is_open_data(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return PACKAGE in package.namelist()
    except Exception:  # damaged: nobody knows
        return False


def check_open_data(name: str, data: bytes) -> Iterator[Finding]:
    parts = parts_of(data)
    if isinstance(parts, str) or PACKAGE not in parts:
        yield fault("verify-unreadable", name, reason=parts if isinstance(parts, str) else PACKAGE)
        return
    try:
        listed = listed_in(parts[PACKAGE])
    except ValueError:
        yield fault("verify-unreadable", name, reason=PACKAGE)
        return
    expected = {PACKAGE, *(path for file in listed for path in (file.path, f"{file.path}{BESIDE}"))}
    yield from (fault("verify-data-unlisted", name, part=part) for part in sorted(parts.keys() - expected))
    whole = [file for file in listed if _is_whole(file, parts.get(file.path))]
    yield from (fault("verify-data-file", name, part=file.path) for file in listed if file not in whole)
    told, facts = _facts(parts[FACTS]) if any(file.path == FACTS for file in whole) else ((), frozenset())
    if told:
        yield fault("verify-data-facts", name, part=FACTS, place=told[0], count=len(told))
    tables = {file.path: _rows(parts[file.path]) for file in whole if file.kinds}
    codes = {path: {row[0] for row in rows[1:] if row} for path, rows in tables.items() if rows}
    for file in (f for f in whole if f.kinds):
        rows = tables[file.path]
        if rows is None:
            yield fault("verify-data-columns", name, part=file.path, line=1)
            continue
        known: dict[str, Collection[str]] = {column: codes[path] for column, path in file.codes.items() if path in codes}
        yield from check_table(name, file, rows, known | ({"fact": facts} if facts and file.path.startswith("tables/") else {}))


def _is_whole(file: Listed, content: bytes | None) -> bool:
    return content is not None and (file.size, file.digest) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def _rows(content: bytes) -> Sequence[list[str]] | None:
    try:
        return rows_of(content)
    except ValueError:
        return None


def _facts(content: bytes) -> tuple[tuple[str, ...], frozenset[str]]:
    """Places that are not as the schema of the program says; where there is none, the ids of the facts."""
    schema: Mapping[str, object] = json.loads(shipped("config", "published", "facts.schema.json").read_bytes())
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return ("/",), frozenset()
    told = tuple(unlike(found, schema, schema))
    return told, frozenset() if told else frozenset(str(f["id"]) for f in found["facts"])
