"""The report of `bulletin check`: findings and headline figures as JSON, as a workbook to be signed, as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bulletin.document.blocks import KeyFigure, KeyFigures
from bulletin.document.inline import plain
from bulletin.document.tree import walk
from bulletin.model.finding import Finding
from bulletin.model.report import LEVELS, Headline, Line, Report, counts, grouped, level_of
from bulletin.model.supply import institution_id, institution_of
from bulletin.pipeline import records
from bulletin.pipeline.approve import contents_id, institutions
from bulletin.pipeline.messages import message
from bulletin.protect.findings import public_findings
from bulletin.validate.waive import waivable

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared


def make_report(
    prepared: Prepared, composed: Composed, findings: tuple[Finding, ...], texts: Mapping[str, str], language: str
) -> Report:
    """Reports leave the house: figures of indicators with hidden cells are masked in them as in the published findings."""
    project = prepared.project
    spoken = language if language in composed.documents else next(iter(composed.documents))
    document = composed.documents[spoken]
    senders = _senders(prepared)
    told = public_findings(findings, prepared.observations)
    reasons = {(w.rule, w.key): w.reason.get(language, "") for w in project.edition.waivers if w.reason.get(language)}
    names = {i.id: i.acronym for i in project.country.institutions}
    return Report(
        project.edition.id,
        document.metadata.title,
        project.edition.release_date,
        contents_id(prepared, composed),
        language,
        tuple(_line(f, texts, senders, reasons.get((f.rule, waivable(f)), f.waived)) for f in told),
        tuple(_headline(f, composed, prepared, spoken) for f in _key_figures(document)),
        tuple((i, names[i]) for i in institutions(prepared, composed)),
        {k: t for k, t in texts.items() if k.startswith(("report_", "severity_"))},
    )


def _line(finding: Finding, texts: Mapping[str, str], senders: Mapping[tuple[str, str, str], str], reason: str) -> Line:
    place = finding.place
    said = message(Finding(finding.rule, finding.severity, key=finding.key, parameters=finding.parameters), texts)
    sender = senders.get((place.file, place.sheet, place.cell), "")
    return Line(
        finding.rule, level_of(finding.severity, finding.waived), place.file, place.sheet, place.cell, place.column, finding.key,
        said, sender, reason if finding.waived else "",
    )  # fmt: skip


def _senders(prepared: Prepared) -> dict[tuple[str, str, str], str]:
    """Place of a figure to the acronym of the institution of the country, or the name of another, that its source names."""
    project = prepared.project
    acronyms: dict[str, str] = {}
    for source in project.sources.values():
        found = institution_of(project, institution_id(project, source.institution)) if source.institution else None
        acronyms[source.id] = found.acronym if found else source.institution
    frame = prepared.received.frame
    columns = (frame[c].astype("str").tolist() for c in ("file", "sheet", "cell", "source"))
    return {(file, sheet, cell): acronyms.get(source, "") for file, sheet, cell, source in zip(*columns, strict=True)}


def _key_figures(document: Document) -> tuple[KeyFigure, ...]:
    """Those of the cover, the openings and the summary, each once."""
    found: dict[str, KeyFigure] = {}
    for section in document.sections:
        for figure in section.opening.figures if section.opening else ():
            found.setdefault(figure.id, figure)
    for block in walk(document.sections):
        if isinstance(block, KeyFigures):
            for figure in block.items:
                found.setdefault(figure.id, figure)
    return tuple(found.values())


def _headline(figure: KeyFigure, composed: Composed, prepared: Prepared, language: str) -> Headline:
    from bulletin.document.inline import Number

    fact = next((piece.fact for piece in figure.value if isinstance(piece, Number)), "")
    known = prepared.project.sources
    ids = dict.fromkeys(s for i in composed.facts.get(fact).inputs for s in i.source.split(";")) if fact else {}
    source = "; ".join(known[s].short.get(language, s) for s in ids if s in known)
    value = " ".join(t for t in (plain(figure.value), figure.unit) if t)
    return Headline(figure.id, figure.label, figure.when, value, plain(figure.since), plain(figure.change), source)


def as_json(report: Report, theme: Theme) -> bytes:
    """For machines: findings by file, with rule, place, key and message."""
    files: list[Json] = [
        {
            "file": file,
            "counts": {level: n for level, n in counts(lines).items() if n},
            "findings": [
                {
                    "rule": f.rule, "severity": f.level, "sheet": f.sheet, "cell": f.cell, "column": f.column, "key": f.key,
                    "institution": f.institution, "message": f.message, "waived": f.waived,
                }
                for f in lines
            ],
        }
        for file, lines in grouped(report.lines)
    ]  # fmt: skip
    return records.encoded(
        {
            "schema": "bulletin-report/1", "edition": report.edition, "contents": report.build, "language": report.language,
            "counts": {level: counts(report.lines)[level] for level in LEVELS}, "files": files,
        }
    )  # fmt: skip


def _xlsx(report: Report, theme: Theme) -> bytes:
    from bulletin.write.report_xlsx import write_report

    return write_report(report, theme)


def _html(report: Report, theme: Theme) -> bytes:
    from bulletin.write.report_html import write_report

    return write_report(report, theme)


REPORTS: Mapping[str, Callable[[Report, Theme], bytes]] = {"json": as_json, "xlsx": _xlsx, "html": _html}
