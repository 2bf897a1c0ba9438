"""The files beside the bulletin: manifest, facts and findings as JSON, in a form that a difference can show."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Mapping, Sequence

from bulletin import __version__
from bulletin.compose.facts import FactBook
from bulletin.document.serial import Json
from bulletin.model.finding import Finding
from bulletin.pipeline.prepare import Prepared
from bulletin.protect.findings import public_findings

_LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "python-docx", "lxml", "matplotlib", "pandas", "numpy", "openpyxl", "jinja2")


def encoded(value: Json) -> bytes:
    """UTF-8, one item a line, no spaces at line ends, trailing newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(prepared: Prepared, files: Mapping[str, bytes], labels: Mapping[str, tuple[str, str]]) -> bytes:
    """`labels`: file name to format and language (empty for both)."""
    edition = prepared.project.edition
    return encoded(
        {
            "schema": "bulletin-manifest/1",
            "edition": {
                "id": edition.id,
                "country": edition.country,
                "year": edition.year,
                "status": edition.status,
                "release_date": edition.release_date,
                "demonstration": edition.demonstration,
            },
            "artifacts": [
                {
                    "path": name,
                    "format": labels[name][0],
                    "language": labels[name][1],
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "bytes": len(data),
                }
                for name, data in sorted(files.items())
            ],
            "inputs": [{"path": i.path, "sha256": i.sha256} for i in prepared.inputs],
            "rows": [
                {"file": a.file, "read": a.read, "used": a.used, "rejected": a.rejected, "ignored": a.ignored}
                for a in prepared.accounting
            ],
            "versions": versions(),
        }
    )


def versions() -> dict[str, Json]:
    """Of the program and of every library that shapes the output."""
    found: dict[str, Json] = {"bulletin": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def facts(prepared: Prepared, book: FactBook, published: frozenset[str], blocks: frozenset[str]) -> bytes:
    """Every published number with its lineage; files stand once under `inputs` and are referred to by their place there."""
    files = [{"path": i.path, "sha256": i.sha256} for i in prepared.inputs]
    index = {i.path: n for n, i in enumerate(prepared.inputs)}
    listed: list[Json] = []
    for fact in (f for f in book.facts() if f.id in published):
        lineage: list[Json] = [
            {
                "key": i.key,
                "source": i.source,
                "input": index.get(i.origin.file, -1),
                "sheet": i.origin.sheet,
                "cell": i.origin.cell,
                "column": i.origin.column,
            }
            for i in fact.inputs
        ]
        texts: dict[str, Json] = {language: list(t) for language, t in book.texts(fact.id).items()}
        listed.append(
            {
                "id": fact.id,
                "indicator": fact.indicator,
                "coordinates": dict(fact.coordinates),
                "period": fact.period,
                "value": fact.value,
                "unit": fact.unit,
                "obs_status": [s.value for s in fact.statuses],
                "conf_status": fact.conf.value,
                "illustrative": fact.illustrative,
                "operation": fact.operation,
                "texts": texts,
                "printed": list(book.places(fact.id)),
                "lineage": lineage,
            }
        )
    claims: list[Json] = [
        {
            "id": c.id,
            "language": language,
            "kind": c.kind,
            "outcome": c.outcome,
            "parameters": dict(c.parameters),
            "facts": list(c.facts),
        }
        for language, c in book.claims()
        if c.id.rpartition("#")[0] in blocks
    ]
    return encoded(
        {"schema": "bulletin-facts/1", "edition": prepared.project.edition.id, "inputs": files, "facts": listed, "claims": claims}  # type: ignore[dict-item]
    )


def findings(prepared: Prepared, found: Sequence[Finding], *, public: bool) -> bytes:
    """All findings; in public no figure of an indicator with hidden observations is told."""
    told = public_findings(found, prepared.observations) if public else tuple(found)
    listed: list[Json] = [_finding(f) for f in told]
    return encoded({"schema": "bulletin-findings/1", "edition": prepared.project.edition.id, "findings": listed})


def _finding(f: Finding) -> Json:
    parameters: dict[str, Json] = dict(f.parameters)
    return {
        "rule": f.rule,
        "severity": f.severity.value,
        "key": f.key,
        "file": f.place.file,
        "sheet": f.place.sheet,
        "cell": f.place.cell,
        "column": f.place.column,
        "parameters": parameters,
        "waived": f.waived,
    }
