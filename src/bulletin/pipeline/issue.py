"""The records of what a build says, under one id for all its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bulletin.document.for_review import Comment
from bulletin.document.issued import issued_of
from bulletin.document.issued_json import encode_issued
from bulletin.document.leaflet import Leaflet
from bulletin.document.serial import Json
from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.issued import Issued
from bulletin.pipeline import records
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.produce import Edition, Product, name_of
from bulletin.pipeline.save import save_once

SETTINGS = "bulletin.yaml"
FOLDER = ("review", "issued")
"""In the project: a folder for each build that was sent out."""
INDEX = "issued.json"
OUTGOING = ("review", "out")
"""In the project: where the files to be sent stand."""


def build_id(prepared: Prepared, composed: Composed, layout: str, comments: Sequence[Comment] | None = None) -> str:
    """`<edition>-<12 hex>`, the same for the same words, figures, layout and look on every machine; `comments`: of files that
    go out for review."""
    asked = None if comments is None else [asdict(c) for c in comments]
    pictures = [[n, *(hashlib.sha256(d).hexdigest() for d in (p.data, p.svg))] for n, p in prepared.project.pictures.items()]
    looks = [layout, asdict(prepared.project.theme), asked, *pictures]
    digest = hashlib.sha256(json.dumps(looks, sort_keys=True).encode())
    for language, tree in composed.trees().items():
        digest.update(language.encode() + b"\0" + tree + b"\0")
    for (leaflet, language), tree in composed.leaflet_trees().items():
        digest.update(f"{leaflet}-{language}".encode() + b"\0" + tree + b"\0")
    return f"{prepared.project.edition.id}-{digest.hexdigest()[:12]}"


def issued(
    prepared: Prepared,
    composed: Composed,
    editions: Sequence[Edition],
    build: str,
    *,
    for_review: bool = False,
) -> Mapping[str, Issued]:
    """By the name of the edition: language, pair of languages, leaflet and language."""
    sources = sources_of(prepared)
    country = prepared.project.edition.country
    return {
        name_of(e): issued_of(
            e.document if isinstance(e, Leaflet) else e,
            build=build,
            project=country,
            generated=composed.generated,
            sources=sources,
            for_review=for_review,
        )
        for e in editions
    }


def sources_of(prepared: Prepared) -> Mapping[str, str]:
    """Beginning of the ids of fixed texts to the project's file that holds them."""
    given = {i.path for i in prepared.project.inputs}
    files = {
        "glossary": "config/glossary.yaml",
        "sources": "config/sources.yaml",
        "institutions": "config/country.yaml",
    }
    found = {name: path for name, path in files.items() if path in given}
    return {"cover": SETTINGS, "imprint": SETTINGS, **found}


def file_issued(
    root: Path, prepared: Prepared, products: Sequence[Product], names: Mapping[str, str], kept: Mapping[str, bytes]
) -> Path:
    """Keeps what was sent out under `review/issued/<build id>/` and returns the folder: records, trees and facts, and the digests of
    the Word files, `names` their names by language. Raises OutputError where the folder holds other contents under the same id.
    """
    word = [p for p in products if p.issued is not None]
    said = {p.language: p.issued for p in word if p.issued is not None}
    build = next(iter(said.values())).build
    files = {f"issued.{language}.json": encode_issued(record) for language, record in said.items()}
    files |= kept
    edition = prepared.project.edition
    index: dict[str, Json] = {
        "schema": "bulletin-issued-index/1",
        "build": build,
        "edition": edition.id,
        "project": edition.country,
        "release_date": edition.release_date,
        "layout": "side-by-side" if any("-" in language for language in said) else "separate",
        "languages": list(said),
        "files": [
            {"path": names[p.language], "language": p.language, "sha256": hashlib.sha256(p.data).hexdigest()} for p in word
        ],
        "records": [{"path": n, "sha256": hashlib.sha256(data).hexdigest()} for n, data in sorted(files.items())],
    }
    folder = root.joinpath(*FOLDER, build)
    # Another machine may pack or draw the same words otherwise: the digests of its Word files do not make it another issue.
    other = save_once(folder, {**files, INDEX: records.encoded(index)}, (INDEX,))
    if other:
        place = Place("/".join((*FOLDER, build)))
        raise OutputError([Finding("issued-differs", Severity.ERROR, place, build, {"build": build, "files": ", ".join(other)})])
    return folder
