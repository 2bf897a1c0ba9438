"""Comply or explain: what a final edition needs before it may be written, and the id of the contents that institutions approve."""

from __future__ import annotations

import hashlib
import json

from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.supply import in_office, institution_id
from bulletin.pipeline import records
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared, stands_against

OWN = ("approval", "imprint.status")
"""Blocks that print the approvals, or say that the edition is final now, are no part of what is approved."""
WHERE = Place("bulletin.yaml", column="approvals")


def contents_id(prepared: Prepared, composed: Composed) -> str:
    """Twelve digits of the SHA-256 of every published figure and word, in all languages. Neither approvals nor the step from
    validation to final change it; a new figure, word or waiver does.
    """
    digest = hashlib.sha256(records.table(composed.facts.published(*composed.published()), tuple(composed.documents)))
    for language, data in composed.trees().items():
        words = json.loads(records.wording("", language, json.loads(data)))["blocks"]
        kept = {block: text for block, text in words.items() if not block.startswith(OWN)}
        digest.update(json.dumps([language, kept], ensure_ascii=False).encode())
    return digest.hexdigest()[:12]


def institutions(prepared: Prepared, composed: Composed) -> tuple[str, ...]:
    """Ids of the country's institutions, in its order, whose figures are published: named by a source, or having sent what they
    supply. Those that no longer exist on the day of release have nobody to ask.
    """
    project = prepared.project
    published = composed.facts.published(*composed.published())
    named = {project.sources[s].institution for o in published for s in o.source.split(";") if s in project.sources}
    wanted = {institution_id(project, name) for name in named if name}
    wanted |= {a.institution for a in prepared.availability if a.received}
    year = int(project.edition.release_date[:4])
    return tuple(i.id for i in project.country.institutions if i.id in wanted and in_office(i, year))


def explained(prepared: Prepared, composed: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of preparing and composing, waivers applied, and one more where a final edition without
    errors leaves warnings without a word."""
    from bulletin.validate.waive import UNUSED, accept, waivable

    edition = prepared.project.edition
    later = accept(composed, edition)
    met = {(f.rule, waivable(f)) for f in later if f.waived}
    found = (*(f for f in prepared.findings if f.rule != UNUSED or (f.parameters["rule"], f.key) not in met), *later)
    left = sum(f.severity is Severity.WARNING and not f.waived for f in found)
    # Who has an error to mend looks at the warnings afterwards: some of them go with it.
    if edition.status != "final" or not left or stands_against(found, strict=False):
        return found
    place = Place("bulletin.yaml", column="waivers")
    return (*found, Finding("warnings-unexplained", Severity.ERROR, place, parameters={"count": left}))


def signed_off(prepared: Prepared, composed: Composed, *, whole: bool) -> tuple[Finding, ...]:
    """What is wrong with the approvals: errors for a final edition, information before. `whole`: in all its languages.

    A demonstration is exempt: it says of itself that no institution approved it.
    """
    edition = prepared.project.edition
    if edition.demonstration or edition.status == "draft":
        return ()
    severity = Severity.ERROR if edition.status == "final" else Severity.INFO
    needed = institutions(prepared, composed)
    if not whole:
        return (Finding("final-in-all-languages", severity, WHERE),) if needed else ()
    build = contents_id(prepared, composed)
    given = {institution_id(prepared.project, a.institution) or a.institution: a for a in edition.approvals}
    names = {i.id: i.acronym for i in prepared.project.country.institutions}
    findings = []
    for institution in needed:
        name, approval = names.get(institution, institution), given.get(institution)
        if approval is None:
            said = {"institution": name, "build": build}
            findings.append(Finding("approval-missing", severity, WHERE, institution, said))
        elif approval.build != build:
            said = {"institution": name, "build": build, "approved": approval.build}
            findings.append(Finding("approval-outdated", severity, WHERE, institution, said))
    return tuple(findings)
