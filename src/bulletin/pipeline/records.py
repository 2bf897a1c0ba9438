"""The files beside the bulletin: manifest, facts and findings as JSON, in a form that a difference can show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from bulletin.archive.table import table_csv
from bulletin.compose.facts import FactBook
from bulletin.document.lines import encoded_items
from bulletin.document.serial import Json
from bulletin.document.wording import wording_of
from bulletin.model.dataset import Observation
from bulletin.model.edition import RevisionReason
from bulletin.model.fact import ALTERNATIVE, Claim
from bulletin.model.finding import Finding
from bulletin.model.sealed import MapBounds
from bulletin.pipeline.legend import legend
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.versions import versions
from bulletin.protect.findings import public_findings
from bulletin.protect.plan import Withheld


def encoded(value: Json) -> bytes:
    """UTF-8, one item a line, no spaces at line ends, trailing newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(
    prepared: Prepared,
    files: Mapping[str, bytes],
    labels: Mapping[str, tuple[str, str]],
    made_with: Mapping[str, str] | None = None,
    options: Mapping[str, Json] | None = None,
) -> bytes:
    """`labels`: file name to format and language (empty for both); `made_with`: what else shaped the files: the program that
    set the PDF, LibreOffice (`docx_pages`), the letterhead's digest; `options`: those of the build that are not the project's, to build it alike again."""
    artifacts: list[Json] = [
        {"format": labels[n][0], "language": labels[n][1], **_hashed(n, d)} for n, d in sorted(files.items())
    ]
    return encoded(
        {
            "schema": "bulletin-manifest/1",
            **_identity(prepared),
            "artifacts": artifacts,
            "content": content(files, labels),
            "options": {**(options or {})},
            **_provenance(prepared),
            **(made_with or {}),
        }
    )


CONTENT = ("tree", "facts", "table")
"""Formats of the files that say what an edition says, and that no version of a library can draw or pack otherwise."""


def content(files: Mapping[str, bytes], labels: Mapping[str, tuple[str, str]]) -> Json:
    """Digest of the facts, the words and the tables, the same whatever libraries have set them in type."""
    parts = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items()) if labels[name][0] in CONTENT}
    whole = hashlib.sha256("".join(f"{name} {found}\n" for name, found in parts.items()).encode())
    return {"sha256": whole.hexdigest(), "files": {**parts}}


def sealed_manifest(
    prepared: Prepared, files: Mapping[str, bytes], built: Sequence[Json], classes: Mapping[str, MapBounds] | None = None
) -> bytes:
    """Of a sealed edition: `sealed` are the files kept, `artifacts` those that were published, as the build's manifest lists them;
    `classes` of its maps, which the next edition keeps."""
    kept: list[Json] = [_hashed(name, data) for name, data in sorted(files.items())]
    return encoded(
        {
            "schema": "bulletin-edition/1",
            **_identity(prepared),
            "sealed": kept,
            "artifacts": [*built],
            **_provenance(prepared),
            **_classes(classes or {}),
        }
    )


def _classes(classes: Mapping[str, MapBounds]) -> dict[str, Json]:
    found: list[Json] = [{"chart": chart, "given": [*b.given], "used": [*b.used]} for chart, b in sorted(classes.items())]
    return {"classes": found} if found else {}


def _hashed(name: str, data: bytes) -> dict[str, Json]:
    return {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _identity(prepared: Prepared) -> dict[str, Json]:
    """What an edition is, which findings were accepted in it, and why its figures differ from those before, or were put right."""
    edition = prepared.project.edition
    applied = {(f.rule, f.key) for f in prepared.findings if f.waived}
    return {
        "edition": {
            "id": edition.id,
            "country": edition.country,
            "year": edition.year,
            "first": edition.years.first,
            "last": edition.years.last,
            "status": edition.status,
            "release_date": edition.release_date,
            "demonstration": edition.demonstration,
            "corrects": prepared.project.erratum.corrects if prepared.project.erratum else "",
        },
        "waivers": [{"rule": rule, "key": key} for rule, key in sorted(applied)],
        "revisions": [_reason(r) for r in edition.revisions],
        **({"corrections": [_reason(r) for r in prepared.put_right]} if prepared.project.erratum else {}),
    }


def _reason(reason: RevisionReason) -> Json:
    return {"key": reason.key, "kind": reason.kind, "reason": dict(reason.reason)}


def _provenance(prepared: Prepared) -> dict[str, Json]:
    return {
        "inputs": [{"path": i.path, "sha256": i.sha256} for i in prepared.inputs],
        "rows": [
            {
                "file": a.file,
                "read": a.read,
                "used": a.used,
                "rejected": a.rejected,
                "ignored": a.ignored,
                "rejected_by": dict(a.rejected_by),
                "ignored_by": dict(a.ignored_by),
            }
            for a in prepared.accounting
        ],
        "versions": {**versions()},
    }


def facts(prepared: Prepared, book: FactBook, published: frozenset[str], blocks: frozenset[str], *, brief: bool = False) -> bytes:
    """Every published number with its lineage, a fact a line; files stand once under `inputs` and are referred to by their place.

    `brief`, for a sealed edition: the lineage as input, sheet and cell, without what its table says already.
    """
    files: list[Json] = [{"path": i.path, "sha256": i.sha256} for i in prepared.inputs]
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
        if brief:
            lineage = [[i.key, index.get(i.origin.file, -1), i.origin.sheet, i.origin.cell] for i in fact.inputs]
        texts: dict[str, Json] = {language: list(t) for language, t in book.texts(fact.id).items()}
        if brief:
            computed: dict[str, Json] = {
                "operation": fact.operation,
                "value": fact.value,
                "unit": fact.unit,
                "period": fact.period,
            }
            shown = {} if fact.operation in ("", "derived") else computed
            listed.append({"id": fact.id, **shown, "texts": texts, "printed": list(book.places(fact.id)), "lineage": lineage})
            continue
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
    quality: list[Json] = [{"name": m.name, "subject": m.subject, "value": m.value, "unit": m.unit} for m in prepared.measures]
    claims: list[Json] = [_claim(c, language, brief) for language, c in book.claims() if _printed_in(c) in blocks]
    choices: list[Json] = [
        {"id": c.result, "chosen": c.chosen, "score": c.score, "reasons": dict(c.reasons)} for c in book.choices() if not brief
    ]
    said, lists = legend(prepared, (f for f in book.facts() if f.id in published))
    schema = "bulletin-sealed-facts/1" if brief else "bulletin-facts/1"
    head: dict[str, Json] = {"schema": schema, "edition": prepared.project.edition.id, **said}
    return encoded_items(
        head, {"inputs": files, **lists, "facts": listed, "claims": claims, "quality": quality, "key_results": choices}
    )


def _printed_in(claim: Claim) -> str:
    """The block whose words make it; an alternative text belongs to its chart."""
    return claim.id.rpartition("#")[0].removesuffix(ALTERNATIVE)


def _claim(claim: Claim, language: str, brief: bool) -> Json:
    said: dict[str, Json] = {
        "id": claim.id,
        "language": language,
        "kind": claim.kind,
        "outcome": claim.outcome,
        "parameters": dict(claim.parameters),
        "facts": list(claim.facts),
    }
    if brief:
        return said
    said |= {
        "figures": [[f.role, f.fact, f.form, f.scale, f.decimals] for f in claim.figures],
        "basis": [[key, value] for key, value in claim.basis],
        "thresholds": {k: list(v) if isinstance(v, tuple) else v for k, v in claim.thresholds.items()},
        "block": claim.id.rpartition("#")[0],
        "sentence": claim.sentence,
    }
    return said


def table(observations: Sequence[Observation], languages: Sequence[str]) -> bytes:
    return table_csv(observations, languages)


def wording(edition: str, language: str, tree: Json) -> bytes:
    """Block id to text, a block a line."""
    blocks: dict[str, Json] = dict(wording_of(tree))
    return encoded({"schema": "bulletin-wording/1", "edition": edition, "language": language, "blocks": blocks})


def findings(prepared: Prepared, found: Sequence[Finding], *, public: bool) -> bytes:
    """All findings; in public no figure of an indicator with hidden observations is told."""
    told = public_findings(found, prepared.observations) if public else tuple(found)
    listed: list[Json] = [_finding(f) for f in told]
    return encoded({"schema": "bulletin-findings/1", "edition": prepared.project.edition.id, "findings": listed})


def suppression(withheld: Sequence[Withheld]) -> bytes:
    """The private log of disclosure control: why each received figure is hidden, and the interval in which it may lie for all that
    the edition shows. What is computed from these is hidden with them."""
    cells: list[Json] = [
        {
            "key": w.key,
            "kind": "secondary" if w.conf == "S" else "primary",
            "conf_status": w.conf,
            "rule": w.rule,
            "interval": None if w.low is None else [w.low, w.high],
            "width_needed": w.width,
        }
        for w in withheld
    ]
    return encoded({"schema": "bulletin-suppression/1", "cells": cells})


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
