"""Corrected issues of a published edition: their ids, and the file that lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bulletin.archive.compare import reason_for
from bulletin.model.edition import Erratum, RevisionReason
from bulletin.model.quality import Amendment, Cause, Revision

_NUMBER = re.compile(r"-r(\d+)$")
HEAD = (
    "# Emissões corrigidas desta edição; constrói-se a última. / Corrected issues of this edition; the last is what is built.\n"
    "errata:\n"
)


def base_of(edition: str) -> str:
    """Id of an edition without the number of its corrected issue."""
    return _NUMBER.sub("", edition)


def next_issue(corrects: str, known: Iterable[str]) -> str:
    """`<edition>-r<n>`, one above the highest that is sealed."""
    return f"{base_of(corrects)}-r{max((issue_number(n) for n in _issues(corrects, known)), default=0) + 1}"


def issue_number(issue: str) -> int:
    """Of a corrected issue; 0 for an edition as it first appeared."""
    found = _NUMBER.search(issue)
    return int(found[1]) if found else 0


def newest_issue(edition: str, known: Iterable[str]) -> str:
    """The last corrected issue that is sealed, else the edition itself."""
    return max(_issues(edition, known), key=issue_number, default=edition)


def _issues(edition: str, known: Iterable[str]) -> list[str]:
    return [name for name in known if base_of(name) == base_of(edition)]


def put_right(erratum: Erratum, corrections: Sequence[Revision], earlier: Sequence[RevisionReason]) -> tuple[RevisionReason, ...]:
    """The erratum's reason for every figure that it amends or takes back, then those of the issues before it (`earlier`). Figures that
    only follow from others keep that as their cause, unless there are no others: then it is how they were worked out that was wrong.
    """
    changed = [r for r in corrections if r.kind in (Amendment.AMENDED, Amendment.DELETED)]
    named = [r.key for r in changed if r.cause is not Cause.CONSEQUENCE] or [r.key for r in changed]
    own = tuple(RevisionReason(key, erratum.reason, "correction") for key in named)
    return (*own, *(r for r in earlier if r.key not in set(named)))


def explained_by(reasons: Sequence[RevisionReason], revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """The same revisions, with the first reason that fits in place of none."""
    found = {r.key: reason_for(r.key, reasons) for r in revisions if r.cause in (Cause.UNEXPLAINED, Cause.CONSEQUENCE)}
    return tuple(replace(r, reason=s.reason, cause=Cause(s.kind)) if (s := found.get(r.key)) else r for r in revisions)


def with_entry(text: str, erratum: Erratum) -> str:
    """errata.yaml with one entry more, on a line of its own."""
    reason = ", ".join(f"{language}: {_quoted(said)}" for language, said in erratum.reason.items())
    entry = f"  - {{id: {_quoted(erratum.id)}, corrects: {_quoted(erratum.corrects)}, reason: {{{reason}}}}}\n"
    return (text.rstrip("\n") + "\n" if text.strip() else HEAD) + entry


def _quoted(text: str) -> str:
    """A JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)
