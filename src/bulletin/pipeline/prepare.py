"""From files to protected observations and findings: the part that `check` and `build` share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import ConfigError, DataError
from bulletin.load.account import FileAccount
from bulletin.model.concepts import ConceptColours
from bulletin.model.dataset import Observations
from bulletin.model.edition import RevisionReason
from bulletin.model.finding import Finding, Severity
from bulletin.model.narration import Narration
from bulletin.model.project import InputFile, Project
from bulletin.model.quality import Availability, Cause, Measure, Revision, RowAccount, RuleOutcome
from bulletin.model.sealed import Sealed
from bulletin.model.text import LocalText
from bulletin.pipeline.inputs import as_read, digests
from bulletin.pipeline.kept import Kept, canonical
from bulletin.pipeline.progress import Progress
from bulletin.protect.plan import Withheld
from bulletin.validate.waive import waive

if TYPE_CHECKING:
    from bulletin.load.changes import DataChange
    from bulletin.pipeline.revise import Before, Revised


@dataclass(frozen=True)
class Prepared:
    project: Project
    received: Observations
    observations: Observations
    """Derived and protected."""
    findings: tuple[Finding, ...]
    accounting: tuple[FileAccount, ...]
    inputs: tuple[InputFile, ...]
    outcomes: tuple[RuleOutcome, ...] = ()
    availability: tuple[Availability, ...] = ()
    revisions: tuple[Revision, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    """Private: why each received figure is hidden."""
    former: Sealed | None = None
    corrected: Sealed | None = None
    corrections: tuple[Revision, ...] = ()
    put_right: tuple[RevisionReason, ...] = ()
    """Figures corrected by the errata of this edition, the newest first."""
    measures: tuple[Measure, ...] = ()
    """Figures about the edition itself, for its quality annex."""

    @property
    def waived(self) -> Mapping[str, LocalText]:
        """Key of an observation to the reason of its accepted finding."""
        applied = {(f.rule, f.key) for f in self.findings if f.waived}
        return {w.key: w.reason for w in self.project.edition.waivers if (w.rule, w.key) in applied}


@dataclass(frozen=True)
class Figures:
    """What the data files give, and what is found in them: no sentence of an edition has any part in it."""

    received: Observations
    observations: Observations
    findings: tuple[Finding, ...]
    accounting: tuple[FileAccount, ...]
    inputs: tuple[InputFile, ...]
    outcomes: tuple[RuleOutcome, ...]
    availability: tuple[Availability, ...]
    revisions: Revised
    before: Before
    withheld: tuple[Withheld, ...]
    measures: tuple[Measure, ...]


def prepare(
    root: Path,
    progress: Progress,
    languages: tuple[str, ...] = (),
    *,
    changes: Sequence[DataChange] = (),
    outline: str = "",
    kept: Kept | None = None,
) -> Prepared:
    """Reads, validates, derives, protects. Raises ConfigError for a broken set-up; bad data come back as findings.

    `changes`: what is read in place of what the data files hold; `outline`: in place of the edition's own; `kept`: what was made
    before.
    """
    from bulletin.load.memory import remembering
    from bulletin.load.project import load_project

    kept = kept or Kept()
    progress("load", "")
    with remembering(kept.recalled):
        project, warnings = load_project(root, languages, outline=outline)
        return prepare_project(project, warnings, progress, changes=changes, kept=kept)


def prepare_project(
    project: Project,
    warnings: tuple[Finding, ...],
    progress: Progress,
    *,
    changes: Sequence[DataChange] = (),
    kept: Kept | None = None,
) -> Prepared:
    """Of a project that has been read, with the warnings of its reading."""
    data = without_words(project)
    known = None if kept is None or kept.cache.folder is None or changes else digests(project.root)
    if kept is None or known is None:
        found = _figures(data, progress, changes)
    else:
        files = [f"{name}\0{known[name]}" for name in sorted(known) if not name.startswith(WORDS)]
        key: tuple[bytes | str, ...] = (canonical(replace(data, root=Path())), *files)
        # Nobody may have saved a file in between: what was read is what the key says.
        found = kept.once("figures", "", key, lambda: _figures(data, progress, ()), lambda f: as_read(f.inputs, known))
    findings = waive((*warnings, *found.findings), project.edition)
    findings = accepted_before(findings, project, found.before.former)
    inputs = {i.path: i for i in (*project.inputs, *found.inputs)}
    return Prepared(
        project,
        found.received,
        found.observations,
        findings,
        found.accounting,
        tuple(inputs[p] for p in sorted(inputs)),
        found.outcomes,
        found.availability,
        withheld=found.withheld,
        revisions=found.revisions.revisions,
        former=found.before.former,
        corrected=found.before.corrected,
        corrections=found.revisions.corrections,
        put_right=found.revisions.put_right,
        measures=found.measures,
    )


def without_words(project: Project) -> Project:
    """What the stages before compose work with. That they are given no more proves that a sentence or a picture cannot change a
    figure or a finding about one."""
    return replace(
        project, leaflets=(), narrative={}, patterns={}, glossary=(), geometries=(), messages={}, inputs=(),
        metadata=(), narration=Narration(), colours=ConceptColours(), lenders={}, translated=(), overrides=(), pictures={},
    )  # fmt: skip


WORDS = ("text/", "overrides/", "review/")
"""Folders of a project in which the stages before compose open nothing."""


def _figures(project: Project, progress: Progress, changes: Sequence[DataChange]) -> Figures:
    from bulletin.derive.check import check_formulas, errors_of
    from bulletin.load.observations import load_observations
    from bulletin.pipeline.disclose import marked_and_derived
    from bulletin.pipeline.revise import published_before, revise
    from bulletin.pipeline.suspects import worded
    from bulletin.protect.protect import protect
    from bulletin.validate.availability import availability
    from bulletin.validate.measures import measures
    from bulletin.validate.rules import check_rules, validate

    declared = check_formulas(project.catalogue)
    broken = (*errors_of(declared), *check_rules(project))
    if broken:
        raise ConfigError(broken)
    before = published_before(project)
    loaded = load_observations(project, changes=changes)
    progress("validate", str(len(loaded.observations.frame)))
    received, outcomes = validate(loaded.observations, project, "received", before.published())
    progress("derive", "")
    marked, derived, faults = marked_and_derived(loaded.observations, project, before.published())
    after, later = validate(derived, project, "derived")
    after = worded(after, derived, project)
    progress("protect", "")
    protected, hidden = protect(derived, project)
    revised = revise(before, protected, project)
    explained = {r.key for r in revised.revisions if r.cause is not Cause.UNEXPLAINED}
    received = tuple(f for f in received if f.rule != "revision-large" or f.key not in explained)
    arrived = availability(derived, project)
    accounts = tuple(RowAccount(a.file, a.read, a.used, a.rejected, a.ignored) for a in loaded.accounting)
    return Figures(
        loaded.observations,
        protected,
        (*declared, *loaded.findings, *received, *faults, *after, *marked.findings, *hidden, *revised.findings),
        loaded.accounting,
        (*loaded.inputs, *before.inputs),
        (*outcomes, *later),
        arrived,
        revised,
        before,
        marked.log,
        measures(loaded.observations, project, arrived, (*outcomes, *later), revised.revisions, accounts),
    )


def accepted_before(findings: tuple[Finding, ...], project: Project, former: Sealed | None) -> tuple[Finding, ...]:
    """In a draft, what the edition before accepted is a warning until it is accepted anew or mended: waivers expire with their
    edition, yet the next one must build while its figures are being collected."""
    if former is None or project.edition.status != "draft":
        return findings
    known = former.waived
    return tuple(
        replace(f, severity=Severity.WARNING) if f.severity is Severity.ERROR and not f.waived and (f.rule, f.key) in known else f
        for f in findings
    )


def stands_against(findings: tuple[Finding, ...], *, strict: bool) -> bool:
    """Whether a finding that is not waived is an error, or with `strict` a warning."""
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(f.severity in counted and not f.waived for f in findings)


def stop_on_errors(findings: tuple[Finding, ...], *, strict: bool) -> None:
    """Raises DataError with all findings when one stands against a build."""
    if stands_against(findings, strict=strict):
        raise DataError(findings)
