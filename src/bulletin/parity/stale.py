"""Translations that have not followed an edit of the text they translate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.translation import Confirmed, Translated

_SHOWN, _AROUND = 240, 40
"""Characters of a text that are shown, and those before the first change."""


@dataclass(frozen=True)
class Agreement:
    """Which texts are stale, and what the record says now."""

    findings: tuple[Finding, ...]
    stale: frozenset[tuple[str, str]]
    """Language and id."""
    confirmed: Confirmed


def agreement(units: Iterable[Translated], before: Confirmed, severity: Severity, confirm: Sequence[str] = ()) -> Agreement:
    """A text is stale when another language of it has changed since both were confirmed and it has not. What changed in all its
    languages counts as translated anew; what is new is recorded as it stands; `confirm` names ids that are accepted as they are.
    """
    findings: list[Finding] = []
    stale: set[tuple[str, str]] = set()
    after: dict[str, dict[str, str]] = {}
    for unit in units:
        known = before.get(unit.id, unit.base)
        edited = [language for language, text in unit.texts.items() if known.get(language, text) != text]
        left = [language for language, text in unit.texts.items() if known.get(language) == text]
        if unit.id in confirm or not (edited and (left or known.keys() - unit.texts.keys())):
            after[unit.id] = {**known, **unit.texts}
            continue
        after[unit.id] = {**unit.texts, **known}
        for language in left:
            stale.add((language, unit.id))
            was, now = _excerpts(known[edited[0]], unit.texts[edited[0]])
            findings.append(
                Finding(
                    "translation-stale",
                    severity,
                    unit.places.get(language, Place()),
                    f"{unit.id}@{language}",
                    {
                        "language": language,
                        "edited": edited[0],
                        "before": was,
                        "after": now,
                        "text": _cut(unit.texts[language]),
                        "name": unit.id,
                    },
                )
            )
    return Agreement(tuple(findings), frozenset(stale), after)


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Both from shortly before the first difference."""
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(0, same - _AROUND)) + 1 if same > _AROUND else 0
    mark = "…" if start else ""
    return mark + _cut(before[start:]), mark + _cut(after[start:])


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
