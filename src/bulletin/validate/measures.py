"""What the quality annex says in figures: response, gaps, statuses, timeliness, revisions, rules and rows."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.period import Period
from bulletin.model.quality import ORIGIN, Amendment, Arrival, Availability, Measure, Revision, RowAccount, RuleOutcome
from bulletin.model.supply import due_of, institution_id

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations
    from bulletin.model.project import Project


@dataclass(frozen=True)
class _Row:
    """An observation as received, as far as quality looks at it."""

    institution: str
    period: Period
    valued: bool
    statuses: frozenset[str]
    illustrative: bool


def measures(
    received: Observations,
    project: Project,
    availability: Sequence[Availability],
    outcomes: Sequence[RuleOutcome],
    revisions: Sequence[Revision],
    accounts: Sequence[RowAccount],
) -> tuple[Measure, ...]:
    """Of the whole edition, then of each institution, kind of rule and file; a share without a base is left out.

    `received`: one row per key, before disclosure control. All figures are counts of cells, days, or sizes of revisions that both
    editions publish, so that none tells anything of a hidden value.
    """
    rows = tuple(_rows(received, project))
    institutions = sorted({a.institution for a in availability} | {r.institution for r in rows if not r.illustrative})
    found = [*_of_cells(availability, ""), *_of_rows(rows, project, ""), *_of_revisions(revisions, project, "", all_=True)]
    found += _dates(availability, project)
    for name in institutions:
        found += _of_cells([a for a in availability if a.institution == name], name or NOBODY)
        found += _of_rows([r for r in rows if r.institution == name and not r.illustrative], project, name or NOBODY)
        found += _of_revisions(revisions, project, name)
    found += _of_rules(outcomes)
    for account in accounts:
        found += _of_account(account, account.file)
    found += _by_origin(received, project, accounts)
    found += [Measure("rows", "", sum(a.read for a in accounts), "COUNT")]
    found += [Measure("rows_rejected", "", sum(a.rejected for a in accounts), "COUNT")]
    return tuple(found)


PER_CENT = "PT"
"""Unit of rates."""

MADE_UP = "*"
"""Stands for illustrative rows among the institutions that a file comes from."""


def _of_account(account: RowAccount, subject: str) -> list[Measure]:
    parts = {"read": account.read, "used": account.used, "rejected": account.rejected, "ignored": account.ignored}
    return [Measure(part, subject, count, "COUNT") for part, count in parts.items()]


def _by_origin(received: Observations, project: Project, accounts: Sequence[RowAccount]) -> Iterator[Measure]:
    """Files whose rows come from the same institutions together: what became of rows is printed under the names of who sent them."""
    senders: dict[str, dict[str, None]] = {}
    for frame in (received.frame, received.alternates):
        columns = (frame[c].astype(str).tolist() for c in ("file", "source"))
        for file, source, illustrative in dict.fromkeys(zip(*columns, frame["illustrative"].astype(bool).tolist(), strict=True)):
            senders.setdefault(file, {})[MADE_UP if illustrative else _institution(project, source) or NOBODY] = None
    read = {account.file for account in accounts}
    # Figures of a form are read from a table and name the workbook that they were sent in.
    sent = {name: None for file, names in senders.items() if file and file not in read for name in names} or {NOBODY: None}
    groups: dict[tuple[str, ...], RowAccount] = {}
    for account in accounts:
        names = tuple(sorted(senders.get(account.file, sent)))
        so_far = groups.get(names, RowAccount("", 0, 0, 0, 0))
        groups[names] = RowAccount(
            "", so_far.read + account.read, so_far.used + account.used,
            so_far.rejected + account.rejected, so_far.ignored + account.ignored,
        )  # fmt: skip
    for names, total in groups.items():
        yield from _of_account(total, ORIGIN + ";".join(names))


NOBODY = "?"
"""Subject for cells of no known institution."""


def _share(name: str, subject: str, part: int, whole: int) -> Iterator[Measure]:
    if whole:
        yield Measure(name, subject, 100 * part / whole, "PT")


def _of_cells(entries: Sequence[Availability], subject: str) -> Iterator[Measure]:
    """Response: cells of which a row arrived, among those expected. Gaps: rows without a value, among those that arrived."""
    expected, answered = sum(e.expected for e in entries), sum(e.answered for e in entries)
    received = sum(e.received for e in entries)
    if not expected:
        return
    yield Measure("expected", subject, expected, "COUNT")
    yield Measure("received", subject, received, "COUNT")
    yield from _share("response", subject, answered, expected)
    yield from _share("gaps", subject, answered - received, answered)


def _of_rows(rows: Sequence[_Row], project: Project, subject: str) -> Iterator[Measure]:
    """Shares of the values received, and days from the end of the newest reference period to the release."""
    values = [r for r in rows if r.valued]
    yield Measure("values", subject, len(values), "COUNT")
    yield from _share("provisional", subject, sum("P" in r.statuses for r in values), len(values))
    yield from _share("estimated", subject, sum(bool({"E", "I"} & r.statuses) for r in values), len(values))
    yield from _share("forecast", subject, sum("F" in r.statuses for r in values), len(values))
    if not subject:
        yield from _share("illustrative", subject, sum(r.illustrative for r in values), len(values))
    release = date.fromisoformat(project.edition.release_date)
    ends = [_end(r.period) for r in values if not r.illustrative and "F" not in r.statuses]
    past = [end for end in ends if end <= release]
    if past:
        yield Measure("days", subject, (release - max(past)).days, "DAYS")


def _of_revisions(revisions: Sequence[Revision], project: Project, subject: str, *, all_: bool = False) -> Iterator[Measure]:
    """Mean size of the amendments of received counts and amounts, in % of the former value; rates change in points and stand apart."""
    sizes = [
        100 * abs(r.difference) / abs(r.old)
        for r in revisions
        if r.kind is Amendment.AMENDED and r.difference is not None and r.old and r.after is not None and r.after.origin.file
        if r.after.unit != PER_CENT
        if all_ or _institution(project, r.after.source) == subject
    ]
    if all_ and revisions:
        yield Measure("amended", subject, _amended(revisions), "COUNT")
    if sizes:
        yield Measure("revision", subject, sum(sizes) / len(sizes), "PT")


def _amended(revisions: Sequence[Revision]) -> int:
    return sum(
        r.kind is Amendment.AMENDED
        and r.difference is not None
        and bool(r.old)
        and r.after is not None
        and bool(r.after.origin.file)
        for r in revisions
    )


def _of_rules(outcomes: Sequence[RuleOutcome]) -> Iterator[Measure]:
    kinds = list(dict.fromkeys(o.rule for o in outcomes))
    for subject in ("", *kinds):
        chosen = [o for o in outcomes if not subject or o.rule == subject]
        checked, failed = sum(o.checked for o in chosen), sum(o.failed for o in chosen)
        yield Measure("checked", subject, checked, "COUNT")
        yield Measure("passed", subject, checked - failed, "COUNT")
        yield Measure("failed", subject, failed, "COUNT")
        yield Measure("not_evaluated", subject, sum(o.not_evaluated for o in chosen), "COUNT")


def _dates(entries: Iterable[Availability], project: Project) -> Iterator[Measure]:
    """Institutions with a date agreed, and those of them that are late."""
    entries = tuple(entries)
    due = {e.institution for e in entries if e.institution and due_of(project, e.institution)}
    yield Measure("due", "", len(due), "COUNT")
    if due:
        yield Measure("late", "", len({e.institution for e in entries if e.state is Arrival.LATE}), "COUNT")


def _rows(received: Observations, project: Project) -> Iterator[_Row]:
    frame = received.frame
    columns = ("source", "period", "value", "obs_status", "conf_status", "illustrative")
    for source, period, value, status, conf, illustrative in zip(*(frame[c].tolist() for c in columns), strict=True):
        statuses = frozenset(str(status).split(";"))
        hidden = str(conf) not in ("", ConfStatus.FREE.value) or ObsStatus.SUPPRESSED.value in statuses
        yield _Row(
            _institution(project, str(source)), Period.parse(str(period)), value == value or hidden, statuses, bool(illustrative)
        )


def _institution(project: Project, source: str) -> str:
    known = project.sources.get(source)
    return institution_id(project, known.institution) or known.institution if known else ""


def _end(period: Period) -> date:
    return date(period.year, period.month, calendar.monthrange(period.year, period.month)[1])
