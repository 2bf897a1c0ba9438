"""Findings as sentences in a user's language."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin.model.finding import Finding


def message(finding: Finding, texts: Mapping[str, str]) -> str:
    """`place: what is wrong; what to do`. A rule without a text shows its name and parameters rather than nothing."""
    pattern = texts.get(finding.rule)
    if pattern is None:
        details = ", ".join(f"{k}={v}" for k, v in finding.parameters.items())
        text = f"{finding.rule} ({details})" if details else finding.rule
    else:
        try:
            text = pattern.format_map({"key": finding.key, **finding.parameters})
        except (KeyError, IndexError, ValueError):
            text = pattern
    place = str(finding.place)
    return f"{place}: {text}" if place else text
