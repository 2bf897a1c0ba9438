"""What became of a cell of a data file on which nothing printed rests: unprinted, left out, confidential, or not there at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import BulletinError
from bulletin.ledger.answer import Answer, Outcome
from bulletin.ledger.nodes import text
from bulletin.ledger.search import Edition, answer
from bulletin.load.table import HEADER_OF
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import observation_key
from bulletin.pipeline.explain import explain
from bulletin.pipeline.progress import Progress

if TYPE_CHECKING:
    from bulletin.load.explain import ParsedCell


def of_cell(folder: Path, edition: Edition, found: Answer, most: int, progress: Progress) -> Answer:
    """Read in the project, where it is at hand and the file is still the one the edition was made from; else as found. Never a value."""
    root = next((p for p in (folder, *folder.resolve().parents[:2]) if (p / "bulletin.yaml").is_file()), None)
    if root is None or not _is_same(root, edition, found.place.file):
        return found
    try:
        cells = explain(root, progress, [found.place.file]).cells
    except BulletinError:
        return found  # what is wrong with the project as it is now says nothing of the edition
    own = [c for c in cells if c.cell == found.place.cell and found.place.sheet in ("", c.sheet)]
    if not own:
        return replace(found, outcome=Outcome.NO_CELL, near=_where(cells))
    used = next((c for c in own if c.outcome == "used"), None)
    if used is None:
        return replace(found, outcome=Outcome.LEFT_OUT, reason=own[0].reason)
    key = _key(used)
    row = edition.book.row(key)
    if "CONF_STATUS" in used.coordinates or (row is not None and row.hidden):
        return replace(found, outcome=Outcome.CONFIDENTIAL)
    if used.reason:
        return replace(found, outcome=Outcome.LEFT_OUT, reason=used.reason)
    # A form's figure is known to the edition by its key, and by the workbook that it came in.
    other = answer(edition, key, most)
    if other.outcome is not Outcome.NOTHING:
        return replace(other, question=found.question)
    return replace(found, outcome=Outcome.UNPRINTED, key=key)


def _is_same(root: Path, edition: Edition, file: str) -> bool:
    digests = {text(i, "path"): text(i, "sha256") for i in edition.book.items.all("inputs")}
    try:
        return hashlib.sha256((root / file).read_bytes()).hexdigest() == digests.get(file)
    except OSError:
        return False


def _key(cell: ParsedCell) -> str:
    said = cell.coordinates
    coordinates = {d: said.get(HEADER_OF[d], TOTAL) for d in DIMENSIONS}
    return observation_key(said[HEADER_OF["indicator"]], coordinates, said[HEADER_OF["period"]])


def _where(cells: Sequence[ParsedCell]) -> tuple[str, ...]:
    """First and last cell with a figure, sheet by sheet."""
    sheets: dict[str, list[str]] = {}
    for c in cells:
        if c.outcome == "used":
            sheets.setdefault(f"{c.file} [{c.sheet}]" if c.sheet else c.file, []).append(c.cell)
    return tuple(f"{name}:{found[0]}–{found[-1]}" for name, found in sheets.items())
