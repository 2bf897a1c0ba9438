"""A text that the project says in several languages, and the wording in which its languages were last known to agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.model.finding import Place


@dataclass(frozen=True)
class Translated:
    id: str
    """`pensions/registered.limits` for a paragraph of `text/`, `sources.yaml/INSS-2023.short` for a text of a configuration file."""
    texts: Mapping[str, str]
    """Language to the text as it is written, on one line."""
    places: Mapping[str, Place] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    """The texts before reviewers reworded them: they agree where nothing has been recorded yet."""


Confirmed = Mapping[str, Mapping[str, str]]
"""Id to language to text: the languages agree in these."""
