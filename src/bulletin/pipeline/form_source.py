"""Under which source the figures of an institution's form stand, once it is read back."""

from __future__ import annotations

from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import Project
from bulletin.model.supply import collection_of, institution_id


def form_source(project: Project, institution: str) -> tuple[str, int]:
    """The source that `collect:` names, else the institution's only one; empty where that is not known, and how many it has."""
    collection = collection_of(project, institution)
    if collection and collection.source:
        return collection.source, 1
    own = [s.id for s in project.sources.values() if institution_id(project, s.institution) == institution]
    return (own[0] if len(own) == 1 else ""), len(own)


def source_needed(institution: str, known: int, severity: Severity) -> Finding:
    where = Place("bulletin.yaml", column="collect")
    rule = "form-source-needed" if known else "form-source-none"
    return Finding(rule, severity, where, institution, {"institution": institution, "count": known})
