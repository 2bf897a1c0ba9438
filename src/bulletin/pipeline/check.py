"""`bulletin check`: reads, validates, reports; writes nothing but to the cache that builds have begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.model.finding import Finding
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.kept import Kept, known_of
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_close import review_open


@dataclass(frozen=True)
class Checked:
    prepared: Prepared
    composed: Composed
    findings: tuple[Finding, ...]


def check(root: Path, progress: Progress, languages: Sequence[str] = (), kept: Kept | None = None) -> Checked:
    """Everything a build would find, templates included. `kept`: what was made before; else what builds have kept."""
    prepared = prepare(root, progress, tuple(languages), kept=kept or known_of(root))
    progress("compose", "")
    composed = compose_editions(prepared, kept)
    found = explained(prepared, composed.findings)
    open_ = review_open(prepared, composed)
    return Checked(prepared, composed, (*found, *signed_off(prepared, composed, whole=not languages), *open_))
