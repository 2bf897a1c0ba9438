"""Two states of an edition side by side: which figures, claims, sentences, tables and charts differ, and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulletin.document.lines import Line
from bulletin.ledger.answer import ClaimSeen
from bulletin.ledger.book import Book
from bulletin.ledger.nodes import Node, nodes, number, one, plain, text, texts
from bulletin.ledger.printed import Pages, column_heads, labelled_rows

_EXHIBITS = {"Table": "table", "Figure": "chart"}


@dataclass(frozen=True)
class State:
    """What an edition says, as it is or as it would be."""

    book: Book
    pages: Mapping[str, Pages]
    """By language."""

    @cached_property
    def facts(self) -> Mapping[str, Node]:
        return {text(n, "id"): n for n in self.book.items.all("facts")}

    @cached_property
    def claims(self) -> Mapping[tuple[str, str], ClaimSeen]:
        return {(c.id, c.language): c for c in self.book.claims()}


@dataclass(frozen=True)
class FigureChange:
    id: str
    old: Mapping[str, tuple[str, ...]]
    """Printed forms by language; empty where the figure is new."""
    new: Mapping[str, tuple[str, ...]]
    """Empty where it is no longer printed."""
    values: tuple[float | None, float | None]
    blocks: tuple[str, ...]
    statuses: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Before and after; empty where the figure is not printed."""
    illustrative: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class ClaimChange:
    """What was stated and what would be; None where nothing was, or would be."""

    id: str
    languages: tuple[str, ...]
    old: ClaimSeen | None
    new: ClaimSeen | None


@dataclass(frozen=True)
class WordsChange:
    language: str
    block: str
    where: str
    old: tuple[str, ...]
    """Sentences, titles, notes or key figures that would no longer be there."""
    new: tuple[str, ...]


@dataclass(frozen=True)
class ExhibitChange:
    language: str
    block: str
    kind: str
    """`table` or `chart`."""
    title: str
    cells: tuple[tuple[str, str, str], ...]
    """Row and column, what stood there, what would; empty where only its form changes."""


@dataclass(frozen=True)
class Impact:
    figures: tuple[FigureChange, ...]
    claims: tuple[ClaimChange, ...]
    words: tuple[WordsChange, ...]
    exhibits: tuple[ExhibitChange, ...]

    @property
    def blocks(self) -> Mapping[str, frozenset[str]]:
        """Language to ids of everything that changes."""
        found: dict[str, set[str]] = {}
        changed = [(w.language, w.block) for w in self.words] + [(e.language, e.block) for e in self.exhibits]
        for language, block in changed:
            found.setdefault(language, set()).add(block)
        return {language: frozenset(blocks) for language, blocks in found.items()}


def impact(before: State, after: State) -> Impact:
    """In the order of reading of the later state; what it no longer has comes last."""
    words: list[WordsChange] = []
    exhibits: list[ExhibitChange] = []
    for language in after.pages:
        old, new = before.pages.get(language), after.pages[language]
        for id_, was, is_ in _pairs(old, new):
            if was and is_ and was.data == is_.data:
                continue
            words += _words(language, id_, (old, was), (new, is_))
            exhibits += _exhibit(language, id_, was, is_, any(w.block == id_ and w.language == language for w in words))
    return Impact(_figures(before, after), _claims(before, after), tuple(words), tuple(exhibits))


def _pairs(old: Pages | None, new: Pages) -> Iterator[tuple[str, Line | None, Line | None]]:
    """Blocks of both states by id; the lists of contents repeat what stands elsewhere."""
    was, is_ = (_by_id(p) if p else {} for p in (old, new))
    for key in dict.fromkeys((*is_, *was)):
        yield key[0], was.get(key), is_.get(key)


def _by_id(pages: Pages) -> dict[tuple[str, int], Line]:
    """By id and how often it was there before: a paragraph may be printed in two chapters."""
    found: dict[tuple[str, int], Line] = {}
    seen: Counter[str] = Counter()
    for line in pages.tree.lines:
        head = line.head()
        if head.get("type") != "Contents":
            id_ = text(head, "id")
            found[id_, seen[id_]] = line
            seen[id_] += 1
    return found


def _figures(before: State, after: State) -> tuple[FigureChange, ...]:
    found = []
    for id_ in dict.fromkeys((*after.facts, *before.facts)):
        was, is_ = before.facts.get(id_, {}), after.facts.get(id_, {})
        if _essence(was) != _essence(is_):
            blocks = tuple(dict.fromkeys((*texts(is_, "printed"), *texts(was, "printed"))))
            values = number(was, "value"), number(is_, "value")
            statuses = texts(was, "obs_status"), texts(is_, "obs_status")
            made_up = was.get("illustrative") is True, is_.get("illustrative") is True
            found.append(FigureChange(id_, before.book.texts(was), after.book.texts(is_), values, blocks, statuses, made_up))
    pages = next(iter(after.pages.values()), None)
    return tuple(sorted(found, key=lambda f: (min((pages.order(b) for b in f.blocks), default=0) if pages else 0, f.id)))


def _essence(fact: Node) -> object:
    """What a reader sees or is told of it: not the places of files among the inputs."""
    return fact and [fact.get(k) for k in ("value", "unit", "obs_status", "illustrative", "texts", "printed")]


def _claims(before: State, after: State) -> tuple[ClaimChange, ...]:
    """Those decided otherwise; languages that say the same together."""
    grouped: dict[tuple[str, object, object], list[tuple[str, ClaimSeen | None, ClaimSeen | None]]] = {}
    for key in dict.fromkeys((*after.claims, *before.claims)):
        was, is_ = before.claims.get(key), after.claims.get(key)
        if _decided(was) != _decided(is_):
            grouped.setdefault((key[0], repr(_decided(was)), repr(_decided(is_))), []).append((key[1], was, is_))
    return tuple(ClaimChange(id_, tuple(g[0] for g in group), group[0][1], group[0][2]) for (id_, _, _), group in grouped.items())


def _decided(claim: ClaimSeen | None) -> object:
    return claim and (claim.kind, claim.outcome, sorted(claim.parameters.items()))


def _words(
    language: str, id_: str, before: tuple[Pages | None, Line | None], after: tuple[Pages, Line | None]
) -> list[WordsChange]:
    spoken = []
    for pages, line in (before, after):
        found: dict[str, list[str]] = {}
        for a in pages.words_of(line) if pages and line else ():
            found.setdefault(a.block, []).append(a.sentence)
        spoken.append(found)
    where = after[0].sections(after[1]) if after[1] else before[0].sections(before[1]) if before[0] and before[1] else ()
    changes = []
    for block in dict.fromkeys((*spoken[1], *spoken[0])):
        old, new = spoken[0].get(block, []), spoken[1].get(block, [])
        gone, come = tuple(s for s in old if s not in new), tuple(s for s in new if s not in old)
        if gone or come:
            changes.append(WordsChange(language, block, " › ".join(where), gone, come))
    line = after[1] or before[1]
    node = line.head() if line else {}
    if not changes and node.get("type") not in _EXHIBITS:
        # Something a reader sees differs all the same: an emphasis, the order of sentences, a small chart.
        changes.append(WordsChange(language, id_, " › ".join(where), (), ()))
    return changes


def _exhibit(language: str, id_: str, was: Line | None, is_: Line | None, worded: bool) -> list[ExhibitChange]:
    old, new = (line.node() if line else {} for line in (was, is_))
    shown = new or old
    kind = _EXHIBITS.get(str(shown.get("type")))
    if kind is None:
        return []
    before, after = _contents(old), _contents(new)
    cells = tuple(
        (place, before.get(place, ""), after.get(place, ""))
        for place in dict.fromkeys((*after, *before))
        if before.get(place) != after.get(place)
    )
    if not cells and worded and old and new and _bare(old) == _bare(new):
        return []
    return [ExhibitChange(language, id_, kind, f"{text(shown, 'label')} {_title(shown)}".strip(), cells)]


def _bare(node: Node) -> Node:
    """Without what is told as words."""
    return {k: v for k, v in node.items() if k not in ("title", "headnote", "subtitle", "notes", "label", "continued", "alt")}


def _title(node: Node) -> str:
    return plain(node.get("title"))


def _contents(node: Node) -> dict[str, str]:
    """Place to what is printed or drawn there."""
    found: dict[str, str] = {}
    if node.get("type") == "Table":
        heads = column_heads(node)
        for label, row in labelled_rows(node):
            for head, cell in zip(heads, nodes(row, "cells"), strict=False):
                _add(found, f"{label} · {head}", f"{text(cell, 'text')}{text(cell, 'signs')}")
        return found
    chart = one(node, "chart")
    labels = [text(c, "label") for c in nodes(chart, "categories")]
    for series in nodes(chart, "series"):
        for label, point in zip(labels, nodes(series, "points"), strict=False):
            value = number(point, "value")
            said = text(point, "text") or ("" if value is None else f"{value:.6g}")
            _add(found, " · ".join(w for w in (text(series, "label"), label) if w), said)
    return found


def _add(found: dict[str, str], place: str, said: str) -> None:
    """Rows of the same name are told apart by their count."""
    n = 1
    name = place
    while name in found:
        n += 1
        name = f"{place} ({n})"
    found[name] = said
