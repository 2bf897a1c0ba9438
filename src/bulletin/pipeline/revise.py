"""What an edition changes in the figures published before: against the newest earlier sealed edition, and the one it corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.archive.compare import compare, reason_for
from bulletin.archive.erratum import explained_by, put_right
from bulletin.compose.lookup import Lookup
from bulletin.compose.printing import printed_alike
from bulletin.load.archive import EDITIONS, MANIFEST, TABLE, earlier_edition, load_archive
from bulletin.model.dataset import BOUNDS, COLUMNS, COMMENTS, Observation, Observations
from bulletin.model.edition import RevisionReason
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.indicator import Catalogue
from bulletin.model.project import InputFile, Project
from bulletin.model.quality import Amendment, Cause, Revision
from bulletin.model.sealed import Sealed

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Before:
    """What has been published before an edition."""

    former: Sealed | None = None
    """The newest earlier edition."""
    corrected: Sealed | None = None
    """The edition that this one puts right."""
    inputs: tuple[InputFile, ...] = ()

    def published(self) -> pd.DataFrame | None:
        """Every figure that readers have, columns COLUMNS, hidden ones without value; None when nothing has been published."""
        figures = {key: o for s in (self.former, self.corrected) if s for key, o in s.figures.items()}
        return _frame(tuple(figures.values())) if self.former or self.corrected else None


@dataclass(frozen=True)
class Revised:
    revisions: tuple[Revision, ...] = ()
    """Since the former edition."""
    corrections: tuple[Revision, ...] = ()
    """Since the corrected one."""
    put_right: tuple[RevisionReason, ...] = ()
    """Figures corrected by the errata of this edition."""
    findings: tuple[Finding, ...] = ()


def published_before(project: Project) -> Before:
    """Nothing where no edition has been sealed. Raises ConfigError when a sealed edition was altered."""
    editions, inputs = load_archive(project.root)
    edition, erratum = project.edition, project.erratum
    base = next((s.base for s in editions if erratum and s.id == erratum.corrects), edition.id)
    former = earlier_edition(editions, edition.country, edition.release_date, base)
    corrected = next((s for s in editions if erratum and s.id == erratum.corrects), None)
    used = {f"{EDITIONS}/{s.id}/{name}" for s in (former, corrected) if s for name in (MANIFEST, TABLE)}
    return Before(former, corrected, tuple(i for i in inputs if i.path in used))


def revise(before: Before, protected: Observations, project: Project) -> Revised:
    """Figures that differ from those published before, and what nobody has explained."""
    if not before.former and not before.corrected:
        return Revised()
    lookup = Lookup(protected, project)
    revisions = _since(before.former, lookup, project, project.edition.revisions) if before.former else ()
    corrections: tuple[Revision, ...] = ()
    named: tuple[RevisionReason, ...] = ()
    if before.corrected and project.erratum:
        # What explains a revision since last year says nothing of an error in this one.
        corrections = _since(before.corrected, lookup, project, ())
        named = put_right(project.erratum, corrections, before.corrected.put_right)
        corrections, revisions = explained_by(named, corrections), explained_by(named, revisions)
    return Revised(revisions, corrections, named, (*_unexplained(revisions, before.former), *_unused(revisions, project)))


def _frame(figures: tuple[Observation, ...]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "indicator": o.indicator, **o.coordinates, "period": o.period,
            "value": float("nan") if o.value is None else o.value, "unit": o.unit, "unit_mult": "0",
            "obs_status": ";".join(s.value for s in o.statuses), "conf_status": o.conf.value, "source": o.source,
            "ref_date": o.ref_date, **dict.fromkeys((*COMMENTS, *BOUNDS), ""), "illustrative": o.illustrative,
            "file": "" if o.derived else o.origin.file, "sheet": "", "cell": o.origin.cell,
        }
        for o in figures
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(
        {c: "str" for c in COLUMNS if c not in ("value", "illustrative")} | {"value": "float64", "illustrative": bool}
    )


def _since(sealed: Sealed, lookup: Lookup, project: Project, reasons: Sequence[RevisionReason]) -> tuple[Revision, ...]:
    """Every figure that the sealed edition printed and that is another one now; what is calculated only where a reader can see it."""
    now: dict[str, Observation] = {}
    for indicator in dict.fromkeys(o.indicator for o in sealed.figures.values()):
        now.update({o.key: o for o in lookup.observations(indicator) if o.key in sealed.figures})
    found = compare(sealed.figures, now, reasons)
    return tuple(r for r in found if _matters(r, project.catalogue))


def _matters(revision: Revision, catalogue: Catalogue) -> bool:
    after = revision.after
    if revision.kind is not Amendment.AMENDED or after is None or not after.derived:
        return True
    indicator = catalogue[after.indicator]
    assert revision.old is not None
    assert revision.new is not None
    return not printed_alike(revision.old, revision.new, scale=indicator.scale, decimals=indicator.decimals)


def _unexplained(revisions: tuple[Revision, ...], former: Sealed | None) -> tuple[Finding, ...]:
    """One finding an indicator, with the first figure as example."""
    groups: dict[str, list[Revision]] = {}
    for r in revisions:
        if r.cause is Cause.UNEXPLAINED:
            groups.setdefault(r.key.partition(".")[0], []).append(r)
    found = []
    for indicator, members in groups.items():
        first = members[0]
        place = first.after.origin if first.after else Place()
        parameters: Mapping[str, Parameter] = {
            "indicator": indicator,
            "count": len(members),
            "first": first.key,
            "edition": former.id if former else "",
            "old": "–" if first.old is None else first.old,
            "new": "–" if first.new is None else first.new,
        }
        found.append(Finding("revision-unexplained", Severity.WARNING, place, indicator, parameters))
    return tuple(found)


def _unused(revisions: tuple[Revision, ...], project: Project) -> tuple[Finding, ...]:
    reasons = project.edition.revisions
    used = {id(reason_for(r.key, reasons)) for r in revisions if r.kind in (Amendment.AMENDED, Amendment.DELETED)}
    where = Place("bulletin.yaml", column="revisions")
    return tuple(
        Finding("revision-reason-unused", Severity.WARNING, where, r.key, {"key": r.key}) for r in reasons if id(r) not in used
    )
