"""`bulletin translations`: texts whose translation has not followed an edit, and the confirmation that they still hold."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.blocks import BulletList, Paragraph
from bulletin.document.lines import encoded_items
from bulletin.errors import ConfigError, OutputError
from bulletin.load.translated import RECORD, read_confirmed
from bulletin.model.finding import Finding, Place, Severity
from bulletin.parity.stale import Agreement, agreement
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.save import save_file

if TYPE_CHECKING:
    from bulletin.document.blocks import Block
    from bulletin.document.serial import Json
    from bulletin.document.tree import Document, Section
    from bulletin.model.project import Project
    from bulletin.model.translation import Confirmed

ALL = "all"


@dataclass(frozen=True)
class Translations:
    stale: tuple[Finding, ...]
    confirmed: tuple[str, ...]
    """Ids confirmed now."""
    texts: int
    """Texts of the project that are said in several languages."""


def translations(root: Path, progress: Progress, confirm: Sequence[str] = ()) -> Translations:
    """What is stale after `confirm`, which names texts, or all of them. Raises ConfigError for a name that is none of the stale."""
    from bulletin.load.project import load_project

    progress("load", "")
    project, _ = load_project(root)
    found = agreed(project)
    stale = {name: None for _, name in sorted(found.stale)}
    names = tuple(stale) if ALL in confirm else tuple(dict.fromkeys(confirm))
    unknown = [name for name in names if name not in stale]
    if unknown:
        said = {"name": unknown[0], "known": ", ".join(list(stale)[:10]) or "–"}
        raise ConfigError([Finding("translation-not-stale", Severity.ERROR, Place(RECORD), parameters=said)])
    if names:
        found = agreed(project, names)
        save_file(root / RECORD, record(found.confirmed))
    texts = sum(len(unit.texts) > 1 for unit in project.translated)
    return Translations(found.findings, names, texts)


def agreed(project: Project, confirm: Sequence[str] = ()) -> Agreement:
    return agreement(project.translated, read_confirmed(project.root), project.edition.unfinished, confirm)


def keep_record(root: Path, found: Agreement) -> None:
    """Writes the record where it says something new; a project that cannot be written to is built all the same."""
    if found.confirmed and found.confirmed != read_confirmed(root):
        with suppress(OutputError):
            (root / RECORD).parent.mkdir(exist_ok=True)
            save_file(root / RECORD, record(found.confirmed))


def record(confirmed: Confirmed) -> bytes:
    """A text a line."""
    texts: list[Json] = [{"id": name, **dict(sorted(confirmed[name].items()))} for name in sorted(confirmed)]
    return encoded_items({"schema": "bulletin-translations/1"}, {"texts": texts})


def marked(document: Document, found: Agreement) -> Document:
    """With the paragraphs set off of which a translation is stale."""
    language = document.metadata.language
    ids = {name.partition("/")[2] for spoken, name in found.stale if spoken == language}
    if not ids:
        return document
    return replace(document, sections=tuple(_marked(s, ids) for s in document.sections))


def _marked(section: Section, ids: set[str]) -> Section:
    return replace(
        section,
        blocks=tuple(_set_off(b, ids) for b in section.blocks),
        sections=tuple(_marked(s, ids) for s in section.sections),
    )


def _set_off(block: Block, ids: set[str]) -> Block:
    match block:
        case Paragraph(id=name, role="body") if name in ids:
            return replace(block, role="stale")
        case BulletList(id=name) if name in ids:
            return replace(block, items=tuple(replace(p, role="stale") for p in block.items))
        case BulletList(items=items) if any(p.id in ids for p in items):
            return replace(block, items=tuple(replace(p, role="stale") if p.id in ids else p for p in items))
        case _:
            return block
