"""`bulletin form read`: returned forms become canonical tables among the data, or come back with what is to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.archive.erratum import base_of
from bulletin.isolated import LostError, Reader
from bulletin.limits import WORKBOOK_FILE
from bulletin.load.lost import stopped
from bulletin.model.dataset import COMMENT, COMMENTS
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.supply import collection_of, institution_id
from bulletin.pipeline.form_source import form_source, source_needed
from bulletin.pipeline.form_values import Values, values_of
from bulletin.pipeline.form_write import FOLDER
from bulletin.pipeline.messages import message
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.save import save_beside

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.form.read import Returned
    from bulletin.model.dataset import Observations
    from bulletin.model.project import Project

DATA = "data/forms"


@dataclass(frozen=True)
class ReadForm:
    """What became of one returned form."""

    file: str
    institution: str
    year: str
    answered: int
    unanswered: int
    table: Path | None
    """The data file written; None when there are errors."""
    copy: Path | None
    """The copy for the sender; None when there is nothing to correct."""
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return self.table is None


def read_forms(root: Path, progress: Progress, files: Sequence[Path], *, output: Path | None = None) -> tuple[ReadForm, ...]:
    """One result per file, in the order given. Raises ConfigError for a project that cannot be used."""
    from bulletin.load.observations import load_observations
    from bulletin.load.project import load_project

    progress("load", "")
    project, _ = load_project(root, ())
    loaded = load_observations(project).observations
    done: list[ReadForm] = []
    with Reader() as reader:
        for path in files:
            progress("form", path.name)
            taken = {(r.institution, r.year): r.file for r in done if r.table}
            done.append(_read(path, project, loaded, output or root / FOLDER, taken, reader))
    return tuple(done)


def _read(
    path: Path, project: Project, loaded: Observations, output: Path, taken: Mapping[tuple[str, str], str], reader: Reader
) -> ReadForm:
    from bulletin.errors import ConfigError
    from bulletin.form.read import returned
    from bulletin.load.files import read_path
    from bulletin.load.workbook import read_sheets

    file = _label(path, project.root)
    if path.suffix.lower() not in (".xlsx", ".xlsm", ".ods"):
        return _refused(file, [Finding("form-not-a-workbook", Severity.ERROR, Place(file))])
    try:
        content = read_path(path, file, WORKBOOK_FILE)
    except ConfigError as error:
        return _refused(file, error.findings)
    sheets, faults = read_sheets(content, file, reader)
    if not sheets:
        return _refused(file, faults)
    form = returned(sheets, file)
    findings = [*faults, *form.findings, *_wrong_place(form, project, file)]
    institution, year = institution_id(project, form.head.get("institution", "")), form.head.get("year", "")
    strange = [f for f in findings if f.rule in _FATAL]
    if strange:
        # What else is wrong with a form of something else is nobody's business here.
        return _refused(file, strange, institution, year)
    if (institution, year) in taken:
        parameters = {"other": taken[institution, year], "institution": institution, "year": year}
        return _refused(file, [Finding("form-sent-twice", Severity.ERROR, Place(file), parameters=parameters)], institution, year)
    source, known = form_source(project, institution)
    findings += [source_needed(institution, known, Severity.ERROR)] if not source else []
    declared = collection_of(project, institution)
    illustrative = form.illustrative or bool(declared and declared.illustrative)
    values = values_of(form, project, file, source, illustrative=illustrative)
    findings += [f for f in values.findings if source or f.rule != "no-source"]
    findings = list(_accepted([*findings, *_judged(form, values.frame, loaded, project, file)], project))
    if values.frame.empty and not any(_stands(f) for f in findings):
        findings.append(Finding("form-empty", Severity.ERROR, Place(file)))
    notes = (*(" ".join(t for t in (n.table, n.text) if t) for n in form.notes), *values.remarks)
    table = None
    if not any(_stands(f) for f in findings):
        table = table_path(project, institution, year)
        save_beside(table.parent, {table.name: _csv(values, project)})
    try:
        copy = _returned_copy(path, content, findings, form.reply or project.edition.messages, project, output, reader)
    except LostError as lost:
        copy = None
        findings.append(stopped(lost, file, Severity.WARNING))
    return ReadForm(file, institution, year, values.answered, values.unanswered, table, copy, notes, tuple(findings))


def table_path(project: Project, institution: str, year: str) -> Path:
    """Where the figures of a form are kept."""
    return project.root / DATA / f"{institution}-{year}.csv".lower().replace(" ", "-").replace("/", "-")


def years_read(project: Project, institution: str) -> tuple[int, ...]:
    """Reference years of the institution's forms that were taken in, sorted."""
    begin = table_path(project, institution, "").name.removesuffix(".csv")
    stems = (p.stem for p in (project.root / DATA).glob("*.csv"))
    ends = (stem.removeprefix(begin) for stem in stems if stem.startswith(begin))
    return tuple(sorted(int(end) for end in ends if len(end) == 4 and end.isdigit()))


_FATAL = ("form-not-a-form", "form-version", "form-other-country", "form-other-edition", "form-other-institution")


def _label(path: Path, root: Path) -> str:
    full, base = path.resolve(), root.resolve()
    return full.relative_to(base).as_posix() if full.is_relative_to(base) else path.name


def _refused(file: str, findings: Sequence[Finding], institution: str = "", year: str = "") -> ReadForm:
    return ReadForm(file, institution, year, 0, 0, None, None, (), tuple(findings))


def _stands(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and not finding.waived


def _wrong_place(form: Returned, project: Project, file: str) -> Iterator[Finding]:
    """A form of another country, edition or institution than the project's."""
    head = form.head
    if not head or any(f.rule in _FATAL for f in form.findings):
        return
    if head.get("country") != project.country.code:
        parameters = {"found": head.get("country", "?"), "expected": project.country.code}
        yield Finding("form-other-country", Severity.ERROR, Place(file), parameters=parameters)
    if not institution_id(project, head.get("institution", "")):
        parameters = {"found": head.get("institution", "?"), "expected": ", ".join(i.id for i in project.country.institutions)}
        yield Finding("form-other-institution", Severity.ERROR, Place(file), parameters=parameters)
    year = head.get("year", "")
    if not (year.isdigit() and len(year) == 4):
        parameters = {"found": year or "?", "expected": str(project.edition.year)}
        yield Finding("form-other-edition", Severity.ERROR, Place(file), parameters=parameters)
    elif not _is_of(project, head.get("edition", ""), int(year)):
        parameters = {
            "found": f"{head.get('edition', '?')}, {year}",
            "expected": f"{project.edition.id}, {project.edition.year}",
        }
        yield Finding("form-other-edition", Severity.ERROR, Place(file), parameters=parameters)


def _is_of(project: Project, edition: str, year: int) -> bool:
    """Whether a form was sent out for this edition: by the project itself, for whatever year; before the edition was corrected; or for
    its reference year, by the project of the edition before.
    """
    own = project.edition
    issue = project.erratum is not None and base_of(edition) == base_of(project.erratum.corrects)
    return edition == own.id or issue or year == own.year


def _judged(form: Returned, frame: pd.DataFrame, loaded: Observations, project: Project, file: str) -> Iterator[Finding]:
    """What the rules say of the figures in the form, beside everything the project has: only what stands in the form is told. A
    cell that was answered takes the place of what the project had, even where the answer is refused.
    """
    import pandas as pd

    from bulletin.model.dataset import KEY, Observations
    from bulletin.validate.rules import validate

    if frame.empty:
        return
    fresh = {(*sent.cell, sent.period) for sent in form.cells if sent.kind or sent.status}
    before = loaded.frame
    old = before[list(KEY)].astype(str).apply(tuple, axis=1).isin(fresh) if len(before) else None
    kept = before[~old.to_numpy()] if old is not None else before
    joined = pd.concat([kept, frame], ignore_index=True) if len(kept) else frame
    found, _ = validate(Observations(joined, joined.iloc[:0]), project, "received")
    yield from (f for f in found if f.place.file == file and f.severity is not Severity.INFO)


def _accepted(findings: Sequence[Finding], project: Project) -> tuple[Finding, ...]:
    """Findings that `waivers:` accept, marked; that a waiver fits nothing in this form says nothing."""
    from bulletin.validate.waive import waive

    return waive(tuple(findings), project.edition)[: len(findings)]


def _csv(values: Values, project: Project) -> bytes:
    from bulletin.form.table import canonical_csv, ingest

    names = {
        "REF_AREA": "ref_area", "INDICATOR": "indicator", "SEX": "sex", "AGE": "age", "SCHEME": "scheme", "FUNCTION": "function",
        "PROGRAMME": "programme", "TIME_PERIOD": "period", "UNIT_MEASURE": "unit", "UNIT_MULT": "unit_mult",
        "OBS_STATUS": "obs_status", "CONF_STATUS": "conf_status", "SOURCE": "source",
    }  # fmt: skip
    used = {c for c in COMMENTS if (values.frame[c].astype(str) != "").any()}
    wanted = [
        c
        for c in (*(COMMENT + language for language in project.edition.languages), *COMMENTS)
        if c in used or c[len(COMMENT) :] in project.edition.languages
    ]
    comments = {c.upper(): c for c in wanted}
    names |= comments
    rows = []
    for record in values.frame.to_dict("records"):
        row = {header: str(record[column]) for header, column in names.items()}
        row["OBS_VALUE"] = plain_number(float(record["value"]), int(record["unit_mult"] or 0))
        row["ILLUSTRATIVE"] = "true" if record["illustrative"] else ""
        row["INGEST"] = ingest(str(record["file"]), str(record["sheet"]), str(record["cell"]))
        rows.append(row)
    return canonical_csv(rows, tuple(comments))


def plain_number(value: float, multiplier: int) -> str:
    """The shortest decimal text that gives `value` again once the multiplier is applied; empty for a missing one."""
    if value != value:
        return ""
    exact = Decimal(repr(value)).scaleb(-multiplier)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _returned_copy(
    path: Path, content: bytes, findings: Sequence[Finding], language: str, project: Project, output: Path, reader: Reader
) -> Path | None:
    """The sender's workbook with a comment on every cell in question, in the sender's language."""
    from bulletin.form.annotate import Remark
    from bulletin.load.messages import languages_of_messages, load_messages

    about = {f.place.file for f in findings} - {"bulletin.yaml"}
    told = [f for f in findings if f.severity is not Severity.INFO and not f.waived and f.place.file in about]
    if any(f.rule == "form-empty" for f in told):
        return None  # most likely the form as it was sent out
    if not told or path.suffix.lower() == ".ods":
        return None
    texts = load_messages(language if language in languages_of_messages() else project.edition.messages)
    remarks = [Remark(f.place.sheet, cell, _for_sender(f, texts)) for f in told for cell in _cells(f)]
    heads = (texts["form_remark_sheet"], texts["form_remark_cell"], texts["form_remark_text"])
    fill = project.theme.colour.accent_fill.removeprefix("#")
    target = output / f"{path.stem}-{texts['form_copy']}.xlsx"
    data = reader.call("bulletin.form.annotate:annotated", content, remarks, texts["form_remarks"], heads, fill)
    save_beside(output, {target.name: bytes(data)})
    return target


def _for_sender(finding: Finding, texts: Mapping[str, str]) -> str:
    """The message; what it advises the working group to do gives way to what a sender can do."""
    text = message(replace(finding, place=Place()), texts)
    if finding.rule.startswith("form-") or "; " not in text:
        return text
    return text.rsplit("; ", 1)[0] + "; " + texts["form_remark_do"]


def _cells(finding: Finding) -> tuple[str, ...]:
    """Addresses; a row number alone names no cell."""
    cell = finding.place.cell
    return (cell if cell[:1].isalpha() else "",)
