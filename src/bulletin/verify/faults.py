"""How the checks tell a fault: findings that name the file."""

from __future__ import annotations

from bulletin.model.finding import Finding, Place, Severity


def fault(rule: str, file: str, /, **parameters: str | int) -> Finding:
    return Finding(rule, Severity.ERROR, Place(file), file, parameters)


def unchecked(rule: str, file: str, /, **parameters: str | int) -> Finding:
    """Something that could not be looked at: no fault, and no proof that there is none."""
    return Finding(rule, Severity.WARNING, Place(file), file, parameters)
