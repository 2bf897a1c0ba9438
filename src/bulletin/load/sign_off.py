"""The sheet on which institutions approve an edition, read back by its anchors wherever its rows and columns went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.load.workbook import read_sheets
from bulletin.model.finding import Finding, Place, Severity

ANCHOR = "bulletin:approvals=1"


@dataclass(frozen=True)
class Answer:
    institution: str
    place: Place
    fields: Mapping[str, str] = field(default_factory=dict)
    """`decision`, `role`, `date`, `remark`; those left empty are not there."""
    boxes: Mapping[str, str] = field(default_factory=dict)
    """Figure to what was chosen beside it."""


@dataclass(frozen=True)
class SignOff:
    edition: str
    contents: str
    answers: tuple[Answer, ...]


def read_sign_off(content: bytes, file: str, fields: tuple[str, ...]) -> tuple[SignOff | None, tuple[Finding, ...]]:
    """None where no sheet has the anchor. Institutions stand in the row above the heads, ids in the column of the anchor."""
    sheets, findings = read_sheets(content, file)
    for sheet in sheets:
        anchor = next((c for c in sheet.cells if c.text.startswith(ANCHOR)), None)
        if anchor is None:
            continue
        said = dict(part.partition("=")[::2] for part in anchor.text.split(";"))
        cells = {(c.row, c.column): c.text.strip() for c in sheet.cells}
        ids = {row: text for (row, column), text in cells.items() if column == anchor.column and row != anchor.row and text}
        first = min(ids, default=0)
        heads = {column: text for (row, column), text in cells.items() if row == first - 2 and column > anchor.column and text}
        answers = []
        for column, institution in sorted(heads.items()):
            given = {ids[row]: text for (row, at), text in cells.items() if at == column and row in ids and text}
            answers.append(
                Answer(
                    institution,
                    Place(file, sheet.name, next((c.where for c in sheet.cells if c.column == column), "")),
                    {k: t for k, t in given.items() if k in fields},
                    {k: t for k, t in given.items() if k not in fields},
                )
            )
        return SignOff(said.get("edition", ""), said.get("contents", ""), tuple(answers)), tuple(findings)
    if not findings:
        findings = [Finding("sign-off-unknown", Severity.ERROR, Place(file))]
    return None, tuple(findings)
