"""The cells of a returned form become observations: the grammar of `load`, totals added up anew, statuses of the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bulletin.form.read import Returned, Sent
from bulletin.model.codes import DIMENSIONS
from bulletin.model.dataset import COMMENT, COMMENTS, LANGUAGES
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.form import WITHOUT_VALUE
from bulletin.model.supply import Cell

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.load.codes import Vocabulary
    from bulletin.model.project import Project

_REFUSED = {"e": "cell-error", "p": "percent-format", "d": "not-a-number", "b": "not-a-number"}
"""Kind of a cell to the rule that refuses it as a figure."""


@dataclass(frozen=True)
class Values:
    frame: pd.DataFrame
    """COLUMNS of Observations, in the order of the form; origin is the workbook's cell."""
    answered: int
    """Cells with a figure or with a reason why there is none."""
    unanswered: int
    remarks: tuple[str, ...]
    """Comments of rows without any figure or reason."""
    findings: tuple[Finding, ...]


@dataclass
class _Sheet:
    """Rows of one sheet, as columns of texts."""

    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


def values_of(form: Returned, project: Project, file: str, source: str, *, illustrative: bool) -> Values:
    """Every figure and every explained gap; faults stand among the findings with their cell."""
    from bulletin.load.codes import vocabularies

    findings: list[Finding] = []
    reply = form.reply if form.reply in LANGUAGES else project.edition.languages[0]
    totals, faults = _totals(form.cells, project, file)
    findings += faults
    findings += _status_faults(form.cells, file)
    sheets: dict[str, _Sheet] = {}
    answered = unanswered = 0
    for sent in form.cells:
        at = Place(file, sent.sheet, sent.where)
        worked_out = totals.get((sent.cell, sent.period)) if sent.formula else None
        is_total = (sent.cell, sent.period) in totals
        if sent.kind in _REFUSED and not is_total:
            findings.append(Finding(_REFUSED[sent.kind], Severity.ERROR, at, parameters=_found(sent)))
            continue
        if sent.kind == "f" and not is_total:
            findings.append(Finding("formula-without-value", Severity.ERROR, at, parameters=_found(sent)))
            continue
        empty = not sent.kind or (is_total and worked_out is None)
        if empty and not (sent.asked and sent.status in WITHOUT_VALUE):
            unanswered += sent.asked
            continue
        answered += sent.asked
        sheet = sheets.setdefault(sent.sheet, _Sheet())
        sheet.rows.append(_row(sent, source, reply, empty=empty, illustrative=illustrative, worked_out=is_total))
        typed = worked_out if worked_out is not None else float(sent.text) if sent.kind == "n" and not empty else float("nan")
        sheet.numbers.append(typed)
        sheet.cells.append(sent.where)
    words = vocabularies(project)
    frames = []
    for name, sheet in sheets.items():
        frame, found = _interpreted(file, name, sheet, project, words)
        frames.append(frame)
        findings += found
    return Values(_joined(frames), answered, unanswered, _remarks(form.cells), tuple(findings))


def _found(sent: Sent) -> Mapping[str, Parameter]:
    return {"found": sent.text[:60], "count": 1, "cells": sent.where}


def _row(sent: Sent, source: str, reply: str, *, empty: bool, illustrative: bool, worked_out: bool) -> dict[str, str]:
    qualifies = sent.status not in ("", "A", "C", *WITHOUT_VALUE)
    status = sent.status if empty or qualifies else "A"
    numeric = sent.kind == "n" or worked_out
    return {
        "indicator": sent.cell[0],
        **dict(zip(DIMENSIONS, sent.cell[1:], strict=True)),
        "period": sent.period,
        "value": "" if empty or numeric else sent.text,
        "unit_mult": sent.multiplier,
        "obs_status": status,
        "conf_status": "C" if sent.status == "C" else "F",
        "source": source,
        **{column: sent.comment if column == COMMENT + reply else "" for column in COMMENTS},
        "illustrative": "true" if illustrative else "false",
    }


def _totals(cells: Sequence[Sent], project: Project, file: str) -> tuple[dict[tuple[Cell, str], float | None], list[Finding]]:
    """Formula cells that are totals, with the sum of their parts; None where a part is missing. A stored value that is out of
    date is told."""
    from bulletin.form.sums import sums_of
    from bulletin.form.totals import added_up

    found: dict[tuple[Cell, str], float | None] = {}
    findings: list[Finding] = []
    for period in dict.fromkeys(c.period for c in cells):
        own = {c.cell: c for c in cells if c.period == period}
        try:
            sums = {s.total for s in sums_of(project, own, period)}
        except ValueError:
            continue  # a broken period is told where codes are checked
        formulas = [c for c in own.values() if c.formula and c.cell in sums]
        typed = {c.cell: float(c.text) for c in own.values() if c.kind == "n" and not (c.formula and c.cell in sums)}
        known = added_up(project, typed, {c.cell for c in formulas}, period)
        for sent in formulas:
            value = known.get(sent.cell)
            found[sent.cell, period] = value
            stored = float(sent.text) if sent.kind == "n" else None
            if stored is not None and value is not None and abs(stored - value) > 1e-9 * max(1.0, abs(value)):
                parameters: dict[str, Parameter] = {"stored": sent.text, "sum": f"{value:.15g}"}
                at = Place(file, sent.sheet, sent.where)
                findings.append(Finding("form-total-stale", Severity.WARNING, at, parameters=parameters))
    return found, findings


def _status_faults(cells: Sequence[Sent], file: str) -> list[Finding]:
    """Rows that say why there is no figure, and have all of them."""
    rows: dict[tuple[str, str], list[Sent]] = {}
    for sent in cells:
        if sent.status in WITHOUT_VALUE and sent.asked:
            rows.setdefault((sent.sheet, sent.status_where), []).append(sent)
    return [
        Finding("form-status-with-value", Severity.ERROR, Place(file, sheet, where), parameters={"status": row[0].status})
        for (sheet, where), row in rows.items()
        if all(sent.kind and not sent.formula for sent in row)
    ]


def _remarks(cells: Sequence[Sent]) -> tuple[str, ...]:
    """Comments of rows from which nothing is taken into the data."""
    rows: dict[tuple[str, str], list[Sent]] = {}
    for sent in cells:
        if sent.comment:
            rows.setdefault((sent.sheet, sent.where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), []).append(sent)
    return tuple(
        f"{sheet} {row[0].cell[0]}: {row[0].comment}"
        for (sheet, _), row in rows.items()
        if not any(s.kind or s.status in WITHOUT_VALUE for s in row)
    )


def _interpreted(
    file: str, name: str, sheet: _Sheet, project: Project, words: Mapping[str, Vocabulary]
) -> tuple[pd.DataFrame, list[Finding]]:
    """All rows at once; when something is wrong, each by itself, so that every cell gets its own finding."""
    frame, findings = _once(file, name, sheet, project, words)
    if not any(f.severity is Severity.ERROR for f in findings):
        return frame, findings
    told: list[Finding] = []
    for n in range(len(sheet.rows)):
        alone = _Sheet([sheet.rows[n]], [sheet.numbers[n]], [sheet.cells[n]])
        told += [
            replace(f, place=replace(f.place, cell=f.place.cell or sheet.cells[n]))
            for f in _once(file, name, alone, project, words)[1]
        ]
    rules = {f.rule for f in told}
    return frame, [*told, *(f for f in findings if f.rule not in rules)]


def _once(
    file: str, name: str, sheet: _Sheet, project: Project, words: Mapping[str, Vocabulary]
) -> tuple[pd.DataFrame, list[Finding]]:
    import numpy as np
    import pandas as pd

    from bulletin.load.interpret import interpret
    from bulletin.load.table import Table

    columns = {c: pd.Series([row[c] for row in sheet.rows], dtype="category") for c in sheet.rows[0]}
    frame = pd.DataFrame(columns)
    frame["number"] = np.array(sheet.numbers, dtype=np.float64)
    frame["cell"] = pd.Series(sheet.cells, dtype=object)
    read = interpret(Table(file, name, frame, len(frame), {}, {}, ()), project, words)
    return read[0], list(read[1])


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    from bulletin.load.observations import empty_frame

    filled = [f for f in frames if len(f)]
    return pd.concat(filled, ignore_index=True) if filled else empty_frame()
