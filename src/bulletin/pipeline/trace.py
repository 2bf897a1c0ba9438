"""`bulletin trace`: where a printed figure or sentence comes from, read from a built or sealed edition as it stands."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bulletin.document.lines import read_blocks, read_items
from bulletin.document.serial import Json
from bulletin.errors import ConfigError
from bulletin.ledger.answer import Answer, Appearance, Calculation, ClaimSeen, Outcome, Trace
from bulletin.ledger.book import Book
from bulletin.ledger.nodes import Node, nodes, one, said, text
from bulletin.ledger.printed import Pages
from bulletin.ledger.search import MOST, Edition, answer
from bulletin.load.archive import MANIFEST, TABLE
from bulletin.load.files import read_path
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.progress import Progress, silent
from bulletin.pipeline.trace_cell import of_cell

FACTS, FINDINGS = "facts.json", "findings.json"


def trace(folder: Path, question: str, *, most: int = MOST, progress: Progress = silent) -> Answer:
    """`folder`: an output folder, a project with one, or a folder of `editions/`. Raises ConfigError when it is none of them, and when
    a file is not as the build or the seal left it."""
    collecting = gc.isenabled()
    # A large edition makes a million small objects that all last until the answer: looking for garbage takes a third of the time.
    gc.disable()
    try:
        edition = read_edition(folder)
        found = answer(edition, question, most)
        return of_cell(folder, edition, found, most, progress) if found.outcome is Outcome.UNUSED else found
    finally:
        if collecting:
            gc.enable()


def read_edition(folder: Path) -> Edition:
    """Facts, trees or wording, and the publishable table."""
    place = next((p for p in (folder, folder / "out") if (p / MANIFEST).is_file()), None)
    if place is None:
        name = folder.resolve().name
        raise ConfigError([Finding("trace-no-edition", Severity.ERROR, Place(name), name, {"name": name})])
    try:
        manifest: Node = json.loads(read_path(place / MANIFEST, MANIFEST))
        listed = nodes(manifest, "sealed") or nodes(manifest, "artifacts")
        hashes = {text(a, "path"): text(a, "sha256") for a in listed}
        book = Book(read_items(_read(place, FACTS, hashes)), _read(place, TABLE, hashes) if TABLE in hashes else b"")
        languages = tuple(book.marks)
        pages = tuple(
            Pages(lang, read_blocks(_read(place, name, hashes)))
            for lang in languages
            if (name := f"document.{lang}.json") in hashes
        )
        wording = {
            lang: said(json.loads(_read(place, name, hashes)), "blocks")
            for lang in languages
            if not pages and (name := f"wording.{lang}.json") in hashes
        }
        literals = frozenset(t for p in pages for t in _literals(p))
        return Edition(book, pages, _leaflets(place, languages, hashes), wording, literals)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = Finding("edition-unreadable", Severity.ERROR, Place(place.name), place.name, {"edition": place.name})
        raise ConfigError([found]) from error


def _leaflets(place: Path, languages: Sequence[str], hashes: Mapping[str, str]) -> tuple[Pages, ...]:
    """Those that were made beside the bulletin."""
    kept = [name for name in hashes if (place / name).is_file() and name.count(".") == 2 and name.endswith(".json")]
    trees = [
        Pages(language, read_blocks(_read(place, name, hashes)))
        for name in kept
        for stem, _, language in [name.removesuffix(".json").rpartition(".")]
        if language in languages and stem not in ("document", "wording")
    ]
    return tuple(replace(p, title=text(one(_head(p), "cover"), "subtitle")) for p in trees)


def read_findings(place: Path) -> tuple[Finding, ...]:
    """As an output folder files them: without what may not be published. Raises ConfigError when the file was altered."""
    try:
        manifest: Node = json.loads(read_path(place / MANIFEST, MANIFEST))
        hashes = {text(a, "path"): text(a, "sha256") for a in nodes(manifest, "artifacts")}
        if FINDINGS not in hashes:
            return ()
        filed: Node = json.loads(_read(place, FINDINGS, hashes))
        return tuple(_finding(n) for n in nodes(filed, "findings"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = Finding("edition-unreadable", Severity.ERROR, Place(place.name), place.name, {"edition": place.name})
        raise ConfigError([found]) from error


def _finding(node: Node) -> Finding:
    parameters = {k: v for k, v in one(node, "parameters").items() if isinstance(v, str | int | float)}
    where = Place(text(node, "file"), text(node, "sheet"), text(node, "cell"), text(node, "column"))
    return Finding(
        text(node, "rule"), Severity(text(node, "severity")), where, text(node, "key"), parameters, text(node, "waived")
    )


def _read(folder: Path, name: str, hashes: Mapping[str, str]) -> bytes:
    content = read_path(folder / name, f"{folder.name}/{name}")
    if name in hashes and hashlib.sha256(content).hexdigest() != hashes[name]:
        parameters = {"edition": folder.name, "file": name}
        raise ConfigError([Finding("trace-altered", Severity.ERROR, Place(f"{folder.name}/{name}"), folder.name, parameters)])
    return content


def _head(pages: Pages) -> Node:
    data = pages.tree.data
    head: Node = json.loads(data[: data.find(b"\n")] + b"]}")
    return head


def _literals(pages: Pages) -> list[str]:
    found = _head(pages).get("literals")
    return [str(t) for t in found] if isinstance(found, list) else []


def as_json(found: Answer) -> dict[str, Json]:
    """The answer, unrounded."""
    return {
        "schema": "bulletin-trace/1",
        "edition": found.edition,
        "question": found.question,
        "outcome": found.outcome.value,
        "count": found.count,
        "figures": [_trace(t, found) for t in found.traces],
        "printed": [_appearance(a) for a in found.appearances],
        "claims": [_claim(c) for c in found.claims],
        "statuses": list(found.statuses),
        "signs": list(found.signs),
        "place": str(found.place),
        "key": found.key,
        "reason": found.reason,
        "near": list(found.near),
    }


def _trace(t: Trace, found: Answer) -> Json:
    return {
        "id": t.id,
        "indicator": t.indicator,
        "label": dict(found.labels.get(t.indicator, {})),
        "coordinates": dict(t.coordinates),
        "period": t.period,
        "value": t.value,
        "unit": t.unit,
        "statuses": list(t.statuses),
        "illustrative": t.illustrative,
        "texts": {language: list(texts) for language, texts in t.texts.items()},
        "calculation": _calculation(t.calculation),
        "printed": [_appearance(a) for a in t.appearances],
        "claims": [_claim(c) for c in t.claims],
        "inputs": [
            {
                "key": i.key,
                "file": i.place.file,
                "sheet": i.place.sheet,
                "cell": i.place.cell,
                "column": i.place.column,
                "source": i.source,
                "title": dict(found.sources.get(i.source, {})),
            }
            for i in t.leaves
        ],
        "revisions": [
            {"since": c.since, "kind": c.kind, "old": c.old, "new": c.new, "cause": c.cause, "reason": dict(c.reason)}
            for c in t.changes
        ],
    }


def _calculation(how: Calculation | None) -> Json:
    if how is None:
        return None
    inputs: Json = dict(how.inputs)
    parameters: Json = dict(how.parameters)
    return {"name": how.name, "inputs": inputs, "parameters": parameters, "arguments": list(how.arguments)}


def _appearance(a: Appearance) -> Json:
    return {
        "language": a.language,
        "kind": a.kind.value,
        "block": a.block,
        "sections": list(a.sections),
        "exhibit": a.exhibit,
        "row": a.row,
        "column": a.column,
        "text": a.text,
        "sentence": a.sentence,
    }


def _claim(c: ClaimSeen) -> Json:
    return {
        "id": c.id,
        "language": c.language,
        "kind": c.kind,
        "outcome": c.outcome,
        "parameters": dict(c.parameters),
        "facts": list(c.facts),
        "sentence": c.sentence,
    }
