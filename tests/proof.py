"""Reads a finished PDF as a proof-reader would, and says what is wrong, one line for each fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exhibits import badly_cut
from navigation import wrong_bookmarks, wrong_contents, wrong_feet
from pages import (
    Page,
    blank,
    crowded,
    ending_with_heading,
    foreign_fonts,
    hollow,
    outside,
    overlapping,
    read_pages,
    small_letters,
)
from paragraphs import broken
from printed_tree import read_tree
from tag_tree import bookmarks, places, read_tags


def faults(path: Path) -> list[str]:
    """Of a PDF; the cover, which bleeds, is asked only for its letters. What is an exhibit is told by the tree beside the file."""
    pages, root = read_pages(path), read_tags(path)
    found = [f"font {f}" for f in foreign_fonts(path)]
    for page, following in zip(pages, (*pages[1:], None), strict=True):
        found += [f"p. {page.number}: {told}" for told in of_page(page, pages[page.number - 2], following)]
    trees = [t for t in (path.with_name(f"document.{part}.json") for part in path.stem.split("-")[1:]) if t.exists()]
    if len(trees) == 1:  # two languages side by side have two
        index = read_tree(trees[0])[1]
        found += [f"p. {number}: {told}" for number, told in badly_cut(root, index)]
        found += wrong_contents(root, places(path), index)
    found += wrong_bookmarks(root, bookmarks(path))
    return found + list(wrong_feet(pages, root))


def of_page(page: Page, former: Page, following: Page | None) -> Iterator[str]:
    yield from small_letters(page)
    if page.number == 1:
        return
    for rule in (outside, overlapping, crowded, ending_with_heading):
        yield from rule(page)
    yield from broken(page, following)
    yield from hollow(page, former, following)
    yield from blank(page, following)
