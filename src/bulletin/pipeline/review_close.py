"""`bulletin review close`: the review of an edition ends once nothing of it is open; and what is open when an edition is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import DataError
from bulletin.load.overrides import OVERRIDES
from bulletin.load.review import CLOSED, read_review
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_files import closed_record
from bulletin.pipeline.review_status import ReviewStatus, review_status
from bulletin.pipeline.review_today import stands_now, today_of
from bulletin.pipeline.save import save_together
from bulletin.pipeline.translations import agreed

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared

FOLDER = Place("review")


def close_review(root: Path, progress: Progress, by: str, day: str) -> ReviewStatus:
    """Raises DataError with everything that is open, and writes nothing then."""
    status = review_status(root, progress)
    findings = tuple(_open(status))
    if findings:
        raise DataError(findings)
    folder, edition = status.folder, status.prepared.project.edition.id
    save_together({root / CLOSED: closed_record(root, edition, folder.rounds, folder.decisions, by, day)})
    return status


def _open(status: ReviewStatus) -> Iterator[Finding]:
    stands, edition = status.standing, status.prepared.project.edition.id
    if not status.folder.rounds:
        yield Finding("review-close-empty", Severity.ERROR, FOLDER)
    if stands.open:
        yield Finding(
            "review-close-open", Severity.ERROR, FOLDER, parameters={"count": len(stands.open), "first": stands.open[0].id}
        )
    asked = {(a.query.language, a.query.block) for a in stands.open}
    for language, block in status.undecided:
        if (language, block) not in asked:
            place = Place(f"{OVERRIDES}/{edition}/{language}.yaml")
            yield Finding("review-close-undecided", Severity.ERROR, place, block, {"name": block})
    for r in stands.remarks:
        if r.is_open:
            yield Finding("review-close-remark", Severity.ERROR, FOLDER, r.id, {"id": r.id, "author": r.remark.author or "–"})
    for found in agreed(status.prepared.project).findings if status.stale else ():
        said = {key: found.parameters[key] for key in ("name", "language", "text")}
        yield Finding("review-close-stale", Severity.ERROR, FOLDER, found.key, said)


def review_open(prepared: Prepared, composed: Composed) -> tuple[Finding, ...]:
    """An edition that is final has no question left; before, it is a warning."""
    edition = prepared.project.edition
    folder = read_review(prepared.project.root, edition.id)
    if not folder.rounds:
        return ()
    left = stands_now(folder, today_of(prepared, composed)).open
    if not left:
        return ()
    severity = Severity.ERROR if edition.status == "final" else Severity.WARNING
    return (Finding("review-open", severity, FOLDER, parameters={"count": len(left), "first": left[0].id}),)
