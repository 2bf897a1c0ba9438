"""`bulletin form write`: one workbook per institution, from the outline, the catalogue and what was sent before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.printed import Printed
from bulletin.model.project import Project
from bulletin.model.supply import institution_id
from bulletin.pipeline.form_history import history_of
from bulletin.pipeline.form_source import form_source, source_needed
from bulletin.pipeline.prepare import Prepared, prepare
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
    prepared = prepare(root, progress)
    project = prepared.project
    wanted_year = year or project.edition.year
    progress("form", str(wanted_year))
    asked = _asked(prepared, wanted_year)
    chosen = _chosen(project, institutions, tuple(i for i in asked if i))
    folder = output or root / FOLDER
    made = tuple(_made(prepared, asked, chosen, wanted_year))
    save_beside(folder, {form.path.name: data for form, data in made})
    written = tuple(replace(form, path=folder / form.path) for form, _ in made)
    return WrittenForms(folder, written, (*_sourceless(project, chosen), *_unassigned(asked.get("", ()))))


def blank_forms(prepared: Prepared) -> tuple[tuple[WrittenForm, bytes], ...]:
    """Those of all institutions that supply something, for the edition's year; the path is a bare name."""
    year = prepared.project.edition.year
    asked = _asked(prepared, year)
    return tuple(_made(prepared, asked, _chosen(prepared.project, (), tuple(i for i in asked if i)), year))


def _asked(prepared: Prepared, year: int) -> Mapping[str, tuple[Printed, ...]]:
    """By institution (empty: nobody's)."""
    from bulletin.form.layout import asked_cells

    return asked_cells(prepared.project, history_of(prepared.observations.frame, prepared.project), year)


def _made(
    prepared: Prepared, asked: Mapping[str, tuple[Printed, ...]], institutions: tuple[str, ...], year: int
) -> Iterator[tuple[WrittenForm, bytes]]:
    from bulletin.form.layout import lay_out
    from bulletin.write.form import write_form

    project = prepared.project
    history = history_of(prepared.observations.frame, project)
    for institution in institutions:
        form = lay_out(project, institution, asked[institution], history, year)
        path = Path(file_name(project, institution, year))
        yield WrittenForm(path, institution, len(form.tables), form.asked), write_form(form, project.theme)


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
