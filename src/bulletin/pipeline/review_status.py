"""`bulletin review status`: what was sent out, who has returned, what is still to be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.round_json import plain
from bulletin.load.review import ReviewFolder, Sent, read_review
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.records import encoded
from bulletin.pipeline.review_today import stands_now, today
from bulletin.pipeline.review_words import asked_line, remark_line
from bulletin.pipeline.translations import agreed
from bulletin.review.standing import active

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.model.round import Round, Standing
    from bulletin.pipeline.prepare import Prepared


@dataclass(frozen=True)
class ReviewStatus:
    prepared: Prepared
    folder: ReviewFolder
    standing: Standing
    stale: tuple[tuple[str, str], ...]
    """Language and id of the texts that wait for their translation."""

    @property
    def current(self) -> tuple[Round, ...]:
        """Without those that a newer file of the same reviewer has replaced."""
        return active(self.folder.rounds)

    @property
    def waiting(self) -> tuple[Sent, ...]:
        """Sent out, of this edition, and nobody has returned one."""
        returned = {r.build for r in self.folder.rounds}
        own = f"{self.prepared.project.edition.id}-"
        return tuple(s for s in self.folder.sent if s.build not in returned and s.build.startswith(own))

    @property
    def kinds(self) -> Mapping[str, int]:
        return Counter(a.query.kind for a in self.standing.open)

    @property
    def undecided(self) -> tuple[tuple[str, str], ...]:
        entries = self.standing.overrides.items()
        return tuple((lang, block) for lang, found in entries for block, o in found.items() if o.state == "needs-decision")


def review_status(root: Path, progress: Progress) -> ReviewStatus:
    now = today(root, progress)
    project = now.prepared.project
    folder = read_review(root, project.edition.id)
    stale = tuple(sorted(agreed(project).stale))
    return ReviewStatus(now.prepared, folder, stands_now(folder, now), stale)


def as_json(status: ReviewStatus, texts: Mapping[str, str]) -> bytes:
    stands = status.standing
    current = {r.name for r in status.current}
    sent: list[Json] = [{"build": s.build, "files": list(s.languages)} for s in status.folder.sent]
    rounds: list[Json] = [
        {
            "round": r.name, "who": r.who, "date": r.date, "file": r.file, "sha256": r.source, "build": r.build,
            "languages": list(r.languages), "changes": len(r.edits), "superseded": r.name not in current,
        }
        for r in status.folder.rounds
    ]  # fmt: skip
    asked: list[Json] = [plain(asked_line(a, texts)) for a in stands.asked]
    remarks: list[Json] = [plain(remark_line(r)) for r in stands.remarks]
    stale: list[Json] = [{"language": language, "text": name} for language, name in status.stale]
    return encoded(
        {
            "schema": "bulletin-review-status/1",
            "edition": status.prepared.project.edition.id,
            "closed": status.folder.closed,
            "sent": sent,
            "rounds": rounds,
            "open": dict(sorted(status.kinds.items())),
            "questions": asked,
            "comments": remarks,
            "stale": stale,
            "undecided": [{"language": language, "block": block} for language, block in status.undecided],
        }
    )
