"""`bulletin check`: reads, validates, reports; writes nothing but to the cache that builds have begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.model.finding import Finding
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.kept import known_of
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_close import review_open


@dataclass(frozen=True)
class Checked:
    prepared: Prepared
    composed: Composed
    findings: tuple[Finding, ...]


def check(root: Path, progress: Progress, languages: Sequence[str] = ()) -> Checked:
    """Everything a build would find, templates included."""
    prepared = prepare(root, progress, tuple(languages), kept=known_of(root))
    progress("compose", "")
    composed = compose_editions(prepared)
    return Checked(prepared, composed, found_in(prepared, composed, whole=not languages))


def found_in(prepared: Prepared, composed: Composed, *, whole: bool) -> tuple[Finding, ...]:
    """Of preparing and composing, of approvals and of the review; `whole`: in all languages of the edition."""
    found, open_ = explained(prepared, composed.findings), review_open(prepared, composed)
    return (*found, *signed_off(prepared, composed, whole=whole), *open_)
