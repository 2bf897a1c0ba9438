"""`bulletin compare --docx`: the newer edition's Word file with what changed since the older one as recorded changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.document.from_json import document_of
from bulletin.document.issued import issued_of, text_digest
from bulletin.document.issued_json import decode_issued
from bulletin.document.tree import Document
from bulletin.errors import ConfigError
from bulletin.load.archive import is_edition, read_edition
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.project import Project
from bulletin.model.sealed import Sealed
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.issue import INDEX
from bulletin.pipeline.prepare import prepare, stop_on_errors
from bulletin.pipeline.printed import printed
from bulletin.pipeline.produce import produce
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.workers import Pool

AUTHOR = "bulletin"
_MIDNIGHT = "T00:00:00Z"


@dataclass(frozen=True)
class Marked:
    """A Word file with recorded changes."""

    language: str
    data: bytes
    changes: int
    reshaped: tuple[str, ...]
    """Tables whose columns are not the same."""
    unmarked: tuple[str, ...]
    """Texts that are gone and have no place in the newer file."""
    figures: bool
    """Tables were compared; a sealed edition keeps words alone."""


def redline(old: Path, new: Path, progress: Progress, *, languages: Sequence[str] = (), jobs: int = 0) -> tuple[Marked, ...]:
    """One file for each language that both have, of `languages` if given. `old`: a project, an output folder, a sealed edition or a
    folder of `review/issued/`; `new`: a project, for a Word file has to be made. Raises ConfigError for anything else."""
    from bulletin.write.docx.redline import redlined

    if not (new / "bulletin.yaml").is_file():
        raise ConfigError([_finding("redline-no-project", new)])
    prepared = prepare(new, progress)
    before = _former(old, progress, prepared.project)
    stop_on_errors(prepared.findings, strict=False)
    progress("compose", "")
    documents = printed(compose_editions(prepared).documents, prepared.project)
    chosen = {k: d for k, d in documents.items() if k in before and (not languages or k in languages)}
    if not chosen:
        raise ConfigError([_finding("redline-no-language", old, found=", ".join(before), known=", ".join(documents))])
    records = {language: issued_of(document) for language, document in chosen.items()}
    with Pool(jobs) as pool:
        products = produce(tuple(chosen.values()), prepared, records, ("docx",), pool, progress)
    date = prepared.project.edition.release_date[:10] + _MIDNIGHT
    marked = []
    for product in products:
        former = before[product.language]
        made = redlined(product.data, former, records[product.language], author=AUTHOR, date=date)
        marked.append(
            Marked(product.language, made.data, made.changes, made.reshaped, made.unmarked, figures=bool(former.tables))
        )
    return tuple(marked)


def is_issued(path: Path) -> bool:
    """A folder of what was sent out for review; it holds words, no figures to compare."""
    return (path / INDEX).is_file()


def _former(path: Path, progress: Progress, newer: Project) -> Mapping[str, Issued]:
    """What each language said; `newer`: of the other edition, whose numbers and limits serve where only trees are at hand."""
    if (path / "bulletin.yaml").is_file():
        prepared = prepare(path, progress)
        progress("compose", "")
        pages = printed(compose_editions(prepared).documents, prepared.project)
        return {language: issued_of(document) for language, document in pages.items()}
    trees = sorted(path.glob("document.*.json"))
    if trees:
        known = {language: _document(name) for name in trees if (language := name.name.split(".")[1]) in newer.locales}
        return {language: issued_of(document) for language, document in printed(known, newer).items()}
    records = sorted(path.glob("issued.*.json"))
    if records:
        return {found.languages[0]: found for found in (decode_issued(r.read_bytes()) for r in records)}
    if is_edition(path):
        sealed = read_edition(path)
        return {language: _words(sealed, language) for language in sealed.wording}
    raise ConfigError([_finding("no-edition", path)])


def _document(path: Path) -> Document:
    try:
        return document_of(json.loads(path.read_bytes()))
    except ValueError as fault:
        raise ConfigError([_finding("redline-no-tree", path)]) from fault


def _words(sealed: Sealed, language: str) -> Issued:
    blocks = tuple(
        IssuedBlock(name, language, "", "text", order, words, text_digest(words))
        for order, (name, words) in enumerate(sealed.wording[language].items())
    )
    return Issued("", sealed.id, sealed.country, (language,), blocks)


def _finding(rule: str, path: Path, **said: str) -> Finding:
    name = path.resolve().name
    return Finding(rule, Severity.ERROR, Place(name), name, {"name": name, **said})
