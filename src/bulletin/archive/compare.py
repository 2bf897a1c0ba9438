"""Two editions side by side: which published figures were amended, added, deleted, and for which declared reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from bulletin.model.dataset import Observation
from bulletin.model.edition import RevisionReason
from bulletin.model.period import Period
from bulletin.model.quality import Amendment, Cause, Revision

NOISE = 1e-9
"""Relative difference below which two floats are the same figure."""


def compare(
    old: Mapping[str, Observation],
    new: Mapping[str, Observation],
    reasons: Sequence[RevisionReason] = (),
    first: int = 0,
    last: int = 9999,
) -> tuple[Revision, ...]:
    """One revision per key of either side that differs, by indicator and key. `first` and `last`: the years of the tables of the
    new edition, outside which a figure that is gone needs no reason."""
    keys = sorted(old.keys() | new.keys(), key=lambda k: (k.partition(".")[0], k))
    found = (_between(key, old.get(key), new.get(key), reasons, (first, last)) for key in keys)
    return tuple(r for r in found if r is not None)


def _between(
    key: str,
    before: Observation | None,
    after: Observation | None,
    reasons: Sequence[RevisionReason],
    years: tuple[int, int],
) -> Revision | None:
    if any(o is not None and o.hidden for o in (before, after)):
        both = all(o is not None and o.hidden for o in (before, after))
        told = any(o is not None and o.value is not None for o in (before, after))
        return Revision(key, Amendment.HIDDEN, None, None) if told and not both else None
    old, new = (o.value if o else None for o in (before, after))
    if old is None:
        return None if new is None else Revision(key, Amendment.ADDED, None, new, before=before, after=after)
    kind = Amendment.DELETED if new is None else Amendment.AMENDED
    if before and after and new is not None and math.isclose(old, new, rel_tol=NOISE) and before.unit == after.unit:
        return None
    reason, cause = _explained(key, before, after, kind, reasons, years)
    return Revision(key, kind, old, new, reason, cause, before, after)


def _explained(
    key: str,
    before: Observation | None,
    after: Observation | None,
    kind: Amendment,
    reasons: Sequence[RevisionReason],
    years: tuple[int, int],
) -> tuple[Mapping[str, str], Cause]:
    declared = reason_for(key, reasons)
    if declared is not None:
        return declared.reason, Cause(declared.kind)
    shown = after or before
    assert shown is not None
    if kind is Amendment.DELETED and not years[0] <= Period.parse(shown.period).year <= years[1]:
        return {}, Cause.WINDOW
    return {}, Cause.CONSEQUENCE if shown.derived else Cause.UNEXPLAINED


def reason_for(key: str, reasons: Sequence[RevisionReason]) -> RevisionReason | None:
    """The first whose pattern is the key, its indicator, or fits the key with `*` for any text."""
    indicator = key.partition(".")[0]
    return next((r for r in reasons if r.key in (key, indicator) or fnmatchcase(key, r.key)), None)


def stands_open(revisions: Sequence[Revision]) -> bool:
    """Whether a figure was amended or deleted and nobody has said why."""
    return any(r.cause is Cause.UNEXPLAINED for r in revisions)
