"""What a file sent out for review has beside the edition: how to review it, and comments at their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GUIDE = "review"
"""Begins the ids of the words on how to review."""
POINTS = 7


@dataclass(frozen=True)
class Comment:
    block: str
    language: str
    text: str
    """A line is a paragraph."""
    author: str


@dataclass(frozen=True)
class ForReview:
    build: str
    date: str
    """ISO 8601 day of all comments."""
    comments: tuple[Comment, ...] = ()
    """Of all languages; a file takes those of its own."""


@dataclass(frozen=True)
class Guide:
    title: tuple[str, str]
    """Id and words, as all that follows."""
    lede: tuple[str, str]
    points: tuple[tuple[str, str], ...]
    """The first sentence of each says what to do, the rest why."""
    build: tuple[str, str]

    def lines(self) -> tuple[tuple[str, str], ...]:
        return (self.title, self.lede, *self.points, self.build)


def guide(words: Mapping[str, str], build: str) -> Guide:
    return Guide(
        (f"{GUIDE}.heading", words["review_title"]),
        (f"{GUIDE}.lede", words["review_lede"]),
        tuple((f"{GUIDE}.{n}", words[f"review_{n}"]) for n in range(1, POINTS + 1)),
        (f"{GUIDE}.build", words["review_build"].format(build=build)),
    )
