"""All data files of a project become one frame of observations, every row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import ConfigError
from bulletin.load.choice import choose, key_codes
from bulletin.load.codes import vocabularies
from bulletin.load.csv_table import open_text, read_canonical, sheet_of_text, sniff_separator
from bulletin.load.files import read_path
from bulletin.load.interpret import CATEGORIES, interpret
from bulletin.load.mapping import TableMap, read_mapped
from bulletin.load.nearest import nearest
from bulletin.load.overlay import laid_over_by_key
from bulletin.load.schema import validated
from bulletin.load.table import HEADERS, Table
from bulletin.load.workbook import canonical_tables, read_sheets
from bulletin.load.yaml_text import Map, Seq, parse_yaml
from bulletin.model.dataset import COLUMNS, KEY, Observations
from bulletin.model.edition import DataFile
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.indicator import Kind
from bulletin.model.project import InputFile, Project

if TYPE_CHECKING:
    import pandas as pd

MAP = ".map.yaml"
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods")
NOTICES = ("leia-me", "leiame", "readme")
"""Names of explanations that may lie among the data."""


@dataclass(frozen=True)
class FileAccount:
    """What became of the rows of a file: `read = used + rejected + ignored`."""

    file: str
    read: int
    used: int
    rejected: int
    ignored: int


@dataclass(frozen=True)
class Loaded:
    observations: Observations
    findings: tuple[Finding, ...]
    inputs: tuple[InputFile, ...]
    accounting: tuple[FileAccount, ...]


def load_observations(project: Project) -> Loaded:
    """Reads every file below `data/`; broken data are findings, never exceptions."""
    import pandas as pd

    words = vocabularies(project)
    frames: list[pd.DataFrame] = []
    findings: list[Finding] = []
    inputs: list[InputFile] = []
    accounting: dict[str, FileAccount] = {}
    paths, strange = data_files(project.root)
    findings += strange
    findings += _declared_but_missing(project, paths)
    for path in paths:
        tables, seen, found = _tables(path, project)
        inputs += seen
        findings += found
        for table in tables:
            findings += table.findings
            rejected = table.rejected
            if len(table.frame):
                frame, faults, bad = interpret(table, project, words)
                findings += faults
                rejected += bad
                if len(frame):
                    frames.append(frame)
            account = accounting.get(table.file, FileAccount(table.file, 0, 0, 0, 0))
            used = table.read - rejected
            accounting[table.file] = FileAccount(
                table.file,
                account.read + table.read + table.ignored,
                account.used + used,
                account.rejected + rejected,
                account.ignored + table.ignored,
            )
    if not frames:
        if not paths:
            findings.append(Finding("no-data", Severity.WARNING, Place("data/")))
        empty = empty_frame()
        return Loaded(Observations(empty, empty.copy()), _with_keys(findings), tuple(inputs), tuple(accounting.values()))
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frames.clear()
    choice = choose(joined, project.edition)
    findings += choice.findings
    for file, count in choice.dropped["file"].value_counts().items():
        account = accounting[str(file)]
        accounting[str(file)] = FileAccount(
            account.file, account.read, account.used - int(count), account.rejected, account.ignored + int(count)
        )
    findings += missing_places(choice.observations.frame, project)
    findings += shares_for_percent(choice.observations.frame, project)
    return Loaded(choice.observations, _with_keys(findings), tuple(inputs), tuple(accounting.values()))


def _with_keys(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Warnings about a whole file take its name as key, so that they can be waived."""
    return tuple(replace(f, key=f.place.file) if f.severity is Severity.WARNING and not f.key else f for f in findings)


def data_files(root: Path) -> tuple[list[Path], list[Finding]]:
    """Data files in a fixed order; lock files of Excel and LibreOffice and hidden files do not count."""
    folder = root / "data"
    paths: list[Path] = []
    findings: list[Finding] = []
    if not folder.is_dir():
        return paths, findings
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.name
        label = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(("~$", ".~lock", ".")) or name.endswith((MAP, ".md")):
            continue
        if path.stem.casefold() in NOTICES:
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding("link-outside", Severity.ERROR, Place(label)))
        elif path.suffix.lower() in SUFFIXES:
            paths.append(path)
        elif path.suffix.lower() == ".xls":
            findings.append(Finding("old-workbook", Severity.ERROR, Place(label)))
        else:
            findings.append(Finding("file-ignored", Severity.INFO, Place(label)))
    return paths, findings


def _declared_but_missing(project: Project, paths: Sequence[Path]) -> list[Finding]:
    have = {p.relative_to(project.root).as_posix() for p in paths}
    names = have | {h.removeprefix("data/") for h in have}
    return [
        Finding(
            "declared-file-missing",
            Severity.ERROR,
            Place("bulletin.yaml", column="files"),
            parameters={"name": f.file, "nearest": nearest(f.file, names) or "?"},
        )
        for f in project.edition.files
        if f.file not in names
    ] + [
        Finding("map-without-file", Severity.WARNING, Place(m.relative_to(project.root).as_posix()))
        for m in sorted((project.root / "data").rglob(f"*{MAP}"))
        if m.relative_to(project.root).as_posix().removesuffix(MAP) not in have
    ]


def _tables(path: Path, project: Project) -> tuple[tuple[Table, ...], list[InputFile], list[Finding]]:
    """Tables of one file: canonical, or as its map says."""
    label = path.relative_to(project.root).as_posix()
    try:
        content = read_path(path, label)
    except ConfigError as error:
        return (), [], list(error.findings)
    seen = [InputFile(label, hashlib.sha256(content).hexdigest())]
    declared = next((f for f in project.edition.files if f.file in (label, label.removeprefix("data/"))), None)
    is_text = path.suffix.lower() in (".csv", ".tsv", ".txt")
    map_path = path.with_name(path.name + MAP)
    specs: tuple[TableMap, ...] = ()
    findings: list[Finding] = []
    if map_path.is_file():
        map_label = label + MAP
        raw = read_path(map_path, map_label)
        seen.append(InputFile(map_label, hashlib.sha256(raw).hexdigest()))
        specs, findings = _specs(raw, map_label)
        if not specs:
            return (), seen, findings
    if is_text and not specs:
        return (read_canonical(content, label, declared),), seen, findings
    if is_text:
        return (*_mapped_text(content, label, declared, specs),), seen, findings
    sheets, found = read_sheets(content, label)
    findings += found
    if not sheets:
        return (), seen, findings
    if not specs:
        return canonical_tables(sheets, label), seen, findings
    return tuple(read_mapped(sheets, spec, label, label + MAP, text_file=False) for spec in specs), seen, findings


def _specs(raw: bytes, label: str) -> tuple[tuple[TableMap, ...], list[Finding]]:
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


def _mapped_text(content: bytes, label: str, declared: DataFile | None, specs: Sequence[TableMap]) -> list[Table]:
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
        return [Table(label, "", empty_frame(), 0, 0, 0, tuple(findings))]
    sheet, found = sheet_of_text(text, label, separator)
    findings += found
    if sheet is None:
        return [Table(label, "", empty_frame(), 0, 0, 0, tuple(findings))]
    tables = [read_mapped([sheet], spec, label, label + MAP, text_file=True) for spec in specs]
    return [Table(label, "", empty_frame(), 0, 0, 0, tuple(findings)), *tables]


def empty_frame() -> pd.DataFrame:
    """No observation, with the columns and types of a frame that has some."""
    import pandas as pd

    types = dict.fromkeys(COLUMNS, "str") | {"value": "float64", "illustrative": "bool"} | dict.fromkeys(CATEGORIES, "category")
    return pd.DataFrame({c: pd.Series(dtype=types[c]) for c in COLUMNS})


def missing_places(frame: pd.DataFrame, project: Project) -> list[Finding]:
    """Breakdowns by place that lack some subdivisions: a warning where the same source is complete for another period of the
    series, else for information; one finding per indicator."""
    import numpy as np
    import pandas as pd

    places = [p.code for p in project.country.subdivisions]
    rows = frame["ref_area"].isin(places).to_numpy()
    if not rows.any() or len(places) < 2:
        return []
    part = frame.loc[rows, [*KEY, "source"]].reset_index(drop=True)
    part["length"] = part["period"].str.len()
    others = [c for c in KEY if c not in ("ref_area", "period")]
    series = key_codes(part, [*others, "source", "length"])
    group, _ = pd.factorize(key_codes(part, [*others, "period"]))
    counts = np.bincount(group)
    valid = {
        period: [p.code for p in project.country.subdivisions if _is_valid(p.valid_from, p.valid_to, str(period)[:4])]
        for period in part["period"].unique()
    }
    expected = part["period"].map({k: len(v) for k, v in valid.items()}).to_numpy(dtype=np.int64)
    incomplete = counts[group] < expected
    if not incomplete.any():
        return []
    complete_series = np.unique(series[~incomplete])
    is_warning = np.isin(series, complete_series)
    findings: list[Finding] = []
    indicators = part["indicator"].astype(str).to_numpy()
    for severity, mask in ((Severity.WARNING, incomplete & is_warning), (Severity.INFO, incomplete & ~is_warning)):
        for indicator in pd.unique(indicators[mask]):
            found = np.flatnonzero(mask & (indicators == indicator))
            first = int(found[0])
            period = str(part["period"].iloc[first])
            have = set(part["ref_area"].iloc[np.flatnonzero(group == group[first])].astype(str))
            missing = [code for code in valid[period] if code not in have]
            findings.append(
                Finding(
                    "missing-places",
                    severity,
                    Place(str(frame["file"].iloc[int(np.flatnonzero(rows)[first])])),
                    str(indicator),
                    {
                        "indicator": str(indicator),
                        "period": period,
                        "places": ", ".join(missing[:12]),
                        "count": len(np.unique(group[found])),
                    },
                )
            )
    return findings


def _is_valid(first: str, last: str, year: str) -> bool:
    return (not first or first[:4] <= year) and (not last or year <= last[:4])


def shares_for_percent(frame: pd.DataFrame, project: Project) -> list[Finding]:
    """Rates in per cent of which five or more values are known, all between −1 and 1: perhaps shares."""
    findings: list[Finding] = []
    rates = {i.id for i in project.catalogue.values() if i.kind is Kind.RATE and i.unit == "PT"}
    part = frame[frame["indicator"].isin(rates) & frame["value"].notna() & (frame["value"] != 0)]
    if part.empty:
        return findings
    for indicator, group in part.groupby("indicator", observed=True):
        if len(group) >= 5 and group["value"].abs().max() <= 1:
            row = group.iloc[0]
            findings.append(
                Finding(
                    "share-for-percent",
                    Severity.WARNING,
                    Place(str(row["file"]), str(row["sheet"]), str(row["cell"])),
                    str(indicator),
                    {"indicator": str(indicator), "value": repr(float(row["value"]))},
                )
            )
    return findings
