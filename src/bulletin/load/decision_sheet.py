"""The sheet on which the questions of a review are answered, read back by its anchor wherever its rows and columns went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.load.workbook import read_sheets
from bulletin.model.finding import Finding, Place, Severity

ANCHOR = "bulletin:decisions=1"


@dataclass(frozen=True)
class SheetRow:
    id: str
    fields: Mapping[str, str]
    """Column to what stands in it; empty cells are not there."""
    place: Place


@dataclass(frozen=True)
class DecisionSheet:
    edition: str
    rows: tuple[SheetRow, ...]


def read_decisions(content: bytes, file: str) -> tuple[DecisionSheet | None, tuple[Finding, ...]]:
    """None where no sheet has the anchor. The row of the anchor names the columns, the column of the anchor the
    questions."""
    sheets, findings = read_sheets(content, file)
    for sheet in sheets:
        anchor = next((c for c in sheet.cells if c.text.startswith(ANCHOR)), None)
        if anchor is None:
            continue
        said = dict(part.partition("=")[::2] for part in anchor.text.split(";"))
        columns = {c.column: c.text.strip() for c in sheet.cells if c.row == anchor.row and c is not anchor}
        rows: dict[int, dict[str, str]] = {}
        ids: dict[int, str] = {}
        for cell in sheet.cells:
            if cell.row == anchor.row or not cell.text.strip():
                continue
            if cell.column == anchor.column:
                ids[cell.row] = cell.text.strip()
            elif cell.column in columns:
                rows.setdefault(cell.row, {})[columns[cell.column]] = cell.text.strip()
        # Below the names of the columns stand their heads, in words.
        listed = [r for r in sorted({*ids, *rows}) if r > anchor.row + 1 and (r in ids or "answer" in rows[r])]
        made = [SheetRow(ids.get(r, ""), rows.get(r, {}), Place(file, sheet.name, str(r))) for r in listed]
        return DecisionSheet(said.get("edition", ""), tuple(made)), tuple(findings)
    return None, tuple(findings) or (Finding("review-sheet-not-one", Severity.ERROR, Place(file), file),)
