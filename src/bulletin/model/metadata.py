"""Reference metadata: what an office says of its statistics under the headings of ESMS, the European metadata structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.model.edition import Edition
from bulletin.model.text import LocalText


@dataclass(frozen=True)
class MetadataItem:
    """One heading; its title and what belongs under it are shipped, the text is the country's unless the program knows it."""

    id: str
    title: LocalText = field(default_factory=dict)
    asks: LocalText = field(default_factory=dict)
    """What belongs here: printed in a draft where nothing has been said."""
    text: LocalText = field(default_factory=dict)
    """`{publisher}`, `{contact}`, `{reference_date}`, `{release_date}`, `{year}`, `{first}`, `{last}`, `{languages}` stand for what
    bulletin.yaml says; a text whose value is not known counts as not said."""
    institutions: Mapping[str, LocalText] = field(default_factory=dict)
    """What holds for the figures of one institution only, by its id or acronym; printed after the text."""


def is_said(item: MetadataItem, edition: Edition) -> bool:
    """Whether there is something to print under the heading."""
    if item.institutions:
        return True
    given = {"{contact}": edition.contact, "{reference_date}": edition.reference_date}
    text = " ".join(item.text.values())
    return bool(text) and not any(name in text and not value for name, value in given.items())
