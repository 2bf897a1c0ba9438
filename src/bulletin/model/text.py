"""A text per language, with no silent fallback from one language to another."""

from __future__ import annotations

from collections.abc import Mapping

LocalText = Mapping[str, str]
"""Language code (`pt`, `en`) to text (SDMX international string)."""


MESSAGES = "pt"
"""Language of the messages where nothing says otherwise."""


def said(text: LocalText, language: str) -> str | None:
    """The text in `language`, or None: the caller decides between a marked gap (draft) and an error (final)."""
    found = text.get(language)
    return found if found else None


def lent(text: str, language: str) -> str:
    """A text in another language than the page's, as a draft prints it where the page's own is missing."""
    return f"[{language}: {text}]"
