"""A reviewer's wording for one block of an edition, with the digest of the wording that it replaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.finding import Place

NAME = re.compile(r"\{([^\W\d]\w*)\}")
"""A name that stands for a figure: `{cov}`."""


@dataclass(frozen=True)
class Reviewer:
    author: str
    date: str = ""
    tracked: bool = False
    """The edit was recorded as a tracked change."""


@dataclass(frozen=True)
class Override:
    action: Literal["replace", "drop", "insert-after"]
    text: str = ""
    """Plain words, in which `{name}` stands for a figure; nothing else in it has a meaning."""
    base: str = ""
    """Digest of the generated wording that the reviewer saw, its figures left out."""
    placeholders: Mapping[str, str] = field(default_factory=dict)
    """Name to the id of a fact, as facts.json lists it."""
    by: tuple[Reviewer, ...] = ()
    state: Literal["applied", "needs-decision", "rejected"] = "applied"
    after: str = ""
    """Of `insert-after`: the block after which the new one stands; empty: the block under whose id the entry is."""


@dataclass(frozen=True)
class Reviewed:
    """An override in its place."""

    id: str
    """Of the block that it says; a new one for `insert-after`."""
    target: str
    """Id of the generated block."""
    language: str
    chapter: str
    template: str
    """Id of the paragraph, or of the list, in the chapter's narrative."""
    override: Override
    place: Place
