"""Findings and texts of the commands as sentences in a user's language, numbers included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import Formatter
from typing import Any

from bulletin.model.finding import Finding
from bulletin.model.locale import marked

Texts = Mapping[str, str]
"""Rule, or key of a command's text, to pattern; and the number marks of the language (`load_messages`)."""


def message(finding: Finding, texts: Texts) -> str:
    """`place: what is wrong; what to do`. A rule without a text shows its name and parameters rather than nothing."""
    pattern = texts.get(finding.rule)
    if pattern is None:
        details = ", ".join(f"{k}={v}" for k, v in finding.parameters.items())
        text = f"{finding.rule} ({details})" if details else finding.rule
    else:
        try:
            text = filled(pattern, texts, {"key": finding.key, **finding.parameters})
        except (KeyError, IndexError, ValueError):
            text = pattern
    place = str(finding.place)
    return f"{place}: {text}" if place else text


def said(texts: Texts, key: str, **parameters: str | float) -> str:
    """A text of a command; its key where there is none."""
    return filled(texts.get(key, key), texts, parameters)


def filled(pattern: str, texts: Texts, parameters: Mapping[str, str | float]) -> str:
    """`{name}`: a number is written as the language writes numbers, so years and codes come as text. `{name:1=form|forms}`: the
    words for that value, else the last ones. Raises KeyError or ValueError for a pattern that does not fit.
    """
    return _Sentences(texts).vformat(pattern, (), parameters)


def figure(value: float, texts: Texts) -> str:
    """In full and unrounded, but for the noise of binary fractions: `1 234,5` in Portuguese, `1,234.5` in English."""
    if value != value or value in (float("inf"), float("-inf")):
        return "–"
    exact = str(value) if isinstance(value, int) else f"{Decimal(f'{value:.15g}'):f}"
    digits = exact.rstrip("0").rstrip(".") if "." in exact else exact
    return marked(digits, texts.get("decimal", "."), texts.get("group", ""), int(texts.get("min_group", "5")))


class _Sentences(Formatter):
    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Words that a finding has in several languages are `name@language`: those of the message, else the first."""
        if isinstance(key, str) and key not in kwargs:
            own = f"{key}@{self.texts.get('message_language', '')}"
            key = next((k for k in (own, *kwargs) if k in kwargs and k.startswith(f"{key}@")), key)
        return super().get_value(key, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return _chosen(value, format_spec.split("|"))
        if isinstance(value, (int, float)) and not format_spec:
            return figure(value, self.texts)
        return "–" if value == "" else format(value, format_spec)


def _chosen(value: object, choices: Sequence[str]) -> str:
    for choice in choices[:-1]:
        asked, _, words = choice.rpartition("=")
        if asked == str(value) or (isinstance(value, (int, float)) and float(asked) == value):
            return words
    return choices[-1]
