"""Issued blocks found again in a reviewed file: by bookmark, by exact text, by likeness between neighbours that were found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal as OneOf

from bulletin.model.issued import IssuedBlock
from bulletin.model.reviewed import ReadParagraph
from bulletin.review.align import aligned, kept_in_order
from bulletin.review.plain import held, likeness, same, words
from bulletin.review.regions import bounds, whole

LEAST, SURE = 0.35, 0.6
"""Likeness from which on a paragraph may be a block, and below which a person is asked (measured, docx.md section 7)."""
_FURNITURE = ("header", "footer", "cover publisher", "cover partners", "chapter sections")
"""Styles of what the program sets anew on every page or chapter, and no block is."""
_RUNNING = ("text", "item")
_COPY = re.compile(r"(.+)_Copy_\d+")
"""LibreOffice's name for the bookmark of what was pasted while the first still exists."""

How = OneOf["bookmark", "text", "similarity"]


@dataclass(frozen=True)
class Match:
    paragraphs: tuple[int, ...]
    """Several where a reviewer has split the block."""
    how: How
    score: float = 1.0
    carried: bool = False
    """It was taken away where it stood and set somewhere else."""


@dataclass(frozen=True)
class Matching:
    found: dict[int, Match]
    """Position of the block to where it is."""
    joined: dict[int, int]
    """Position of a block to that of the one into which it was joined."""
    deleted: dict[int, tuple[int, ...]]
    """Taken out on the record: position to the paragraphs that say so."""
    missing: tuple[int, ...]
    """Neither found nor recorded as deleted."""
    moved: frozenset[int]
    new: tuple[int, ...]
    """Paragraphs that are no issued block, copies among them."""


@dataclass
class _Search:
    blocks: Sequence[IssuedBlock]
    paragraphs: Sequence[ReadParagraph]
    inside: Collection[int]
    """Tables whose cells are compared by themselves."""
    found: dict[int, Match] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    traces: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    taken: set[int] = field(default_factory=set)

    @cached_property
    def marks(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for n, paragraph in enumerate(self.paragraphs):
            for mark in paragraph.marks:
                found[mark.name].append((n, mark.state))
        return found

    @cached_property
    def pasted(self) -> dict[str, list[int]]:
        """Bookmark to the paragraphs that carry a copy of it: where a paragraph was cut on record, the first stays there."""
        found: dict[str, list[int]] = defaultdict(list)
        for name, places in self.marks.items():
            if copy := _COPY.fullmatch(name):
                found[copy[1]] += [n for n, state in places if state != "empty"]
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Bookmarks of blocks; programs and contents lists have others."""
        return frozenset(b.bookmark for b in self.blocks)

    @cached_property
    def plain(self) -> list[str]:
        return [same(p.accepted) for p in self.paragraphs]

    @cached_property
    def original(self) -> list[str]:
        return [same(p.original) if p.original != p.accepted else self.plain[n] for n, p in enumerate(self.paragraphs)]

    @cached_property
    def issued(self) -> list[str]:
        return [whole(b) for b in self.blocks]

    @cached_property
    def said(self) -> list[tuple[str, ...]]:
        return [words(b.text) for b in self.blocks]

    def words_at(self, block: int, paragraph: int) -> tuple[str, ...]:
        text = self.paragraphs[paragraph].accepted
        start, end = bounds(self.blocks[block], text)
        return words(text[start:end])

    def take(self, block: int, paragraphs: Sequence[int], how: How, score: float = 1.0, *, carried: bool = False) -> None:
        self.found[block] = Match(tuple(paragraphs), how, score, carried)
        self.taken.update(paragraphs)

    def open_blocks(self) -> list[int]:
        return [b for b in range(len(self.blocks)) if b not in self.found and b not in self.joined and self.blocks[b].text]

    def free(self) -> list[int]:
        """Paragraphs with words that may be a block, or new."""
        return [n for n, p in enumerate(self.paragraphs) if n not in self.taken and self.plain[n] and self._is_open(p)]

    def _is_open(self, p: ReadParagraph) -> bool:
        return not (p.contents or (p.cell and p.cell[0] in self.inside) or is_furniture(p))


def is_furniture(paragraph: ReadParagraph) -> bool:
    return paragraph.style.casefold().startswith(_FURNITURE)


def match(blocks: Sequence[IssuedBlock], paragraphs: Sequence[ReadParagraph], inside: Collection[int] = ()) -> Matching:
    """`inside`: indices of the data tables, the paragraphs of whose cells are no blocks."""
    search = _Search(blocks, paragraphs, inside)
    _by_bookmark(search)
    _by_text(search)
    _by_likeness(search)
    _joined_by_words(search)
    _split_by_words(search)
    _elsewhere(search)
    _in_place(search)
    moved = _moved(search)
    left = search.open_blocks()
    deleted = {b: tuple(search.traces[b]) for b in left if search.traces.get(b)}
    missing = tuple(b for b in left if b not in deleted)
    return Matching(search.found, search.joined, deleted, missing, moved, tuple(search.free()))


def _by_bookmark(search: _Search) -> None:
    for b, block in enumerate(search.blocks):
        places = search.marks.get(block.bookmark, [])
        full = sorted({n for n, state in places if state != "empty" and search.plain[n]})
        if full:
            search.take(b, _chosen(search, b, full), "bookmark")
            continue
        for n in dict.fromkeys(n for n, _ in places):
            marks = search.paragraphs[n].marks
            others = any(m.state != "empty" and m.name != block.bookmark and m.name in search.names for m in marks)
            was = search.original[n] == search.issued[b] or likeness(words(search.original[n]), words(search.issued[b]), SURE) > 0
            labelled = block.lead and search.paragraphs[n].accepted.startswith(block.lead) and search.words_at(b, n)
            if search.plain[n] and (labelled or (was and not others)):
                search.take(b, [n], "bookmark")
                break
            search.traces[b].append(n)
    _join(search)


def _chosen(search: _Search, b: int, places: list[int]) -> list[int]:
    """Of several paragraphs with one bookmark those that are the block, split; the others are copies."""
    runs: list[list[int]] = []
    for n in places:
        near = runs and not any(search.plain[m] for m in range(runs[-1][-1] + 1, n))
        if near:
            runs[-1].append(n)
        else:
            runs.append([n])
    ways = [run for run in runs if len(run) > 1] + [[n] for n in places]

    def fits(way: list[int]) -> float:
        return likeness(tuple(w for n in way for w in search.words_at(b, n)), search.said[b])

    return max(ways, key=lambda way: (fits(way), -way[0])) if len(ways) > 1 else ways[0]


def _join(search: _Search) -> None:
    """Blocks of running text whose bookmarks lie in one paragraph; blocks that were issued in one have words before or after."""
    heads: dict[int, int] = {}
    for b, found in sorted(search.found.items()):
        block, place = search.blocks[b], found.paragraphs[0]
        if block.kind not in _RUNNING or block.lead or block.tail or len(found.paragraphs) > 1:
            continue
        head = heads.setdefault(place, b)
        if head != b:
            search.joined[b] = head
    for b in search.joined:
        del search.found[b]


def _by_text(search: _Search) -> None:
    """What stands once on both sides first; what is said several times, as sources are, between neighbours that were found."""
    free: dict[str, list[int]] = defaultdict(list)
    for n in search.free():
        for text in dict.fromkeys((search.plain[n], search.original[n])):
            if text:
                free[text].append(n)
    left = [b for b in search.open_blocks() if not search.traces.get(b)]
    often = Counter(search.issued[b] for b in left)
    for b in left:
        places = free.get(search.issued[b], ())
        if often[search.issued[b]] == len(places) == 1 and places[0] not in search.taken:
            search.take(b, places, "text")
    for (b1, p1), (b2, p2) in pairwise(_anchors(search)):
        for b in [b for b in left if b1 < b < b2 and b not in search.found]:
            texts = (search.issued[b], same(search.blocks[b].text))
            place = next((n for t in texts for n in free.get(t, ()) if p1 < n < p2 and n not in search.taken), None)
            if place is not None:
                search.take(b, [place], "text")
                p1 = place
    _on_one_line(search)
    _on_record(search)


def _anchors(search: _Search) -> list[tuple[int, int]]:
    """Blocks and their paragraphs that kept their order, between the beginning and the end."""
    placed = sorted(search.found)
    kept = kept_in_order([search.found[b].paragraphs[0] for b in placed])
    inner = [(placed[n], search.found[placed[n]].paragraphs[-1]) for n in sorted(kept)]
    return [(-1, -1), *inner, (len(search.blocks), len(search.paragraphs))]


def _on_one_line(search: _Search) -> None:
    for b in search.open_blocks():
        beside = next((f for f in (search.found.get(b - 1), search.found.get(b + 1)) if f and _says(search, b, f)), None)
        if beside:
            search.take(b, beside.paragraphs, "text")


def _on_record(search: _Search) -> None:
    """Blocks whose words only the original view still has."""
    gone: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(search.original):
        if text and not search.plain[n] and n not in search.taken:
            gone[text].append(n)
    for b in search.open_blocks():
        if not search.traces.get(b) and gone.get(search.issued[b]):
            search.traces[b].append(gone[search.issued[b]].pop(0))


def _says(search: _Search, b: int, found: Match) -> bool:
    """Whether a neighbour's paragraph is also that of this block: two that were issued on one line."""
    block = search.blocks[b]
    return bool(block.lead or block.tail) and search.plain[found.paragraphs[0]] == search.issued[b]


def _by_likeness(search: _Search) -> None:
    left = [b for b in search.open_blocks() if not search.traces.get(b)]
    free = search.free()
    standing = {search.issued[b] for b in search.found}
    for (b1, p1), (b2, p2) in pairwise(_anchors(search)):
        gap = [b for b in left if b1 < b < b2]
        spare = [n for n in free if p1 < n < p2 and search.plain[n] not in standing]
        if gap and spare:
            texts = [words(search.plain[n]) for n in spare]
            for x, y, score in aligned([words(search.issued[b]) for b in gap], texts, LEAST):
                search.take(gap[x], [spare[y]], "similarity", round(score, 2))


def _copied(search: _Search, n: int, least: float) -> bool:
    """A paragraph that is more like a block which still stands than `least` is a copy of that one."""
    said = words(search.plain[n])
    return any(
        likeness(words(search.issued[b]), said, least) > least for b in search.found if n not in search.found[b].paragraphs
    )


def _joined_by_words(search: _Search) -> None:
    """A block without a trace whose words now stand in a neighbour's paragraph."""
    for b in search.open_blocks():
        if search.blocks[b].kind not in _RUNNING or any(
            search.original[n] and not search.plain[n] for n in search.traces.get(b, ())
        ):
            continue
        for near in _neighbours(search, b):
            found = search.found[near]
            here = [near, *(other for other, head in search.joined.items() if head == near)]
            added = Counter(search.words_at(near, found.paragraphs[-1])) - Counter(w for one in here for w in search.said[one])
            if len(search.said[b]) > 2 and held(search.said[b], tuple(added.elements())) >= SURE:
                first, second = sorted((near, b))
                if first != near:
                    search.found[first] = found
                    del search.found[near]
                search.joined[second] = first
                search.joined.update({k: first for k, head in search.joined.items() if head == second})
                break


def _neighbours(search: _Search, b: int) -> Iterator[int]:
    """The blocks of running text before and after it that were found, in its language."""
    for step in (-1, 1):
        near = b + step
        while 0 <= near < len(search.blocks) and (
            near in search.joined or search.blocks[near].language != search.blocks[b].language
        ):
            near += step
        if near in search.found and search.blocks[near].kind in _RUNNING:
            yield near


def _split_by_words(search: _Search) -> None:
    """A paragraph without a bookmark that says what its neighbour's block has lost."""
    at = {p: b for b, found in search.found.items() for p in found.paragraphs}
    for n in search.free():
        own = words(search.plain[n])
        for step in (-1, 1):
            near = n + step
            while 0 <= near < len(search.paragraphs) and not search.plain[near]:
                near += step
            b = at.get(near, -1)
            if b < 0 or search.blocks[b].kind not in _RUNNING:
                continue
            said = tuple(w for p in search.found[b].paragraphs for w in search.words_at(b, p))
            lost = Counter(search.said[b]) - Counter(said)
            # A word or two alone tell little, unless the block began or ended with them.
            end = search.said[b][-len(own) :] if step < 0 else search.said[b][: len(own)]
            share = held(own, tuple(lost.elements()))
            told = share >= SURE if len(own) > 2 else share == 1 and own == end
            if told or _is_split(search, b, n, near, share):
                found = search.found[b]
                search.take(b, sorted((*found.paragraphs, n)), found.how, found.score, carried=found.carried)
                at[n] = b
                break


def _is_split(search: _Search, b: int, n: int, near: int, share: float) -> bool:
    """Whether the file itself says that a paragraph and its neighbour were one: on record, or by a bookmark left empty."""
    first = min(n, near)
    recorded = any(r.kind == "split" for r in search.paragraphs[first].revisions)
    marked = any(m.name == search.blocks[b].bookmark for m in search.paragraphs[n].marks)
    return bool(search.original[n]) and ((recorded and bool(search.original[near])) or (marked and share >= LEAST))


def _elsewhere(search: _Search) -> None:
    """Blocks gone from their place whose words stand in another."""
    free = search.free()
    by_text: dict[str, list[int]] = defaultdict(list)
    for n in free:
        by_text[search.plain[n]].append(n)
    left = []
    for b in search.open_blocks():
        places = [n for n in by_text.get(search.issued[b], ()) if n not in search.taken]
        pasted = [n for n in search.pasted.get(search.blocks[b].bookmark, ()) if n in free and n not in search.taken]
        if places or pasted:
            search.take(b, (places or pasted)[:1], "text" if places else "bookmark", carried=True)
        else:
            left.append(b)
    spare = [n for n in free if n not in search.taken]
    if len(left) * len(spare) > 40_000:
        return
    texts = {n: words(search.plain[n]) for n in spare}
    scores = ((likeness(words(search.issued[b]), texts[n], SURE), b, n) for b in left for n in spare if len(search.said[b]) > 3)
    for score, b, n in sorted((s for s in scores if s[0]), key=lambda s: (-s[0], s[1], s[2])):
        if b not in search.found and n not in search.taken and not _copied(search, n, score):
            search.take(b, [n], "similarity", round(score, 2), carried=True)


def _in_place(search: _Search) -> None:
    """A paragraph with nothing but a block's empty bookmark, and no word on record: perhaps that block, written anew; to be asked."""
    free = set(search.free())
    for b in search.open_blocks():
        for n in search.traces.get(b, ()):
            if (
                n in free
                and not search.paragraphs[n].revisions
                and len(search.names & {m.name for m in search.paragraphs[n].marks}) == 1
            ):
                score = likeness(words(search.issued[b]), words(search.plain[n]))
                search.take(b, [n], "similarity", min(round(score, 2), SURE - 0.01))
                free.discard(n)
                break


def _moved(search: _Search) -> frozenset[int]:
    placed = sorted(search.found)
    kept = kept_in_order([search.found[b].paragraphs[0] for b in placed])
    return frozenset(b for n, b in enumerate(placed) if n not in kept or search.found[b].carried)
