"""Where is this from? A figure, a sentence, a fact, an observation, a block, a table with its cell, or a cell of a data file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin.document.wording import sentences
from bulletin.ledger.answer import Answer, Appearance, Calculation, ClaimSeen, Kind, Leaf, Outcome, Trace
from bulletin.ledger.book import Book, key_parts
from bulletin.ledger.figures import Reading, beginnings, fits, reading_of, readings
from bulletin.ledger.nodes import Node, nodes, number, one, plain, printed_numbers, text, texts
from bulletin.ledger.printed import Pages, column_heads, labelled_rows
from bulletin.ledger.words import folded, most_alike, sentence_at
from bulletin.model.finding import Place

if TYPE_CHECKING:
    from bulletin.document.lines import Line

MOST = 40
"""Figures of one answer that are told in full."""
_FEW = 6
"""Rows of a table that are named where none is like the one asked for."""
_DATA = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods")
_CELL = re.compile(r"(?P<file>[^\[\]:!]+\.\w+)\s*(?:\[(?P<sheet>[^\]]*)\])?\s*[:!]\s*(?P<cell>[A-Za-z]{0,3}[0-9]+)")


@dataclass(frozen=True)
class Edition:
    """What is read of a built or a sealed edition."""

    book: Book
    pages: tuple[Pages, ...] = ()
    leaflets: tuple[Pages, ...] = ()
    """Made of blocks of the pages: places more, never a word or figure of their own."""
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language, block, text: of a sealed edition, which keeps no trees."""
    literals: frozenset[str] = frozenset()
    """Numbers printed that are no statistics."""

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Of the blocks of a sealed edition."""
        return {block: n for blocks in self.wording.values() for n, block in enumerate(blocks)}


def answer(edition: Edition, question: str, most: int = MOST) -> Answer:
    """The first way of understanding the question that finds something: as an id, as a place, as a figure, as words."""
    asked = question.strip().strip("«»“”\"'").strip()
    ways: Sequence[Callable[[Edition, str, int], Answer | None]] = (
        _fact, _unprinted, _cell_of_file, _block, _figure, _exhibit, _words, _bare_figure,
    )  # fmt: skip
    found = next((a for way in ways if asked and (a := way(edition, asked, most))), None)
    if found is None:
        found = Answer(question, "", Outcome.NOTHING, near=_near(edition, asked))
    return replace(
        found, question=question, edition=edition.book.edition, labels=edition.book.labels, sources=edition.book.sources
    )


# Ways of understanding


def _fact(edition: Edition, asked: str, most: int) -> Answer | None:
    node = edition.book.fact(asked)
    return _of_figures(edition, [node], most) if node else None


def _unprinted(edition: Edition, asked: str, most: int) -> Answer | None:
    """An observation that is printed as a sign, or that printed figures rest on."""
    if key_parts(asked) is None:
        return None
    row = edition.book.row(asked)
    if row is not None and row.hidden:
        return Answer("", "", Outcome.CONFIDENTIAL)
    if row is not None and row.value is None:
        return Answer("", "", Outcome.WITHOUT_FIGURE, statuses=row.statuses)
    resting = list(edition.book.resting_on(asked))
    return replace(_of_figures(edition, resting, most), outcome=Outcome.RESTING) if resting else None


def _cell_of_file(edition: Edition, asked: str, most: int) -> Answer | None:
    match = _CELL.fullmatch(asked)
    if match is None:
        return None
    name = match["file"].strip().replace("\\", "/")
    known = [f for f in edition.book.files if f.lower().endswith(_DATA)]
    names = [f for f in known if f == name] or [f for f in known if f.rpartition("/")[2] == name.rpartition("/")[2]]
    places = [Place(f, match["sheet"] or "", match["cell"].upper()) for f in names]
    resting = [node for place in places for node in edition.book.from_cell(place)]
    if resting:
        return replace(_of_figures(edition, resting, most), outcome=Outcome.RESTING)
    if places:
        return Answer("", "", Outcome.UNUSED, place=places[0])
    return Answer("", "", Outcome.NO_FILE, near=_closest(name, known)) if name.lower().endswith(_DATA) else None


def _block(edition: Edition, asked: str, most: int) -> Answer | None:
    if re.search(r"\s", asked):
        return None
    lines = [(p, line) for p in edition.pages for line in p.lines(asked)]
    if lines:
        found = [_told(p, line, asked) for p, line in lines]
        return _of_block(
            edition, [a for each in found for a in each], [f for p, line in lines for f in _facts_of(p, line, asked)], most
        )
    said = [(language, blocks[asked]) for language, blocks in edition.wording.items() if asked in blocks]
    shown = [Appearance(language, Kind.BLOCK, asked, sentence=words) for language, words in said]
    return replace(_of_figures(edition, _printed_in(edition, asked), most), outcome=Outcome.WORDS, appearances=tuple(shown),
                   claims=edition.book.claims_in(asked)) if said else None  # fmt: skip


def _exhibit(edition: Edition, asked: str, most: int) -> Answer | None:
    """`Quadro 3.2`, and after a stroke the words of a row and of a column: `Quadro 3.2 / Niassa / 2024`."""
    label, *parts = (p for p in re.split(r"\s*[/;|]\s*", asked))
    label, wanted = folded(label), [p for p in parts if folded(p)]
    for pages in edition.pages:
        hit = pages.exhibit(label)
        if hit is None or (hit[1] and hit[1] != folded(plain(hit[0].head().get("title")))):
            continue
        block = text(hit[0].head(), "id")
        if not wanted:
            return _block(edition, block, most)
        # The row may be named in the other language.
        for own in (pages, *(p for p in edition.pages if p is not pages)):
            for line in own.lines(block):
                facts, signs = _at(line.node(), [folded(p) for p in wanted])
                if facts:
                    return _of_figures(edition, _nodes(edition, facts), most)
                if signs:
                    return _of_sign(edition, signs)
        return _no_place(hit[0].node(), wanted)
    return None


def _no_place(node: Node, wanted: Sequence[str]) -> Answer:
    """Which of the words no row or column says, and the rows or columns that are most like them."""
    rows, columns = _places_of(node)
    said = [folded(w) for w in (*rows, *columns)]
    strange = [p for p in wanted if not any(folded(p) in w for w in said)] or list(wanted)
    near = dict.fromkeys(w for p in strange for w in _closest(p, (*rows, *columns)))
    return Answer("", "", Outcome.NO_PLACE, reason=" / ".join(strange), near=tuple(near) or rows[:_FEW])


def _places_of(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of the rows and of the columns, or of the series and of the points."""
    if node.get("type") == "Table":
        return tuple(dict.fromkeys(label for label, _ in labelled_rows(node))), tuple(dict.fromkeys(column_heads(node)))
    chart = one(node, "chart")
    series, points = ((text(n, "label") for n in nodes(chart, name)) for name in ("series", "categories"))
    return tuple(dict.fromkeys(s for s in series if s)), tuple(dict.fromkeys(points))


def _closest(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """Up to three, whole or by the name at their end."""
    from difflib import get_close_matches

    words = {folded(end): k for k in known for mark in ("/", " › ") if (end := k.rpartition(mark)[2])}
    ends = words | {folded(k): k for k in known}
    return tuple(dict.fromkeys(ends[m] for m in get_close_matches(folded(asked), list(ends), n=3, cutoff=0.5)))


def _figure(edition: Edition, asked: str, most: int) -> Answer | None:
    """As it is printed, in either language; figures in words too."""
    meant = readings(asked)
    if meant:
        found = list(_meaning(edition.book, meant))
    else:
        found = [n for n in edition.book.saying([f'"{asked}"']) if any(asked in said for said in edition.book.texts(n).values())]
    return _of_figures(edition, found, most) if found else None


def _bare_figure(edition: Edition, asked: str, most: int) -> Answer | None:
    """Its digits alone: the words after it stand in a head or beside it. Else a number that is no statistic."""
    meant = tuple(replace(m, words="") for m in readings(asked))
    words = readings(asked)[0].words if meant else ""
    found = list(_meaning(edition.book, meant)) if words else []
    if found:
        likely = [n for n in found if _could_say(edition.book, n, words, meant)]
        return _of_figures(edition, likely or found, most)
    bare = {re.sub(r"\D", "", literal) for literal in edition.literals}
    return Answer("", "", Outcome.LITERAL) if meant and re.sub(r"\D", "", asked) in bare else None


def _could_say(book: Book, node: Node, words: str, meant: Sequence[Reading]) -> bool:
    """Whether the words may stand in the head of a table: % over percentages and points, others over scaled figures."""
    row = None if "value" in node else book.row(text(node, "id"))
    value, unit = (row.value, row.unit) if row else (number(node, "value"), text(node, "unit"))
    if words == "%":
        return unit in ("PT", "PP")
    return not words or (value is not None and any(abs(value) > 500 * m.value for m in meant))


def _meaning(book: Book, meant: tuple[Reading, ...]) -> Iterator[Node]:
    for node in book.saying(beginnings(meant, book.marks)):
        said = ((book.marks[lang], t) for lang, texts_ in book.texts(node).items() if lang in book.marks for t in texts_)
        printed = [r for marks, t in said if (r := reading_of(t, marks))]
        if any(fits(m, r) for m in meant for r in printed):
            yield node


def _words(edition: Edition, asked: str, most: int) -> Answer | None:
    """In one language; what the same places say in the others stands beside it."""
    pieces = [w for p in re.split(r"…|\.\.\.", asked) if (w := folded(p))]
    if len("".join(pieces)) < 3 or not any(c.isalpha() for c in asked):
        return None

    def matches(said: str) -> bool:
        return all(p in said for p in pieces)

    for pages in edition.pages:
        hits = pages.saying(matches)[:most]
        if hits:
            shown = [a for _, a in hits]
            others = [a for p in edition.pages if p is not pages for _, hit in hits for a in p.beside(pages, hit)]
            facts = [f for line, a in hits for f, at in pages.figures(line) if at.block == a.block and _within(at, a)]
            return _of_block(edition, [*shown, *dict.fromkeys(others)], facts, most)
    for language, blocks in edition.wording.items():
        said = [(b, s) for b, words in blocks.items() for _, s in sentences(words) if matches(folded(s))][:most]
        if said:
            printed = [n for block in dict.fromkeys(b for b, _ in said) for n in _printed_in(edition, block)]
            return _of_block(edition, [Appearance(language, Kind.BLOCK, b, sentence=s) for b, s in said], (), most, printed)
    return None


def _within(figure: Appearance, words: Appearance) -> bool:
    if words.kind is Kind.KEY_FIGURE:
        return figure.kind is Kind.KEY_FIGURE
    return bool(figure.sentence) and figure.sentence in words.sentence


# What is told


def _of_figures(edition: Edition, found: Sequence[Node], most: int) -> Answer:
    """In the order of the pages."""
    unique = list({text(n, "id"): n for n in found}.values())
    ordered = sorted(unique, key=lambda n: (_first(edition, n), text(n, "id")))
    traces = tuple(_traced(edition, n) for n in ordered[:most])
    return Answer("", "", Outcome.FIGURES, tuple(sorted(traces, key=lambda t: (t.appearances[0].order if t.appearances else 0))),
                  len(unique))  # fmt: skip


def _of_block(
    edition: Edition, shown: Sequence[Appearance], facts: Iterable[str], most: int, more: Sequence[Node] = ()
) -> Answer:
    """Words, the claims they make and the figures in them."""
    wanted = list(dict.fromkeys(facts))
    blocks = dict.fromkeys(a.block for a in shown)
    said = [folded(a.sentence) for a in shown]
    claims = tuple(c for b in blocks for c in edition.book.claims_in(b) if _made_in(c, said, wanted))
    # Alternative texts hold no numbers of their own in the tree.
    wanted = wanted or list(dict.fromkeys(f for c in claims for f in c.facts if any(a.kind is Kind.ALTERNATIVE for a in shown)))
    answer_ = _of_figures(edition, [*_nodes(edition, wanted), *more], most)
    return replace(answer_, outcome=Outcome.WORDS, appearances=tuple(shown), claims=claims)


def _made_in(claim: ClaimSeen, said: Sequence[str], facts: Sequence[str]) -> bool:
    """By its sentence where the ledger keeps it, else by the figures."""
    if claim.sentence:
        own = folded(claim.sentence)
        return any(own in s or s in own for s in said)
    return not claim.facts or not facts or bool(set(claim.facts) & set(facts))


def _of_sign(edition: Edition, signs: Sequence[str]) -> Answer:
    """A cell with a sign: nothing is told of a confidential one but that it is."""
    hidden = any(m.confidential in signs for m in edition.book.marks.values())
    return Answer("", "", Outcome.CONFIDENTIAL) if hidden else Answer("", "", Outcome.WITHOUT_FIGURE, signs=tuple(signs))


def _first(edition: Edition, node: Node) -> int:
    blocks = texts(node, "printed")
    if edition.pages:
        return min((edition.pages[0].order(b) for b in blocks), default=0)
    order = edition.order
    return min((order.get(b, len(order)) for b in blocks), default=0)


def _traced(edition: Edition, node: Node) -> Trace:
    book, fact = edition.book, text(node, "id")
    said, blocks = book.texts(node), texts(node, "printed")
    row = book.row(fact) if "value" not in node else None
    calculation = book.calculation(node)
    key = key_parts(fact) or key_parts(calculation.arguments[0] if calculation and calculation.arguments else "")
    return Trace(
        id=fact,
        indicator=text(node, "indicator") or (key[0] if key else ""),
        coordinates={k: str(v) for k, v in one(node, "coordinates").items()} or (key[1] if key else {}),
        period=text(node, "period") or (key[2] if key else ""),
        value=row.value if row else number(node, "value"),
        unit=row.unit if row else text(node, "unit"),
        statuses=row.statuses if row else texts(node, "obs_status"),
        illustrative=row.illustrative if row else node.get("illustrative") is True,
        texts=said,
        calculation=_with_arguments(book, calculation),
        appearances=_appearances(edition, fact, blocks, said),
        claims=book.claims_on(fact),
        leaves=tuple(_completed(book, leaf) for leaf in book.leaves(node)),
        changes=book.changes(fact),
    )


def _with_arguments(book: Book, how: Calculation | None) -> Calculation | None:
    if how is None:
        return None
    known = {a: node for a in how.arguments if (node := book.fact(a))}
    return replace(how, texts={a: book.texts(node) for a, node in known.items()})


def _completed(book: Book, leaf: Leaf) -> Leaf:
    node, row = book.fact(leaf.key), None if leaf.source else book.row(leaf.key)
    return replace(leaf, texts=book.texts(node) if node else {}, source=leaf.source or (row.source if row else ""))


def _appearances(
    edition: Edition, fact: str, blocks: tuple[str, ...], said: Mapping[str, tuple[str, ...]]
) -> tuple[Appearance, ...]:
    if edition.pages:
        return tuple(a for pages in (*edition.pages, *edition.leaflets) for a in pages.appearances(fact, blocks))
    found = []
    for language, known in edition.wording.items():
        for n, block in enumerate(b for b in blocks):
            words = known.get(block, "")
            printed = next((t for t in said.get(language, ()) if t in words), "")
            sentence = sentence_at(words, words.find(printed)) if printed else words
            found.append(Appearance(language, Kind.BLOCK, block, text=printed, sentence=sentence, order=n))
    return tuple(found)


def _nodes(edition: Edition, facts: Iterable[str]) -> list[Node]:
    return [n for f in dict.fromkeys(facts) if (n := edition.book.fact(f))]


def _told(pages: Pages, line: Line, block: str) -> list[Appearance]:
    """The words of one block of a line; of a table or chart its title."""
    own = pages.words_of(line)
    return [a for a in own if a.block == block] or own


def _facts_of(pages: Pages, line: Line, block: str) -> list[str]:
    """Of a table, chart or list all of it, of a paragraph in a list its own."""
    found = pages.figures(line)
    whole = text(line.head(), "id") == block
    return [fact for fact, a in found if whole or a.block == block]


def _printed_in(edition: Edition, block: str) -> list[Node]:
    return [n for n in edition.book.saying([f'"{block}"']) if block in texts(n, "printed")]


def _at(node: Node, parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Facts and signs of the cells whose row and column say all the words; those that say nothing else come before others."""
    hits: list[tuple[int, str, str]] = []
    if node.get("type") == "Table":
        heads = column_heads(node)
        for label, row in labelled_rows(node):
            for head, cell in zip(heads, nodes(row, "cells"), strict=False):
                places = (folded(label), folded(head))
                if all(any(p in w for w in places) for p in parts):
                    exact = sum(p in (*places, *(w.rpartition(" ")[2] for w in places)) for p in parts)
                    given = [text(cell, "fact"), *(f for f, _, _ in printed_numbers(cell.get("content")))]
                    hits += [(-exact, f, text(cell, "text")) for f in given if f or not any(given)]
    else:
        chart = one(node, "chart")
        labels = [text(c, "label") for c in nodes(chart, "categories")]
        for series in nodes(chart, "series"):
            for label, point in zip(labels, nodes(series, "points"), strict=False):
                places = (folded(text(series, "label")), folded(label))
                if all(any(p in w for w in places) for p in parts):
                    hits.append((-sum(p in places for p in parts), text(point, "fact"), text(point, "text")))
    best = min((h[0] for h in hits), default=0)
    kept = [h for h in hits if h[0] == best]
    return [f for _, f, _ in kept if f], [sign for _, f, sign in kept if not f]


def _alike_exhibits(edition: Edition, asked: str) -> tuple[str, ...]:
    """Tables or charts of the nearest numbers, where the question names one as the edition does: `Quadro 9.9`."""
    from difflib import get_close_matches

    match = re.fullmatch(r"([^\W\d]+ [\d.]+)\b.*", asked.partition("/")[0].strip())
    if match is None:
        return ()
    wanted = folded(match[1])
    kind = wanted.partition(" ")[0]
    titles = {folded(a.exhibit): a.exhibit for p in edition.pages for _, a, _ in p.said if a.kind is Kind.TITLE and a.exhibit}
    labels = {" ".join(t.split()[: len(wanted.split())]): name for t, name in titles.items() if t.startswith(f"{kind} ")}
    return tuple(labels[m] for m in get_close_matches(wanted, list(labels), n=3, cutoff=0))


def _near(edition: Edition, asked: str) -> tuple[str, ...]:
    """What the edition has that is most like the question."""
    if key_parts(asked) or re.fullmatch(r"[A-Z][A-Z0-9_]+.*", asked):
        from difflib import get_close_matches

        same = asked.partition("@")[0].partition(".")[0]
        ids = [text(n, "id") for n in edition.book.items.holding(f'{{"id":"{same}'.encode(), "facts")]
        names = get_close_matches(asked, ids[:2000], n=3, cutoff=0.3) or get_close_matches(
            same, list(edition.book.indicators), n=3
        )
        if names:
            return tuple(names)
    meant = readings(asked)
    if meant:
        return edition.book.nearest_texts(asked)
    exhibits = _alike_exhibits(edition, asked)
    if exhibits:
        return exhibits
    said = ((a.sentence, words) for p in edition.pages for _, a, words in p.said)
    kept = ((s, folded(s)) for blocks in edition.wording.values() for w in blocks.values() for _, s in sentences(w))
    return most_alike(asked, (*said, *kept))
