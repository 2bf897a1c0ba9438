"""Reads sealed editions, and any folder of a built one: figures, words, and whether they are still as they were sealed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bulletin.document.wording import wording_of
from bulletin.errors import ConfigError
from bulletin.load.files import FileReader, is_safe_name
from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.dataset import COMMENT, COMMENTS, DERIVED, Observation
from bulletin.model.edition import RevisionReason
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.period import Period
from bulletin.model.project import InputFile
from bulletin.model.sealed import MapBounds, Sealed

EDITIONS = "editions"
MANIFEST = "manifest.json"
TABLE = "table.csv"


def load_archive(root: Path) -> tuple[tuple[Sealed, ...], tuple[InputFile, ...]]:
    """The sealed editions of a project, oldest first, without their words, and the files read. Raises ConfigError with a finding for
    each edition that is not as it was sealed."""
    reader, editions, faults = FileReader(root), [], list[Finding]()
    folder = root / EDITIONS
    for path in sorted(p for p in folder.glob("*") if p.is_dir() and is_safe_name(p.name)) if folder.is_dir() else ():
        try:
            editions.append(_read(path, reader, words=False))
        except ConfigError as error:
            faults += error.findings
    if faults:
        raise ConfigError(faults)
    return tuple(sorted(editions, key=lambda s: (s.year, s.release_date, s.id))), reader.inputs


def earlier_edition(editions: tuple[Sealed, ...], country: str, release_date: str, base: str) -> Sealed | None:
    """The newest one of the country published before, errata of it included; the edition itself and its errata are none."""
    fit = [s for s in editions if s.country == country and s.base != base and s.release_date <= release_date]
    return fit[-1] if fit else None


def read_edition(folder: Path) -> Sealed:
    """A folder of `editions/` or an output folder, with its words. Raises ConfigError."""
    return _read(folder, FileReader(folder), words=True)


def is_edition(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def _read(folder: Path, reader: FileReader, *, words: bool) -> Sealed:
    where = Place(reader.label(folder / MANIFEST))
    manifest = _json(folder / MANIFEST, reader, where)
    try:
        known = {str(a["path"]): str(a["sha256"]) for a in (manifest.get("sealed") or manifest["artifacts"])}
        edition = manifest["edition"]
        table = _checked(folder, TABLE, known, reader)
        return Sealed(
            id=str(edition["id"]),
            country=str(edition["country"]),
            year=int(edition["year"]),
            release_date=str(edition["release_date"]),
            status=str(edition["status"]),
            figures=read_figures(table, reader.label(folder / TABLE)),
            first=int(edition.get("first", 0)),
            last=int(edition.get("last", 9999)),
            corrects=str(edition.get("corrects", "")),
            reasons=_reasons(manifest.get("revisions", ())),
            put_right=_reasons(manifest.get("corrections", ())),
            waived=frozenset((str(w["rule"]), str(w["key"])) for w in manifest.get("waivers", ())),
            classes={str(c["chart"]): MapBounds(_floats(c["given"]), _floats(c["used"])) for c in manifest.get("classes", ())},
            wording=_words(folder, known, reader) if words else {},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigError(
            [Finding("edition-unreadable", Severity.ERROR, where, folder.name, {"edition": folder.name})]
        ) from error


def _floats(listed: Any) -> tuple[float, ...]:
    return tuple(float(v) for v in listed)


def _reasons(listed: Any) -> tuple[RevisionReason, ...]:
    return tuple(RevisionReason(str(r["key"]), {str(k): str(v) for k, v in r["reason"].items()}, r["kind"]) for r in listed)


def _json(path: Path, reader: FileReader, where: Place) -> Any:
    try:
        return json.loads(reader.read(path).decode("utf-8"))
    except ValueError as error:
        name = path.parent.name
        raise ConfigError([Finding("edition-unreadable", Severity.ERROR, where, name, {"edition": name})]) from error


def _checked(folder: Path, name: str, known: Mapping[str, str], reader: FileReader) -> bytes:
    """Content of a file that must be as the manifest says."""
    content = reader.read(folder / name)
    if hashlib.sha256(content).hexdigest() != known.get(name):
        place = Place(reader.label(folder / name))
        raise ConfigError(
            [Finding("edition-altered", Severity.ERROR, place, folder.name, {"edition": folder.name, "file": name})]
        )
    return content


def _words(folder: Path, known: Mapping[str, str], reader: FileReader) -> dict[str, Mapping[str, str]]:
    """Of a sealed edition as kept; of an output folder from its trees."""
    found: dict[str, Mapping[str, str]] = {}
    for name in sorted(known):
        kind, _, rest = name.partition(".")
        if kind in ("wording", "document") and rest.count(".") == 1 and rest.endswith(".json"):
            read = json.loads(_checked(folder, name, known, reader).decode("utf-8"))
            language = rest.removesuffix(".json")
            found[language] = {str(k): str(v) for k, v in read["blocks"].items()} if kind == "wording" else wording_of(read)
    return found


def read_figures(content: bytes, file: str) -> dict[str, Observation]:
    """Key to observation of a sealed table; raises KeyError or ValueError where it is none."""
    found: dict[str, Observation] = {}
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    for row in rows:
        Period.parse(row["TIME_PERIOD"])
        obs = Observation(
            indicator=row["INDICATOR"],
            coordinates={d: row[d.upper()] for d in DIMENSIONS},
            period=row["TIME_PERIOD"],
            value=float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None,
            unit=row["UNIT_MEASURE"],
            statuses=tuple(ObsStatus(s) for s in row["OBS_STATUS"].split(";") if s),
            conf=ConfStatus(row["CONF_STATUS"]),
            source=row["SOURCE"],
            ref_date=row["REF_DATE"],
            comment={c.removeprefix(COMMENT): t for c in COMMENTS if (t := row.get(c.upper(), ""))},
            illustrative=row["ILLUSTRATIVE"] == "true",
            origin=Place(file, cell=str(rows.line_num), column=DERIVED if row[DERIVED] == "true" else "OBS_VALUE"),
        )
        found[obs.key] = obs
    return found
