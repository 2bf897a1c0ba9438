"""Whether the composed languages say the same: what the proof is told, and its result as a file beside the bulletin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from bulletin.document.lines import encoded_items
from bulletin.model.finding import Place
from bulletin.model.override import part_id, parts_of
from bulletin.model.parity import Parity, ParityPage
from bulletin.parity.prove import Terms, prove
from bulletin.pipeline.messages import message

if TYPE_CHECKING:
    from bulletin.compose.facts import FactBook
    from bulletin.document.serial import Json
    from bulletin.document.tree import Document
    from bulletin.model.fact import Claim
    from bulletin.model.project import Project
    from bulletin.pipeline.prepare import Prepared


Comparison = tuple[Mapping[str, "Document"], tuple[tuple[str, "Claim"], ...], Terms]
"""What `prove` is given."""


def comparison(prepared: Prepared, documents: Mapping[str, Document], book: FactBook) -> Comparison:
    """One that is not complete yet is left out: what it lacks is told once."""
    whole = {language: d for language, d in documents.items() if not prepared.project.locales[language].partial}
    return whole, book.claims(), terms_of(prepared)


def prove_parity(given: Comparison) -> Parity | None:
    """None for an edition in one language."""
    return prove(*given) if len(given[0]) > 1 else None


def terms_of(prepared: Prepared) -> Terms:
    """What differs is an error once the edition is no draft."""
    project = prepared.project
    missing = frozenset(f.key.partition("/")[2] for f in prepared.findings if f.rule == "missing-paragraph")
    reworded = frozenset(part_id(r.id, n) for r in project.overrides for n in range(1, len(parts_of(r.override.text)) + 2))
    places = (project.country.place, *project.country.subdivisions)
    names = {language: [p.name[language] for p in places if language in p.name] for language in project.locales}
    return Terms(project.locales, project.edition.unfinished, _texts(project), names, _places(project), missing, reworded)


def _places(project: Project) -> dict[tuple[str, str], Place]:
    """Language and block to the file and line of its text."""
    found: dict[tuple[str, str], Place] = {}
    for language, chapters in project.narrative.items():
        for chapter, templates in chapters.items():
            for t in templates:
                block = f"{chapter}.lede" if t.id == "lede" else t.id.removeprefix("chart.")
                found[language, block] = t.place
    return found


def _texts(project: Project) -> dict[str, list[str]]:
    """Language to what catalogue, lists, outline and glossary say in it."""
    found: dict[str, list[str]] = {language: [] for language in project.locales}
    for part in (project.catalogue, project.codelists, project.outline, project.glossary):
        for language, text in _local(part, frozenset(found)):
            found[language].append(text)
    return found


def _local(value: object, languages: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in languages:
                    yield key, inner
            else:
                yield from _local(inner, languages)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _local(inner, languages)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from _local(getattr(value, f.name), languages)


def parity_record(edition: str, proof: Parity) -> bytes:
    """What was compared and what was found, a block a line; the words stand only where something was found."""
    blocks: list[Json] = []
    for pair in proof.pairs:
        found: list[Json] = [{"rule": f.rule, "severity": f.severity.value, **f.parameters} for f in pair.findings]
        texts: dict[str, Json] = {"texts": dict(pair.texts), "findings": found} if found else {}
        said: dict[str, Json] = {"id": pair.block, "kind": pair.kind, "section": pair.section}
        blocks.append({**said, "languages": len(pair.texts), "figures": pair.figures, "facts": pair.facts, **texts})
    languages: list[Json] = [*proof.languages]
    head: dict[str, Json] = {
        "schema": "bulletin-parity/1",
        "edition": edition,
        "languages": languages,
        "equal": not proof.findings,
        "counts": {
            "blocks": len(proof.pairs),
            "figures": sum(p.figures for p in proof.pairs),
            "facts": sum(p.facts for p in proof.pairs),
            "claims": proof.claims,
            "findings": len(proof.findings),
        },
    }
    return encoded_items(head, {"blocks": blocks})


def parity_page(prepared: Prepared, proof: Parity, title: str) -> bytes:
    """All blocks side by side, for those who translate."""
    from bulletin.write.parity_html import write_parity

    language = prepared.project.edition.messages
    texts = prepared.project.messages[language]
    told = tuple(tuple(message(f, texts) for f in pair.findings) for pair in proof.pairs)
    words = {k: t for k, t in texts.items() if k.startswith("parity_page_")}
    return write_parity(ParityPage(title, language, proof, told, words), prepared.project.theme)
