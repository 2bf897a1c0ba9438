"""`bulletin form write`: one workbook per institution, from the outline, the catalogue and what was sent before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.printed import Printed
from bulletin.model.project import Project
from bulletin.model.supply import institution_id
from bulletin.pipeline.form_history import history_of
from bulletin.pipeline.form_source import form_source, source_needed
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.save import save_beside

FOLDER = "forms"


@dataclass(frozen=True)
class WrittenForm:
    path: Path
    institution: str
    tables: int
    cells: int


@dataclass(frozen=True)
class WrittenForms:
    folder: Path
    forms: tuple[WrittenForm, ...]
    findings: tuple[Finding, ...]


def write_forms(
    root: Path, progress: Progress, *, institutions: tuple[str, ...] = (), output: Path | None = None, year: int | None = None
) -> WrittenForms:
    """Raises ConfigError for an institution nobody knows or that has nothing to supply."""
    from bulletin.form.layout import asked_cells, lay_out
    from bulletin.write.form import write_form

    prepared = prepare(root, progress)
    project = prepared.project
    wanted_year = year or project.edition.year
    progress("form", str(wanted_year))
    history = history_of(prepared.observations.frame, project)
    asked = asked_cells(project, history, wanted_year)
    chosen = _chosen(project, institutions, tuple(i for i in asked if i))
    files: dict[str, bytes] = {}
    written = []
    folder = output or root / FOLDER
    for institution in chosen:
        form = lay_out(project, institution, asked[institution], history, wanted_year)
        name = file_name(project, institution, wanted_year)
        files[name] = write_form(form, project.theme)
        written.append(WrittenForm(folder / name, institution, len(form.tables), form.asked))
    save_beside(folder, files)
    return WrittenForms(folder, tuple(written), (*_sourceless(project, chosen), *_unassigned(asked.get("", ()))))


def file_name(project: Project, institution: str, year: int) -> str:
    """`mz-inss-2024.xlsx`."""
    return f"{project.country.code}-{institution}-{year}.xlsx".lower().replace(" ", "-").replace("/", "-")


def _chosen(project: Project, names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Institutions by name, in the country's order; all that supply something when none is named."""
    order = [i.id for i in project.country.institutions]
    if not names:
        return tuple(sorted(known, key=lambda i: (order.index(i) if i in order else 999, i)))
    chosen, faults = [], []
    for name in names:
        found = institution_id(project, name)
        if found in known:
            chosen.append(found)
        else:
            parameters = {"name": name, "known": ", ".join(sorted(known)) or "–"}
            faults.append(Finding("form-unknown-institution", Severity.ERROR, key=name, parameters=parameters))
    if faults:
        raise ConfigError(faults)
    return tuple(dict.fromkeys(chosen))


def _sourceless(project: Project, institutions: tuple[str, ...]) -> tuple[Finding, ...]:
    """Institutions whose forms could not be read back, because the source of their figures is not known."""
    sources = {i: form_source(project, i) for i in institutions}
    return tuple(source_needed(i, known, Severity.WARNING) for i, (source, known) in sources.items() if not source)


def _unassigned(cells: tuple[Printed, ...]) -> tuple[Finding, ...]:
    """Indicators of the outline that no institution is asked for."""
    names = dict.fromkeys(p.cell[0] for p in cells)
    if not names:
        return ()
    shown = ", ".join(list(names)[:8]) + (" …" if len(names) > 8 else "")
    where = Place("bulletin.yaml", column="collect")
    return (Finding("form-unassigned", Severity.INFO, where, parameters={"count": len(names), "indicators": shown}),)
