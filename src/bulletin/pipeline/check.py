"""`bulletin check`: reads, validates, reports; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulletin.model.finding import Finding
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import Progress


def check(root: Path, progress: Progress, languages: Sequence[str] = ()) -> tuple[Prepared, tuple[Finding, ...]]:
    """Everything a build would find, templates included."""
    prepared = prepare(root, progress, tuple(languages))
    progress("compose", "")
    composed = compose_editions(prepared)
    found = explained(prepared, composed.findings)
    return prepared, (*found, *signed_off(prepared, composed, whole=not languages))
