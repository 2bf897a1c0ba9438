"""Waivers: findings that a person in charge accepts, with a reason; they stay on record and stop nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from bulletin.model.edition import Edition, Waiver

UNUSED = "waiver-unused"
EXPIRED = "waiver-expired"


def waive(findings: Iterable[Finding], edition: Edition) -> tuple[Finding, ...]:
    """The findings with the reason of the waiver that names their rule and key, then what is wrong with the waivers themselves.

    To be called once, with the findings of all stages: a waiver that meets none of them is a warning. A finding without a key is
    named by its file.
    """
    found = tuple(findings)
    marked = accept(found, edition)
    met = {(f.rule, waivable(f)) for f in found}
    said = [
        Finding(EXPIRED if _expired(w, edition) else UNUSED, Severity.WARNING, Place("bulletin.yaml"), w.key, _parameters(w))
        for w in edition.waivers
        if _expired(w, edition) or (w.rule, w.key) not in met
    ]
    return (*marked, *said)


def accept(findings: Iterable[Finding], edition: Edition) -> tuple[Finding, ...]:
    """The findings, those that a waiver names with its reason."""
    valid = {(w.rule, w.key): w for w in edition.waivers if not _expired(w, edition)}
    return tuple(
        replace(f, waived=_reason(valid[f.rule, waivable(f)], edition)) if (f.rule, waivable(f)) in valid else f for f in findings
    )


def waivable(finding: Finding) -> str:
    """What `key:` of a waiver must say."""
    return finding.key or finding.place.file


def _expired(waiver: Waiver, edition: Edition) -> bool:
    return bool(waiver.expires) and waiver.expires < edition.id


def _parameters(waiver: Waiver) -> dict[str, str]:
    return {"rule": waiver.rule, "key": waiver.key, "expires": waiver.expires}


def _reason(waiver: Waiver, edition: Edition) -> str:
    reasons = [waiver.reason.get(language, "") for language in (edition.messages, *edition.languages)]
    return next((r for r in [*reasons, *waiver.reason.values()] if r), waiver.rule)
