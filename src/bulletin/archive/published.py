"""A finished edition read back from its own files: what it is, what it offers, and its open data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypedDict

from bulletin.document.site import Edition, File
from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.period import Period
from bulletin.model.text import LocalText

PACKAGE, OBSERVATIONS = "datapackage.json", "observations.csv"
OFFERED = ("pdf", "docx", "xlsx", "tables", "data")
"""Formats to download, in this order."""
TREE, WEB = "tree", "html"
STATUSES = ("draft", "validation")


class Listed(TypedDict):
    """A file in a manifest."""

    path: str
    format: str
    language: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Row:
    """An observation of the open data."""

    indicator: str
    coordinates: Mapping[str, str]
    period: str
    value: str
    """Empty: none, or hidden."""
    unit: str
    decimals: int
    statuses: tuple[ObsStatus, ...]
    hidden: bool
    sources: tuple[str, ...]
    ref_date: str
    comment: LocalText
    illustrative: bool


@dataclass(frozen=True)
class Described:
    """What an edition says of an indicator; empty where its open data were made before they said it."""

    name: LocalText
    definition: LocalText
    limits: LocalText
    scale: int
    time_basis: str
    series: str
    sdg: str
    ilo: str


@dataclass(frozen=True)
class Published:
    edition: Edition
    rows: tuple[Row, ...] = ()
    described: Mapping[str, Described] = field(default_factory=dict)
    names: Mapping[tuple[str, str], LocalText] = field(default_factory=dict)
    """Code list and code to name; the order is that of the lists."""
    trees: Mapping[str, bytes] = field(default_factory=dict)
    """By language, as they were written."""


def listed_files(manifest: Mapping[str, object]) -> tuple[Listed, ...]:
    """Raises ValueError, KeyError or TypeError where it is no manifest."""
    artifacts = manifest["artifacts"]
    if not isinstance(artifacts, list):
        raise TypeError
    return tuple(
        Listed(path=str(a["path"]), format=str(a["format"]), language=str(a["language"]), sha256=str(a["sha256"]), bytes=int(a["bytes"]))
        for a in artifacts
    )  # fmt: skip


def placed(listed: Sequence[Listed], folder: str) -> dict[str, str]:
    """Path in the edition to path in the library, of the files that readers may have. A file of which the web edition keeps a copy
    to download is that copy."""
    copies = {(a["path"].rpartition("/")[2], a["sha256"]): a["path"] for a in listed if a["format"] == WEB or "/" in a["path"]}
    found = {a["path"]: f"{folder}/{a['path']}" for a in listed if "/" in a["path"]}
    for a in listed:
        if "/" not in a["path"] and a["format"] in OFFERED:
            found[a["path"]] = f"{folder}/{copies.get((a['path'], a['sha256']), a['path'])}"
    return found


def read_edition(
    manifest: Mapping[str, object], trees: Mapping[str, bytes], parts: Mapping[str, bytes], folder: str
) -> Published:
    """`trees`: by language, in any order; `parts`: of the zip of open data, empty where there is none; `folder`: where the edition
    lies in the library. Raises ValueError, KeyError or TypeError where something is not as an edition has it."""
    said = manifest["edition"]
    if not isinstance(said, dict):
        raise TypeError
    sealed = "sealed" in manifest
    about = {language: _about(tree) for language, tree in sorted(trees.items())}
    listed = listed_files(manifest)
    known = _languages(parts, about, listed)
    edition = Edition(
        id=str(said["id"]),
        country=str(said["country"]),
        year=int(said["year"]),
        status=str(said["status"]),
        release_date=str(said["release_date"])[:10],
        demonstration=bool(said["demonstration"]),
        languages=known,
        title={language: a["title"] for language, a in about.items()},
        country_name={language: a["country"] for language, a in about.items()},
        publisher={language: a["publisher"] for language, a in about.items()},
        banner={language: a["banner"] for language, a in about.items() if a["banner"]},
        notice={language: a["notice"] for language, a in about.items() if a["notice"]},
        number={language: a["number"] for language, a in about.items() if a["number"]},
        files=() if sealed else tuple(_offered(listed, folder, str(said["id"]), known)),
        web={} if sealed else _first_pages(listed, folder),
        licence=_licence(parts),
        data=OBSERVATIONS in parts,
        sealed=sealed,
        corrects=str(said.get("corrects", "")),
        corrections=tuple(_reasons(manifest.get("corrections", []))),
    )
    if not edition.data:
        return Published(edition)
    names = {
        (_list_of(path), row["code"]): _texts(row, "name_")
        for path in parts
        if path.startswith("codes/") and path.endswith(".csv")
        for row in _table(parts[path])
    }
    described = {row["code"]: _described(row) for row in _table(parts["codes/indicator.csv"])}
    return Published(edition, tuple(_row(r) for r in _table(parts[OBSERVATIONS])), described, names)


def _licence(parts: Mapping[str, bytes]) -> str:
    found = json.loads(parts[PACKAGE]).get("licenses") if PACKAGE in parts else None
    first = found[0] if found else {}
    return str(first.get("path") or first.get("name") or "")


def _about(tree: bytes) -> dict[str, str]:
    """What the first pages of a language say."""
    whole = json.loads(tree)
    metadata, cover = whole["metadata"], whole["cover"]
    found = {"title": metadata["title"], "publisher": metadata["publisher"], "country": cover["country"]}
    found |= {"banner": cover.get("banner", ""), "notice": cover.get("banner_text", ""), "number": cover.get("edition", "")}
    return {key: str(text) for key, text in found.items()}


def _languages(parts: Mapping[str, bytes], about: Mapping[str, object], listed: Sequence[Listed]) -> tuple[str, ...]:
    """In the edition's order where its open data tell it."""
    titles = json.loads(parts[PACKAGE]).get("titles", {}) if PACKAGE in parts else {}
    return tuple(dict.fromkeys([*titles, *about])) or tuple(
        dict.fromkeys(a["language"] for a in listed if a["language"].isalpha())
    )


def _offered(listed: Sequence[Listed], folder: str, name: str, languages: Sequence[str]) -> Iterable[File]:
    """By format, leaflets after what they are leaflets of, each in the edition's order of languages."""
    places = placed(listed, folder)
    order = {language: n for n, language in enumerate(languages)}
    found = []
    for a in listed:
        if "/" not in a["path"] and a["format"] in OFFERED:
            leaflet = a["format"] in ("pdf", "docx") and not _is_whole(a["path"], name, a["language"])
            found.append(File(places[a["path"]], a["format"], a["language"], a["bytes"], leaflet))
    yield from sorted(found, key=lambda f: (f.leaflet, OFFERED.index(f.format), order.get(f.language, len(order)), f.path))


def _is_whole(path: str, name: str, language: str) -> bool:
    """`<edition>-<language>.pdf`, with the status of what is not final between them; a leaflet has its own name there."""
    middle = path.rpartition(".")[0].removeprefix(name).removesuffix(language).strip("-")
    return middle in ("", *STATUSES)


def _first_pages(listed: Sequence[Listed], folder: str) -> dict[str, str]:
    end = "/index.html"
    pages = [(a["path"].split("/"), a) for a in listed if a["format"] == WEB and a["path"].endswith(end)]
    return {a["language"]: f"{folder}/{a['path']}" for parts, a in pages if len(parts) == 3 and a["language"]}


def _reasons(said: object) -> Iterable[LocalText]:
    for correction in said if isinstance(said, list) else ():
        if isinstance(correction.get("reason"), dict):
            yield {str(k): str(v) for k, v in correction["reason"].items()}


def _table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), restval=""))


def _list_of(path: str) -> str:
    return path.removeprefix("codes/").removesuffix(".csv")


def _texts(row: Mapping[str, str], begin: str) -> LocalText:
    return {column.removeprefix(begin).lower(): text for column, text in row.items() if column.startswith(begin) and text}


def _described(row: Mapping[str, str]) -> Described:
    return Described(
        _texts(row, "name_"), _texts(row, "definition_"), _texts(row, "limits_"), int(row.get("scale") or 0),
        row.get("time_basis", ""), row.get("series", ""), row.get("sdg", ""), row.get("ilo", ""),
    )  # fmt: skip


def _row(row: Mapping[str, str]) -> Row:
    """Raises where the period is none, the value no number, or not in units of 1."""
    Period.parse(row["TIME_PERIOD"])
    if not Decimal(row["OBS_VALUE"] or 0).is_finite():
        raise ValueError(row["OBS_VALUE"])
    if row["UNIT_MULT"] != "0":
        raise ValueError(row["UNIT_MULT"])
    letters = row["OBS_STATUS_ALL"].split(";")
    statuses = tuple(s for s in ObsStatus if s.value in letters)
    hidden = row["CONF_STATUS"] != ConfStatus.FREE.value or ObsStatus.SUPPRESSED in statuses
    return Row(
        indicator=row["INDICATOR"],
        coordinates={d: row[d.upper()] for d in DIMENSIONS},
        period=row["TIME_PERIOD"],
        value="" if hidden else row["OBS_VALUE"],
        unit=row["UNIT_MEASURE"],
        decimals=int(row["DECIMALS"]),
        statuses=statuses,
        hidden=hidden,
        sources=tuple(s for s in row["SOURCE"].split(";") if s),
        ref_date=row["REF_DATE"],
        comment={} if hidden else _texts(row, "COMMENT_"),
        illustrative=row["ILLUSTRATIVE"] == "true",
    )
