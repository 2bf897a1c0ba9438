"""Reads a returned form by its anchors, wherever rows and columns have gone: cells as sent, with what stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bulletin.form.labels import code_text
from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.form import ANSWER, CODE, COMMENT, EXPECTED, PREVIOUS, SIGNATURE, STATUS, STATUSES, VERSION
from bulletin.model.supply import Cell, cell_of

_FIELD = re.compile(r"(?P<name>[a-z_]+)=(?P<value>[^;=]*)")
_KINDS = frozenset(("form", "table", "column", "row"))
_ROW = frozenset(("indicator", "mult", "sexes", *DIMENSIONS))
_DEMANDED = ("indicator", "mult", "sexes")
_MULTIPLIER = re.compile(r"[0-9]|1[0-2]")


class SheetCell(Protocol):
    """A filled cell as the reader of workbooks gives it."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def formula(self) -> bool: ...
    @property
    def where(self) -> str: ...


class Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def cells(self) -> Sequence[SheetCell]: ...


@dataclass(frozen=True)
class Sent:
    """One cell of the form as it came back; `kind` is empty where nothing stands in it."""

    sheet: str
    where: str
    cell: Cell
    period: str
    multiplier: str
    kind: str
    text: str
    formula: bool
    status: str
    """One of STATUSES, or empty."""
    comment: str
    status_where: str
    asked: bool

    @property
    def answered(self) -> bool:
        return bool(self.kind)


@dataclass(frozen=True)
class Note:
    table: str
    text: str


@dataclass(frozen=True)
class Returned:
    """A returned form before codes and numbers are understood."""

    head: Mapping[str, str]
    """Fields of the form's anchor: version, country, edition, institution, year."""
    reply: str
    """Language the sender wants answers in; empty: not said."""
    illustrative: bool
    cells: tuple[Sent, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]


def parsed(text: str) -> tuple[str, Mapping[str, str]] | None:
    """Kind and fields of an anchor; None when it is broken."""
    kind, *rest = text.removeprefix(SIGNATURE).split(";")
    found = [_FIELD.fullmatch(part) for part in rest]
    names = [f["name"] for f in found if f]
    if kind not in _KINDS or not all(found) or len(set(names)) != len(names):
        return None
    fields = {f["name"]: f["value"] for f in found if f}
    if kind == "row" and "field" not in fields and (set(fields) - _ROW or any(n not in fields for n in _DEMANDED)):
        return None
    if kind == "row" and "mult" in fields and not _MULTIPLIER.fullmatch(fields["mult"]):
        return None
    if kind == "column" and not ("field" in fields or {"period", "sex"} <= set(fields)):
        return None
    return kind, fields


def returned(sheets: Sequence[Sheet], file: str) -> Returned:
    """Everything that is wrong with the form itself is among the findings; what the figures say is not looked at."""
    return _Reading(file).all(sheets)


@dataclass
class _Marked:
    """One sheet, its anchors told apart from its cells."""

    sheet: Sheet
    head: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    columns: dict[int, Mapping[str, str]] = field(default_factory=dict)
    rows: dict[int, Mapping[str, str]] = field(default_factory=dict)
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    last_anchor: int = 0
    """Row of the lowest anchor of a column."""

    def named(self, name: str) -> int:
        """The column with a field; 0 when there is none."""
        return next((c for c, fields in self.columns.items() if fields.get("field") == name), 0)

    def at(self, row: int, column: int) -> SheetCell | None:
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        found = self.at(row, column)
        return found.text.strip() if found and found.kind != "e" else ""


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.head: Mapping[str, str] = {}

    def report(
        self, rule: str, sheet: str = "", cell: str = "", severity: Severity = Severity.ERROR, **parameters: Parameter
    ) -> None:
        self.findings.append(Finding(rule, severity, Place(self.file, sheet, cell), parameters=parameters))

    def all(self, sheets: Sequence[Sheet]) -> Returned:
        marked = [self.marked(sheet) for sheet in sheets]
        heads = [m.head for m in marked if m.head]
        if not heads:
            self.report("form-not-a-form")
            return Returned({}, "", False, (), (), tuple(self.findings))
        self.head = heads[0]
        own = [m for m in marked if m.head == self.head]
        for m in marked:
            if m.head and m.head != self.head:
                self.report("form-sheet-foreign", m.sheet.name, institution=m.head.get("institution", "?"))
        if self.head.get("version") != VERSION:
            self.report("form-version", found=self.head.get("version", "?"), expected=VERSION)
            return Returned(self.head, "", False, (), (), tuple(self.findings))
        expected = self.expected(sheets)
        tables: dict[str, _Marked] = {}
        for m in own:
            if m.table in tables:
                self.report("form-table-twice", m.sheet.name, table=m.table, other=tables[m.table].sheet.name)
            elif m.table:
                tables[m.table] = m
        cells = tuple(c for m in tables.values() for c in self.table(m))
        self.missing(expected, tables)
        answers = {k: v for m in own for k, v in self.answers(m).items()}
        notes = tuple(Note(*answers[k]) for k in sorted(answers, key=_natural) if k.startswith("note") and answers[k][1])
        known = {key: value for kind, key, value in expected if kind == "set"}
        language = answers.get("language", ("", ""))[1] or known.get("reply", "")
        return Returned(self.head, language, known.get("illustrative") == "true", cells, notes, tuple(self.findings))

    def marked(self, sheet: Sheet) -> _Marked:
        found = _Marked(sheet)
        for cell in sheet.cells:
            if not (cell.kind == "s" and cell.text.startswith(SIGNATURE)):
                found.cells[cell.row, cell.column] = cell
                continue
            read = parsed(cell.text)
            if read is None:
                self.report("form-anchor-broken", sheet.name, cell.where, found=cell.text[:60])
                continue
            kind, fields = read
            if kind == "form":
                found.head = fields
            elif found.table and kind == "table":
                self.report("form-anchor-broken", sheet.name, cell.where, found=cell.text[:60])
            elif kind == "table":
                found.table = fields.get("id", "")
            elif kind == "column":
                if fields.get("field") != PREVIOUS and fields in found.columns.values():
                    self.report("form-column-twice", sheet.name, cell.where)
                found.columns[cell.column] = fields
                found.last_anchor = max(found.last_anchor, cell.row)
            else:
                found.rows[cell.row] = fields
        return found

    def expected(self, sheets: Sequence[Sheet]) -> list[tuple[str, str, str]]:
        """What was sent out, from the sheet that lists it: kind, table, anchor; settings as `set`, name, value."""
        lines: list[tuple[str, str, str]] = []
        for sheet in sheets:
            rows: dict[int, dict[int, str]] = {}
            for cell in sheet.cells:
                rows.setdefault(cell.row, {})[cell.column] = cell.text
            if any(t.startswith(EXPECTED) for row in rows.values() for t in row.values()):
                for row in rows.values():
                    first = row.get(1, "")
                    if first in ("table", "column", "row"):
                        lines.append((first, row.get(2, ""), row.get(3, "").replace(EXPECTED, SIGNATURE)))
                    elif first in ("reply", "illustrative"):
                        lines.append(("set", first, row.get(2, "")))
        if not lines:
            self.report("form-list-missing", severity=Severity.WARNING)
        return lines

    def missing(self, expected: Sequence[tuple[str, str, str]], tables: Mapping[str, _Marked]) -> None:
        """Sheets, columns and rows that were sent out and have not come back."""
        for kind, table, text in expected:
            if kind == "table" and table not in tables:
                self.report("form-table-missing", table=table)
            if kind not in ("row", "column") or table not in tables:
                continue
            read = parsed(text)
            found = tables[table]
            if read is None or read[1] in (found.rows if kind == "row" else found.columns).values():
                continue
            if kind == "column":
                self.report("form-column-missing", found.sheet.name, period=read[1]["period"], sex=read[1]["sex"])
            else:
                self.report("form-row-missing", found.sheet.name, code=self.code(read[1]), indicator=read[1]["indicator"])

    def code(self, fields: Mapping[str, str]) -> str:
        country = self.head.get("country", "")
        return code_text(cell_of(fields["indicator"], fields, country), country)

    def table(self, m: _Marked) -> list[Sent]:
        sent: list[Sent] = []
        seen: dict[tuple[tuple[str, str], ...], int] = {}
        values = {c: f for c, f in m.columns.items() if "period" in f}
        for row, fields in sorted(m.rows.items()):
            if "indicator" not in fields:
                continue
            key = tuple(sorted(fields.items()))
            code = self.code(fields)
            if key in seen:
                self.report("form-row-twice", m.sheet.name, str(row), code=code, other=str(seen[key]))
                continue
            seen[key] = row
            shown = m.text(row, m.named(CODE)) if m.named(CODE) else ""
            if shown and shown != code:
                where = m.cells[row, m.named(CODE)].where
                self.report("form-row-shifted", m.sheet.name, where, found=shown[:40], expected=code)
                continue
            status, comment = self.status(m, row), self.comment(m, row)
            beside = m.at(row, m.named(STATUS))
            for column, head in values.items():
                sent.append(self.sent(m, row, column, fields, head, status, comment, beside.where if beside else ""))
        self.outside(m)
        return sent

    def sent(
        self,
        m: _Marked,
        row: int,
        column: int,
        fields: Mapping[str, str],
        head: Mapping[str, str],
        status: str,
        comment: str,
        status_where: str,
    ) -> Sent:
        found = m.at(row, column)
        cell = cell_of(fields["indicator"], {**{d: c for d, c in fields.items() if d in DIMENSIONS}, "sex": head["sex"]}, "")
        cell = (cell[0], fields.get("ref_area", self.head.get("country", "")), *cell[2:])
        return Sent(
            m.sheet.name,
            found.where if found else _address(row, column),
            cell,
            head["period"],
            fields["mult"],
            found.kind if found and (found.text.strip() or found.kind != "s") else "",
            found.text.strip() if found else "",
            bool(found and (found.formula or found.kind == "f")),
            status,
            comment,
            status_where,
            head["sex"] in fields["sexes"].split("+"),
        )

    def status(self, m: _Marked, row: int) -> str:
        column = m.named(STATUS)
        text = m.text(row, column) if column else ""
        letter = re.split(r"[\s–-]", text, maxsplit=1)[0].upper()
        if text and letter not in STATUSES:
            self.report(
                "form-status-unknown", m.sheet.name, m.cells[row, column].where, found=text[:40], known=" ".join(STATUSES)
            )
            return ""
        return letter

    def comment(self, m: _Marked, row: int) -> str:
        """In one line, without what a spreadsheet could take for a formula when the data file is opened with it."""
        column = m.named(COMMENT)
        found = m.at(row, column) if column else None
        if found is None:
            return ""
        text = _plain(found.text)
        if found.formula or found.kind in "ef" or text.startswith(("=", "@")):
            self.report("form-comment-formula", m.sheet.name, found.where, found=text[:40])
            return ""
        return f"– {text[1:].strip()}" if text.startswith(("+", "-")) else text

    def outside(self, m: _Marked) -> None:
        """Numbers where the form has no row or no column of its own: they would be lost."""
        for (row, column), cell in sorted(m.cells.items()):
            in_table = column in m.columns and row > m.last_anchor
            stray_row = in_table and "period" in m.columns[column] and row not in m.rows
            stray_column = column not in m.columns and row in m.rows and not cell.formula
            if (stray_row or stray_column) and cell.kind in "npd" and not cell.formula:
                self.report("form-value-outside", m.sheet.name, cell.where, found=cell.text[:40])

    def answers(self, m: _Marked) -> dict[str, tuple[str, str]]:
        """Contacts and notes: field to the cell before the answer (the table of a note) and the answer."""
        column = m.named(ANSWER)
        if not column:
            return {}
        rows = {r: f["field"] for r, f in m.rows.items() if "field" in f}
        return {name: (_plain(m.text(row, column - 1)), _plain(m.text(row, column))) for row, name in rows.items()}


def _plain(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(ch) in ("Cc", "Cf") else ch for ch in text).split())


def _natural(name: str) -> tuple[str, int]:
    digits = name.lstrip("abcdefghijklmnopqrstuvwxyz")
    return name.removesuffix(digits), int(digits) if digits.isdigit() else 0


def _address(row: int, column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row}"
