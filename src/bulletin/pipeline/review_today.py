"""The edition as the program says it now, without reviewers' wording: what a review is set against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.issue import issued
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import Progress
from bulletin.review.standing import standing

if TYPE_CHECKING:
    from bulletin.load.review import ReviewFolder
    from bulletin.model.issued import Issued
    from bulletin.model.round import Standing


@dataclass(frozen=True)
class Today:
    prepared: Prepared
    said: Mapping[str, Issued]
    """By language."""


def today(root: Path, progress: Progress) -> Today:
    prepared = prepare(root, progress)
    progress("compose", "")
    bare = replace(prepared, project=replace(prepared.project, overrides=()))
    return Today(prepared, said_in(prepared, compose_editions(bare)))


def said_in(prepared: Prepared, composed: Composed) -> Mapping[str, Issued]:
    return issued(prepared, composed, tuple(composed.documents.values()), "")


def stands_now(folder: ReviewFolder, said: Mapping[str, Issued]) -> Standing:
    return standing(folder.rounds, folder.decisions, said, folder.overrides)
