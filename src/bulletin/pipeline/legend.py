"""What the file of facts says of the names in it: marks of numbers, indicators with their formulas, sources, revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletin.document.serial import Json
from bulletin.model.fact import Fact
from bulletin.model.project import Project
from bulletin.model.quality import Amendment, Revision
from bulletin.model.text import LocalText
from bulletin.pipeline.prepare import Prepared


def legend(prepared: Prepared, facts: Iterable[Fact]) -> tuple[dict[str, Json], dict[str, list[Json]]]:
    """Plain fields and lists for the head of the file, in words of the languages of the edition only."""
    known = tuple(facts)
    project = prepared.project
    head: dict[str, Json] = {
        "order": "id",
        "marks": {
            language: {"decimal": x.decimal, "group": x.group, "confidential": x.signs["confidential"]}
            for language, x in project.locales.items()
        },
    }
    if prepared.former:
        head["former"] = prepared.former.id
    named = {f.indicator for f in known} | {i.key.partition(".")[0] for f in known for i in f.inputs}
    sources = {i.source for f in known for i in f.inputs}
    ids = {f.id for f in known}
    return head, {
        "sources": [{"id": s, "title": _said(project.sources[s].full, project)} for s in sorted(sources) if s in project.sources],
        "indicators": [_indicator(i, project) for i in sorted(_with_inputs(named, project))],
        "revisions": _revisions(ids, prepared),
    }


def _with_inputs(named: set[str], project: Project) -> set[str]:
    """And what their formulas name, down to what is received."""
    found: set[str] = set()
    left = {i for i in named if i in project.catalogue}
    while left:
        found |= left
        formulas = (project.catalogue[i].formula for i in left)
        left = {i for f in formulas if f for i in f.inputs.values() if i in project.catalogue} - found
    return found


def _indicator(name: str, project: Project) -> Json:
    indicator = project.catalogue[name]
    entry: dict[str, Json] = {"id": name, "label": _said(indicator.label, project), "unit": indicator.unit}
    if indicator.formula:
        entry["formula"] = indicator.formula.name
        entry["inputs"] = dict(indicator.formula.inputs)
        entry["parameters"] = dict(indicator.formula.parameters)
    return entry


def _revisions(ids: set[str], prepared: Prepared) -> list[Json]:
    """Of the figures printed: since the edition before, and since the one that is put right."""
    erratum = prepared.project.erratum
    since: Mapping[str, tuple[Revision, ...]] = {
        prepared.former.id if prepared.former else "": prepared.revisions,
        erratum.corrects if erratum else "": prepared.corrections,
    }
    return [
        {
            "key": r.key,
            "since": edition,
            "kind": r.kind.value,
            "old": r.old,
            "new": r.new,
            "cause": r.cause.value,
            "reason": _said(r.reason, prepared.project),
        }
        for edition, found in since.items()
        for r in found
        if r.key in ids and r.kind is not Amendment.ADDED
    ]


def _said(text: LocalText, project: Project) -> Json:
    return {language: text[language] for language in project.edition.languages if language in text}
