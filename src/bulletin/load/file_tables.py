"""The tables of one data file: canonical, or as its map says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.isolated import Reader
from bulletin.limits import DATA_FILE
from bulletin.load.changes import DataChange, changed_cells, changed_content, changed_lines
from bulletin.load.csv_table import cut_off, open_text, other_count, read_canonical, sheet_of_text, sniff_separator
from bulletin.load.data_files import MAP
from bulletin.load.files import read_inside
from bulletin.load.mapping import read_mapped
from bulletin.load.overlay import laid_over_by_key
from bulletin.load.schema import validated
from bulletin.load.table import HEADERS, Table, refused
from bulletin.load.table_map import TableMap
from bulletin.load.workbook import canonical_tables, read_sheets
from bulletin.load.yaml_text import Map, Seq, parse_yaml
from bulletin.model.edition import DataFile
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import InputFile


def tables_of(
    path: Path, root: Path, files: Sequence[DataFile], changes: Sequence[DataChange] = (), reader: Reader | None = None
) -> tuple[tuple[Table, ...], list[InputFile], list[Finding]]:
    """`changes`: what is read in place of what the files hold; `reader`: the process that reads workbooks."""
    label = path.relative_to(root).as_posix()
    changes = [c for c in changes if c.place.file == label]
    try:
        content = changed_content(read_inside(path, root, label, DATA_FILE), changes)
    except ConfigError as error:
        return (), [], list(error.findings)
    seen = [InputFile(label, hashlib.sha256(content).hexdigest())]
    declared = next((f for f in files if f.file in (label, label.removeprefix("data/"))), None)
    is_text = path.suffix.lower() in (".csv", ".tsv", ".txt")
    map_path = path.with_name(path.name + MAP)
    specs: tuple[TableMap, ...] = ()
    findings: list[Finding] = []
    if map_path.is_file():
        map_label = label + MAP
        try:
            raw = read_inside(map_path, root, map_label)
        except ConfigError as error:
            return (), seen, list(error.findings)
        seen.append(InputFile(map_label, hashlib.sha256(raw).hexdigest()))
        specs, findings = map_specs(raw, map_label)
        if not specs:
            return (), seen, findings
    if is_text and not specs:
        return (read_canonical(changed_lines(content, declared, changes), label, declared),), seen, findings
    if is_text:
        return (*_mapped_text(content, label, declared, specs, changes),), seen, findings
    sheets, found = read_sheets(content, label, reader)
    findings += found
    if not sheets:
        return (), seen, findings
    sheets = changed_cells(sheets, changes)
    if not specs:
        return canonical_tables(sheets, label, declared), seen, findings
    tables = read_mapped(sheets, specs, label, label + MAP, text_file=False)
    findings += other_count(_figures(tables), label, declared)
    return tables, seen, findings


def map_specs(raw: bytes, label: str) -> tuple[tuple[TableMap, ...], list[Finding]]:
    """The tables a map file describes: one, or several under `tables:` that share what stands beside it."""
    parsed = parse_yaml(raw, label)
    findings = list(parsed.findings)
    tree = parsed.tree
    if not isinstance(tree, Map):
        if not findings:
            findings.append(Finding("config-not-map", Severity.ERROR, Place(label), parameters={"found": ""}))
        return (), findings
    tables = tree.get("tables")
    specs: list[TableMap] = []
    if isinstance(tables, Seq):
        shared = Map(tree.own)
        for key, value in tree.items():
            if key != "tables":
                shared.put(key, value, tree.at[key])
        parts = [(laid_over_by_key(shared, one), at) for one, at in zip(tables, tables.at, strict=True) if isinstance(one, Map)]
    else:
        parts = [(tree, tree.own)]
    for part, at in parts:
        spec, found = validated(TableMap, part, at)
        findings += found
        if spec is not None:
            specs.append(spec)
    return (tuple(specs) if len(specs) == len(parts) else ()), findings


def _mapped_text(
    content: bytes, label: str, declared: DataFile | None, specs: Sequence[TableMap], changes: Sequence[DataChange]
) -> list[Table]:
    """A CSV file read as its map says."""
    spec = specs[0]
    encoding = (declared.encoding if declared else None) or spec.encoding
    text, findings = open_text(content, label, DataFile(label, encoding))
    separator: str | None = (declared.separator if declared else None) or spec.separator
    if text is not None and separator is None:
        lines = text.split("\n")
        head = max(spec.header_rows, default=1) - 1
        separator = sniff_separator(lines[min(head, len(lines) - 1)], tuple(spec.columns.values()) or tuple(HEADERS))
        if separator is None:
            findings.append(Finding("unknown-separator", Severity.ERROR, Place(label)))
    if text is None or separator is None:
        return [refused(label, "", findings)]
    findings += cut_off(text, label)
    sheet, found = sheet_of_text(text, label, separator)
    findings += found
    if sheet is None:
        return [refused(label, "", findings)]
    tables = read_mapped(changed_cells([sheet], changes, text_file=True), specs, label, label + MAP, text_file=True)
    findings += other_count(_figures(tables), label, declared)
    return [refused(label, "", findings), *tables]


def _figures(tables: Sequence[Table]) -> int:
    return sum(len(t.frame) + sum(t.rejected.values()) for t in tables)
