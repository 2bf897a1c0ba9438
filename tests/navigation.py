"""Checks what leads a reader through a finished PDF: contents, lists, bookmarks, running feet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pages import Page
from printed import Index, squeezed
from tag_tree import Node


def wrong_contents(root: Node, places: dict[str, int], index: Index) -> Iterator[str]:
    """Entries whose number is not that of the page they lead to, and headings or exhibits without an entry."""
    entries = [(n, [k for k in n.walk() if k.tag == "/Link"]) for n in root.walk() if n.tag == "/LI"]
    listed: set[str] = set()
    for entry, links in entries:
        if len(links) < 2 or not links[-1].text.isdigit():
            continue
        said, target = int(links[-1].text), links[-1].links
        listed.add(target)
        if {link.links for link in links} != {target}:
            yield f"{entry.text[:50]}: title and number lead to different places"
        if places.get(target) != said:
            yield f"{entry.text[:50]}: leads to page {places.get(target)}"
    for label in sorted(index.labels) if listed else ():
        number = re.sub(r"^[^\W\d_]*?(?=([A-Z]\.)?\d)", "", label)
        if not any(entry.text.startswith(number) for entry, links in entries if len(links) > 1):
            yield f"not in the lists: {label}"
    contents = {entry.page for entry, links in entries if len(links) > 1}
    for heading in _headings(root) if listed else ():
        if heading.page not in contents and not _is_listed(heading, entries):
            yield f"not in the contents: {heading.text[:50]}"


def _is_listed(heading: Node, entries: Sequence[tuple[Node, list[Node]]]) -> bool:
    return any(len(links) > 1 and "".join(k.text for k in links[:-1]) in heading.text for _, links in entries if links)


def _headings(root: Node) -> Iterator[Node]:
    """Of chapters and sections: a section has a number, or it is a small heading inside one."""
    for node in root.walk():
        if node.tag == "/H1" or (node.tag == "/H2" and node.text[:1].isalnum() and node.text[1:3].strip(".0123456789") == ""):
            yield node


def wrong_bookmarks(root: Node, marks: Sequence[tuple[int, str, int]]) -> Iterator[str]:
    """Bookmarks say every chapter and section, in order, nested, with its page."""
    headings = [(int(h.tag[2]), h.text, h.page) for h in _headings(root)]
    if len(headings) != len(marks):
        missing = [h for _, h, _ in headings if not any(title.endswith(h) for _, title, _ in marks)]
        yield f"{len(marks)} bookmarks for {len(headings)} headings; without: {missing[:5]}"
        return
    for (level, words, page), (depth, title, place) in zip(headings, marks, strict=True):
        if (level, page) != (depth, place) or not title.endswith(words):
            yield f"heading {level} {words[:40]} on {page}: bookmark {depth} {title[:40]} to {place}"


def wrong_feet(pages: Sequence[Page], root: Node) -> Iterator[str]:
    """Every page but the cover and those left empty says its number; a right-hand page the chapter, a left-hand page the publication."""
    chapters = [(n.page, n.text) for n in root.walk() if n.tag == "/H1"]
    publication = ""
    for page in pages[1:]:
        if not page.sheet.words:  # `blank` tells of one that has no reason to be
            continue
        foot = [w for w in page.sheet.words if page.sheet.in_foot(w)]
        folio = [w for w in foot if w.text == str(page.number)]
        words = squeezed("".join(w.text for w in foot if w not in folio))
        if len(folio) != 1:
            yield f"p. {page.number}: no folio"
            continue
        if page.is_landscape or page.number % 2 == 0:
            publication = publication or words
            if words != publication:
                yield f"p. {page.number}: {words} instead of {publication}"
            continue
        here = [title for at, title in chapters if at == page.number]
        title = here[0] if here else next((t for at, t in reversed(chapters) if at < page.number), "")
        if not words.replace("/", "").endswith(title):
            yield f"p. {page.number}: {words} in the chapter {title}"
        if folio[0].left < page.sheet.width / 2:
            yield f"p. {page.number}: folio on the inner side"
