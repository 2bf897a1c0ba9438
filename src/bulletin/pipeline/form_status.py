"""`bulletin form status`: who has sent what, what is late or missing, by institution, indicator and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import Project
from bulletin.model.quality import Arrival, Availability
from bulletin.model.supply import due_of, institution_id
from bulletin.pipeline.form_read import years_read
from bulletin.pipeline.progress import Progress


@dataclass(frozen=True)
class Sender:
    """One institution and what has come from it."""

    institution: str
    """Empty: nobody is known to supply these figures."""
    due: str
    forms: tuple[int, ...]
    """Reference years of its forms that were read."""
    waiting: tuple[int, ...]
    """Years asked about, the edition's own where none is, of which no form was read."""
    entries: tuple[Availability, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({e.year for e in self.entries}))

    def counted(self, *states: Arrival) -> int:
        return sum(e.state in states for e in self.entries)


def form_status(
    root: Path, progress: Progress, *, institutions: Sequence[str] = (), years: Sequence[int] = (), on: str = ""
) -> tuple[Sender, ...]:
    """In the country's order of institutions. `on`: ISO day for which due dates are judged, the release date by default."""
    from bulletin.derive.derive import derive
    from bulletin.load.observations import load_observations
    from bulletin.load.project import load_project
    from bulletin.validate.availability import availability

    progress("load", "")
    project, _ = load_project(root, ())
    progress("derive", "")
    derived, _ = derive(load_observations(project).observations, project)
    entries = availability(derived, project, on)
    names = _names(project, institutions, entries)
    found: dict[str, list[Availability]] = {}
    for entry in entries:
        if not names or entry.institution in names:
            # A form may be of a year that the tables do not show.
            asked = found.setdefault(entry.institution, [])
            asked += [entry] if not years or entry.year in years else []
    order = [i.id for i in project.country.institutions]
    ranked = sorted(found, key=lambda i: (not i, order.index(i) if i in order else len(order), i))
    wanted = tuple(years) or (project.edition.year,)
    senders = []
    for institution in ranked:
        read = years_read(project, institution) if institution else ()
        waiting = tuple(y for y in wanted if y not in read)
        senders.append(Sender(institution, due_of(project, institution), read, waiting, tuple(found[institution])))
    return tuple(senders)


def _names(project: Project, wanted: Sequence[str], entries: Sequence[Availability]) -> frozenset[str]:
    known = {e.institution for e in entries if e.institution}
    names, faults = set(), []
    for name in wanted:
        found = institution_id(project, name) or next((k for k in known if k.casefold() == name.casefold()), "")
        if found in known:
            names.add(found)
        else:
            parameters = {"name": name, "known": ", ".join(sorted(known)) or "–"}
            faults.append(Finding("form-unknown-institution", Severity.ERROR, Place(), name, parameters))
    if faults:
        raise ConfigError(faults)
    return frozenset(names)
