"""Everything that one reviewed file says, set against what was issued: changes, questions, remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.locale import Locale
from bulletin.model.narration import Lexicon
from bulletin.model.override import Reviewer
from bulletin.model.review import Change, ChangeKind, Collected, Query, Remark
from bulletin.model.reviewed import ReadFile, Revision
from bulletin.review.bind import Bound, Known, as_issued, bind, known_of
from bulletin.review.cells import chart_queries, table_queries, tables_found
from bulletin.review.match import SURE, Match, Matching, is_furniture, match
from bulletin.review.notes import with_notes
from bulletin.review.numbers import Grammar, grammar_of
from bulletin.review.plain import same
from bulletin.review.regions import Region, joined, region

_PLACED = ("insert", "delete", "move-from", "move-to", "split", "join")


def collect(
    issued: Issued,
    file: ReadFile,
    locales: Mapping[str, Locale],
    reviewer: str = "",
    lexicons: Mapping[str, Lexicon] = MappingProxyType({}),
) -> Collected:
    """`reviewer`: to whom changes that are not on the record are put down, on the day on which the file was saved."""
    grammars = {language: grammar_of(locales[language], lexicons.get(language, Lexicon())) for language in issued.languages}
    tables = tables_found(issued, file)
    file = with_notes(file, issued, frozenset(tables))
    found = match(issued.blocks, file.paragraphs, frozenset(tables))
    reading = _Reading(issued, file, found, grammars, reviewer)
    changes, queries = reading.changes()
    queries += reading.furniture()
    queries += table_queries(issued, file, tables, reading.grammars, reading.authors_in)
    queries += chart_queries(issued, file)
    missing = tuple(issued.blocks[b].id for b in found.missing)
    return Collected(changes, reading.remarks(tables), tuple(queries), missing)


@dataclass
class _Reading:
    issued: Issued
    file: ReadFile
    found: Matching
    grammars: Mapping[str, Grammar]
    reviewer: str
    queries: list[Query] = field(default_factory=list)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        return {language: known_of(self.issued.blocks, language, by) for language, by in self.grammars.items()}

    @cached_property
    def blocks_at(self) -> dict[int, list[int]]:
        """Paragraph to the positions of the blocks in it, joined ones after the one that took them in."""
        found: dict[int, list[int]] = defaultdict(list)
        for b, place in sorted(self.found.found.items()):
            for n in place.paragraphs:
                found[n].append(b)
        for b, head in sorted(self.found.joined.items()):
            for n in self.found.found[head].paragraphs:
                found[n].append(b)
        return found

    @cached_property
    def news(self) -> dict[int, tuple[str, str, str]]:
        """New paragraph to its id, the block after which it stands, and its language."""
        found: dict[int, tuple[str, str, str]] = {}
        counted: dict[str, int] = defaultdict(int)
        for n in self.found.new:
            before, language = self._before(n, found)
            base = before or "start"
            anchor = base.rpartition(".new-")[0] or base
            counted[anchor] += 1
            found[n] = (f"{anchor}.new-{counted[anchor]}", before, language)
        return found

    def _before(self, n: int, news: Mapping[int, tuple[str, str, str]]) -> tuple[str, str]:
        """Id of the block before a paragraph, in its column where two languages stand side by side, and its language."""
        paragraph = self.file.paragraphs[n]
        if paragraph.within:
            # A note stands where it is called, not at the end of the file.
            called = (at for at, p in enumerate(self.file.paragraphs) if any(c.note == paragraph.within for c in p.calls))
            n = next(called, n - 1) + 1
        cell = paragraph.cell
        for place in range(n - 1, -1, -1):
            other = self.file.paragraphs[place].cell
            if cell and (not other or other[2] != cell[2]):
                continue
            if place in news:
                return news[place][0], news[place][2]
            blocks = self.blocks_at.get(place)
            if blocks:
                return self._anchor(blocks[-1]), self.issued.blocks[blocks[-1]].language
        return "", self.issued.languages[0] if self.issued.languages else ""

    def _anchor(self, b: int) -> str:
        """After which something can stand: a text, an item, a whole table or chart under its title, a section at its head."""
        last = self.issued.blocks[b]
        for block in reversed(self.issued.blocks[: b + 1]):
            if block.language != last.language:
                continue
            if block.kind == "heading":
                return block.section or block.id
            if block.kind in ("text", "item") or (block.kind == "title" and last.id.startswith(block.id)):
                return block.id
        return last.id

    def authors_of(self, revisions: Sequence[Revision]) -> tuple[Reviewer, ...]:
        """One entry an author, with the last date; without a record the reviewer who sent the file."""
        dates: dict[str, str] = {}
        for revision in revisions:
            if revision.author:
                dates[revision.author] = max(dates.get(revision.author, ""), revision.date)
        if dates:
            return tuple(Reviewer(author, date, tracked=True) for author, date in dates.items())
        return (Reviewer(self.reviewer, self.file.saved, tracked=False),) if self.reviewer else ()

    def authors_at(self, paragraphs: Sequence[int]) -> tuple[Reviewer, ...]:
        revisions = [r for n in paragraphs for r in self.file.paragraphs[n].revisions]
        return self.authors_of([r for r in revisions if r.kind in _PLACED] or revisions)

    @cached_property
    def revised_cells(self) -> dict[tuple[int, int, int], list[Revision]]:
        found: dict[tuple[int, int, int], list[Revision]] = defaultdict(list)
        for paragraph in self.file.paragraphs:
            if paragraph.cell and paragraph.revisions:
                found[paragraph.cell] += paragraph.revisions
        return found

    def authors_in(self, table: int, row: int, column: int) -> tuple[Reviewer, ...]:
        """Of a cell; where nothing is recorded in it, of its table."""
        own = self.revised_cells.get((table, row, column), ())
        return self.authors_of(own or self.file.tables[table].revisions)

    def changes(self) -> tuple[tuple[Change, ...], list[Query]]:
        """In reading order of the reviewed file; what is gone stands where it was issued."""
        placed: list[tuple[float, int, Change]] = []
        last = -1.0
        for b, block in enumerate(self.issued.blocks):
            found = self.found.found.get(b)
            if found:
                last = float(found.paragraphs[0])
                placed += [(last, b, c) for c in self._changed(b, found)]
            elif b in self.found.joined:
                head = self.issued.blocks[self.found.joined[b]]
                place = self.found.found[self.found.joined[b]].paragraphs
                change = self._change("joined", block, before=block.text, into=head.id, authors=self.authors_at(place))
                placed.append((last, b, change))
            elif b in self.found.deleted or b in self.found.missing:
                placed += [(last + 0.5, b, c) for c in self._gone(b)]
        placed += [(float(n), len(self.issued.blocks), self._new(n)) for n in self.found.new]
        return tuple(c for _, _, c in sorted(placed, key=lambda entry: entry[:2])), self.queries

    def _changed(self, b: int, found: Match) -> Iterator[Change]:
        block = self.issued.blocks[b]
        heads = [b, *(other for other, head in sorted(self.found.joined.items()) if head == b)]
        blocks = [self._known_words(self.issued.blocks[n], found) for n in heads]
        said = joined([region(block, self.file.paragraphs[n]) for n in found.paragraphs])
        authors = self.authors_at(found.paragraphs)
        before = "\n\n".join(other.text for other in blocks)
        unsure = self._unsure(block, found, said.text, authors)
        if not block.editable:
            if same(said.text) != same(before):
                self.queries.append(_fixed(block, said.text, authors))
            return
        kind: ChangeKind = "joined" if len(blocks) > 1 else "split" if len(found.paragraphs) > 1 else "reworded"
        moved = b in self.found.moved
        follows = self._before(found.paragraphs[0], {})[0] if moved else ""
        if kind == "reworded" and same(said.text) == same(before):
            formatted = [r for n in found.paragraphs for r in self.file.paragraphs[n].revisions if r.kind == "format"]
            if moved:
                yield self._change("moved", block, before, said.text, found=found, follows=follows, authors=authors)
            elif formatted:
                yield self._change("format", block, before, said.text, found=found, authors=self.authors_of(formatted))
            return
        bound = self._bound(blocks, said, authors)
        if kind == "reworded" and same(bound.text) == same(as_issued(blocks, self.grammars[block.language])):
            self.queries += bound.queries
            if moved:
                yield self._change("moved", block, before, said.text, found=found, follows=follows, authors=authors)
            return
        yield self._change(
            "moved" if moved and kind == "reworded" else kind,
            block, before, said.text, bound, found, follows=follows, authors=authors, queries=(*bound.queries, *unsure),
        )  # fmt: skip

    def _known_words(self, block: IssuedBlock, found: Match) -> IssuedBlock:
        """Where the record holds a digest alone, the words that the file shows as they were before the changes on record."""
        if block.text or not found.paragraphs:
            return block
        paragraph = self.file.paragraphs[found.paragraphs[0]]
        return replace(block, text=region(block, replace(paragraph, accepted=paragraph.original, figures=())).text)

    def _bound(self, blocks: Sequence[IssuedBlock], said: Region, authors: tuple[Reviewer, ...]) -> Bound:
        language = blocks[0].language
        about = Query("number-new", blocks[0].id, language, authors=authors)
        return bind(blocks, said.text, said.styled, self.grammars[language], self.known[language], about)

    def _unsure(self, block: IssuedBlock, found: Match, said: str, authors: tuple[Reviewer, ...]) -> tuple[Query, ...]:
        if found.how != "similarity" or found.score >= SURE:
            return ()
        score = f"{found.score:.2f}"
        return (Query("uncertain-match", block.id, block.language, block.text, said, detail=score, authors=authors),)

    def _gone(self, b: int) -> Iterator[Change]:
        block = self.issued.blocks[b]
        traces = self.found.deleted.get(b, ())
        authors = self.authors_at(traces)
        if not block.editable:
            if traces:
                self.queries.append(_fixed(block, "", authors))
            return
        asked = (
            () if traces else (Query("uncertain-match", block.id, block.language, block.text, "", detail="0", authors=authors),)
        )
        yield replace(self._change("deleted", block, block.text, authors=authors, queries=asked), score=1.0 if traces else 0.0)

    def _new(self, n: int) -> Change:
        name, follows, language = self.news[n]
        said = region(None, self.file.paragraphs[n])
        authors = self.authors_at([n])
        about = Query("number-new", name, language, authors=authors)
        bound = bind((), said.text, said.styled, self.grammars[language], self.known[language], about)
        return Change(
            "new", name, language, "", said.text, bound.text, bound.placeholders, bound.literals, follows,
            authors=authors, queries=bound.queries,
        )  # fmt: skip

    def _change(
        self,
        kind: ChangeKind,
        block: IssuedBlock,
        before: str = "",
        after: str = "",
        bound: Bound | None = None,
        found: Match | None = None,
        *,
        follows: str = "",
        into: str = "",
        authors: tuple[Reviewer, ...] = (),
        queries: tuple[Query, ...] = (),
    ) -> Change:
        return Change(
            kind, block.id, block.language, before, after,
            bound.text if bound else "", bound.placeholders if bound else {}, bound.literals if bound else (),
            follows, into, found.how if found else "", found.score if found else 1, block.generated, authors, queries,
        )  # fmt: skip

    def furniture(self) -> Iterator[Query]:
        """Recorded edits of lines that the program sets by itself: heads and feet of pages, lists of a chapter's sections."""
        language = self.issued.languages[0] if self.issued.languages else ""
        for n, paragraph in enumerate(self.file.paragraphs):
            if n not in self.blocks_at and is_furniture(paragraph) and same(paragraph.original) != same(paragraph.accepted):
                authors = self.authors_at([n])
                yield Query("fixed-text", "", language, paragraph.original, paragraph.accepted, authors=authors)

    def remarks(self, tables: Mapping[int, int]) -> tuple[Remark, ...]:
        """Those of the program itself are left out; answers to them are not."""
        found = []
        for comment in self.file.comments:
            if self.issued.author and comment.author == self.issued.author:
                continue
            block, language = self._place(comment.paragraph, tables)
            found.append(
                Remark(
                    comment.id, block, language, comment.author, comment.date, comment.text,
                    comment.quoted, comment.resolved, comment.parent,
                )
            )  # fmt: skip
        return tuple(found)

    def _place(self, n: int, tables: Mapping[int, int]) -> tuple[str, str]:
        first = self.issued.languages[0] if self.issued.languages else ""
        if not 0 <= n < len(self.file.paragraphs):
            return "", first
        if n in self.blocks_at:
            block = self.issued.blocks[self.blocks_at[n][0]]
            return block.id, block.language
        if n in self.news:
            return self.news[n][0], self.news[n][2]
        cell = self.file.paragraphs[n].cell
        if cell and cell[0] in tables:
            return self.issued.tables[tables[cell[0]]].id, first
        gone = next((b for b, traces in self.found.deleted.items() if n in traces), None)
        return (self.issued.blocks[gone].id, self.issued.blocks[gone].language) if gone is not None else self._before(n, {})


def _fixed(block: IssuedBlock, said: str, authors: tuple[Reviewer, ...]) -> Query:
    return Query("fixed-text", block.id, block.language, block.text, said, detail=block.source, authors=authors)
