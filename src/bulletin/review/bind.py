"""A reviewer's words with a placeholder for every figure and reference, and a question for every number that is not as issued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bulletin.model.issued import IssuedBlock
from bulletin.model.review import Query, QueryKind
from bulletin.review.items import Before, Said, Slot, before_of, fit, said_of
from bulletin.review.names import names_of
from bulletin.review.numbers import Grammar, Written, labels_in, overlaps, plain_key
from bulletin.review.pair import Pairing, paired
from bulletin.review.plain import tidy
from bulletin.review.relabelled import relabelled

_SCALES = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}


@dataclass(frozen=True)
class Known:
    """What the file as a whole says, of one language."""

    labels: Mapping[str, str] = field(default_factory=dict)
    """`quadro 5.1` to the id of the block."""
    figures: Mapping[tuple[Decimal, str], frozenset[str]] = field(default_factory=dict)
    """Value and unit to the facts that are printed so."""


@dataclass(frozen=True)
class Bound:
    text: str
    placeholders: Mapping[str, str]
    literals: tuple[str, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    target: str
    """Fact, or `@` and a block."""
    tail: str = ""


def bind(
    blocks: Sequence[IssuedBlock],
    text: str,
    styled: Sequence[tuple[int, int]],
    by: Grammar,
    known: Known = Known(),
    about: Query | None = None,
) -> Bound:
    """`blocks`: what was issued in its place, none for a new paragraph. `about`: block, language and authors of the questions."""
    about = about or Query("number-new", blocks[0].id if blocks else "", blocks[0].language if blocks else "")
    issued = before_of(blocks, by)
    said = said_of(text, styled, issued, by)
    places = fit(issued, said, by)
    pairs = paired(issued, said, places)
    pairs, repeated = _again(issued, said, pairs, known)
    edits = [_figure(issued.slots[s], said.numbers[n], n in pairs.changed) for n, s in pairs.bound.items()]
    edits += [_Edit(said.numbers[n].start, said.numbers[n].end, fact) for n, fact in repeated.items()]
    edits += _references(issued, said, known)
    own = names_of([s.fact for s in issued.slots])
    more = names_of({e.target for e in edits} - own.keys(), own.values())
    names = {**own, **more}
    quantities = _quantities(issued.text, text, by)
    literals, questions = _rest(issued, said, pairs, places.changed, known, {e.start for e in edits}, quantities)
    asked = [*_questions(issued, said, pairs, repeated, names), *_relabelled(issued, said, pairs, by), *questions]
    queries = tuple(
        replace(about, kind=q.kind, block=q.block or about.block, old=q.old, new=q.new, fact=q.fact, detail=q.detail)
        for q in asked
    )
    used = {names[e.target]: e.target for e in sorted(edits, key=lambda e: e.start)}
    return Bound(_written(text, edits, names), used, literals, queries)


def as_issued(blocks: Sequence[IssuedBlock], by: Grammar) -> str:
    """The issued words in the same form, to tell whether anything but numbers was changed."""
    names = names_of([s.fact for s in before_of(blocks, by).slots])
    more = names_of({f"@{s.ref}" for b in blocks for s in b.spans if s.kind == "reference"}, names.values())
    said = []
    for block in blocks:
        edits = [_Edit(s.start, s.end, s.ref) for s in block.spans if s.kind == "number"]
        edits += [_Edit(s.start, s.end, f"@{s.ref}") for s in block.spans if s.kind == "reference"]
        said.append(_written(block.text, edits, {**names, **more}))
    return "\n\n".join(said)


def _written(text: str, edits: Sequence[_Edit], names: Mapping[str, str]) -> str:
    pieces, end = [], 0
    for edit in sorted(edits, key=lambda e: e.start):
        pieces += [_doubled(text[end : edit.start]), f"{{{names[edit.target]}}}", _doubled(edit.tail)]
        end = edit.end
    whole = "".join([*pieces, _doubled(text[end:])])
    return "\n\n".join(tidy(part) for part in whole.split("\n\n"))


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _figure(slot: Slot, written: Written, changed: bool) -> _Edit:
    """What of the written number the figure takes the place of; words of the unit that stand after a figure stay the reviewer's."""
    outside = bool(slot.tail)
    if changed and written.unit != slot.unit:
        return _Edit(written.start, written.end, slot.fact, slot.tail)
    if outside and slot.power:
        same = written.power == slot.power
        return _Edit(written.start, written.core if same else written.end, slot.fact, "" if same else slot.tail)
    return _Edit(written.start, written.scale if outside or not slot.unit else written.end, slot.fact)


def _again(issued: Before, said: Said, pairs: Pairing, known: Known) -> tuple[Pairing, dict[int, str]]:
    """Figures said once more, and figures of other blocks that were pasted here, recognised by their style."""
    found: dict[int, str] = {}
    for n, written in enumerate(said.numbers):
        if n in pairs.bound or n in pairs.settled or not written.values:
            continue
        styled = said.styled[n]
        own = {s.fact for s in issued.slots if s.value in written.values and written.unit in ("", s.unit)}
        if len(own) == 1 and (styled or (written.digits > 2 and not written.literal)):
            found[n] = next(iter(own))
        elif styled and not own and len(other := _elsewhere(written, known)) == 1:
            found[n] = next(iter(other))
    return pairs, found


_BY_CHANCE = 100
"""Integers below it recur all over a bulletin."""


def _elsewhere(written: Written, known: Known) -> frozenset[str]:
    """A small count is the value of some figure by chance."""
    if not written.unit and all(v == v.to_integral() and abs(v) < _BY_CHANCE for v in written.values):
        return frozenset()
    return next((f for v in written.values if (f := known.figures.get((v, written.unit)))), frozenset())


def _references(issued: Before, said: Said, known: Known) -> Iterator[_Edit]:
    for label in said.labels:
        block = issued.references.get(plain_key(label.text)) or known.labels.get(plain_key(label.text))
        if block:
            yield _Edit(label.start, label.end, f"@{block}")


def _questions(
    issued: Before, said: Said, pairs: Pairing, repeated: Mapping[int, str], names: Mapping[str, str]
) -> Iterator[Query]:
    moved = {n for ring in pairs.swapped for n in ring}
    for n, s in sorted(pairs.bound.items()):
        slot, new = issued.slots[s], _shown(said, n)
        if n in pairs.rounded:
            yield _query("number-rounded", slot, new, _format(said.numbers[n], names[slot.fact]))
        elif n in pairs.changed and n not in moved:
            yield _query("number-changed", slot, new, "")
    for ring in pairs.swapped:
        slots = [issued.slots[pairs.bound[n]] for n in ring]
        old = " … ".join(s.text + s.tail for s in slots)
        facts = " ↔ ".join(s.fact for s in slots)
        yield Query(
            "number-swapped", slots[0].block, "", old, " … ".join(_shown(said, n) for n in ring), slots[0].fact, detail=facts
        )
    for group in pairs.ambiguous:
        slots = [issued.slots[pairs.bound[n]] for n in group if n in pairs.bound]
        if slots:
            facts = ", ".join(sorted({s.fact for s in issued.slots if s.value == slots[0].value}))
            yield _query("number-ambiguous", slots[0], _shown(said, group[0]), facts)
    said_facts = {issued.slots[s].fact for s in pairs.bound.values()} | set(repeated.values())
    dropped = {s.fact: s for s in reversed(issued.slots) if s.fact not in said_facts}
    yield from (_query("number-dropped", slot, "", "") for slot in reversed(dropped.values()))


def _relabelled(issued: Before, said: Said, pairs: Pairing, by: Grammar) -> Iterator[Query]:
    """Figures that kept their order while what they are said of changed places."""
    exchanged = {n for ring in pairs.swapped for n in ring}
    kept = {n: s for n, s in pairs.bound.items() if n not in exchanged}
    for ring in relabelled(issued.items, said.items, kept, by.small):
        slots = [issued.slots[s] for s in ring]
        old = " … ".join(_around(issued.text, s.start, s.start + len(s.text)) for s in slots)
        numbers = sorted(n for n, s in kept.items() if s in ring)
        new = " … ".join(_around(said.text, said.numbers[n].start, said.numbers[n].end) for n in numbers)
        yield Query("number-swapped", slots[0].block, "", old, new, slots[0].fact, detail=" ↔ ".join(s.fact for s in slots))


def _around(text: str, start: int, end: int) -> str:
    """A figure with the nearest words on either side of it."""
    before, after = re.search(r"[\w-]+[^\w]*$", text[:start]), re.match(r"[^\w.;,\s]*(?:\s\w+){0,2}", text[end:])
    return (before[0] if before else "") + text[start:end] + (after[0].rstrip() if after else "")


def _query(kind: QueryKind, slot: Slot, new: str, detail: str) -> Query:
    return Query(kind, slot.block, "", slot.text + slot.tail, new, slot.fact, detail=detail)


def _rest(
    issued: Before,
    said: Said,
    pairs: Pairing,
    changed: Mapping[int, int],
    known: Known,
    placed: set[int],
    quantities: Sequence[tuple[int, int]],
) -> tuple[tuple[str, ...], list[Query]]:
    """Numbers that stay as the reviewer wrote them: those that were not there before, and questions about those that are no literals."""
    literals = [said.text[start:end] for start, end in quantities]
    asked = [Query("number-new", "", "", "", words) for words in dict.fromkeys(literals)]
    free = [
        n
        for n, written in enumerate(said.numbers)
        if written.start not in placed and not overlaps(written.start, written.end, quantities)
    ]
    for n in free:
        written = said.numbers[n]
        words = said.text[written.whole[0] : written.whole[1]]
        digits = re.findall(r"\d+", said.text[written.start : written.core])
        fresh = not set(digits) <= issued.spoken if digits else not _is_plain(issued, written)
        before = issued.others[changed[n]] if n in changed else None
        if before and before.literal and before.literal == written.literal and before.values != written.values:
            asked.append(_literal_changed(issued, before, words, written.literal))
        if n in pairs.settled or plain_key(words) in issued.literals:
            literals += [words] if digits and fresh else []
        elif written.literal:
            literals += [words] if fresh else []
        elif written.sure and (fresh or not _is_plain(issued, written)):
            literals.append(words)
            facts = sorted(_elsewhere(written, known))
            asked.append(Query("number-new", "", "", "", words, facts[0] if len(facts) == 1 else ""))
    for label in said.labels:
        if label.start not in placed:
            literals.append(label.text)
            asked.append(Query("number-new", "", "", "", label.text))
    return tuple(dict.fromkeys(literals)), asked


def _quantities(issued: str, said: str, by: Grammar) -> tuple[tuple[int, int], ...]:
    """Where the text says a share or a multiple in words that the issued one does not say, or not so often."""
    left = Counter(plain_key(m[0]) for m in by.quantity.finditer(issued))
    found = []
    for m in by.quantity.finditer(said):
        if left[plain_key(m[0])] > 0:
            left[plain_key(m[0])] -= 1
        else:
            found.append(m.span())
    return tuple(found)


def _is_plain(issued: Before, written: Written) -> bool:
    """The issued text says the same number where it is no figure."""
    return any(v in other.values and other.unit == written.unit for other in issued.others for v in written.values)


def _literal_changed(issued: Before, before: Written, words: str, kind: str) -> Query:
    return Query("number-changed", "", "", issued.text[before.whole[0] : before.whole[1]], words, detail=kind)


def _shown(said: Said, n: int) -> str:
    return said.text[said.numbers[n].start : said.numbers[n].end]


def _format(written: Written, name: str) -> str:
    """The placeholder with the form that would print what the reviewer wrote: `{pensioners:thousands}`."""
    value = written.values[0]
    power = written.power or next((p for p in (9, 6, 3) if value == value.to_integral() and not value % Decimal(10) ** p), 0)
    return f"{{{name}:{_SCALES[power]}}}" if power in _SCALES else f"{{{name}:{max(0, -int(value.as_tuple().exponent))}}}"


def known_of(blocks: Sequence[IssuedBlock], language: str, by: Grammar) -> Known:
    labels: dict[str, str] = {}
    figures: dict[tuple[Decimal, str], set[str]] = {}
    for block in blocks:
        if block.language != language:
            continue
        if block.kind == "title" and labels_in(block.lead, by):
            labels[plain_key(labels_in(block.lead, by)[0].text)] = block.id
        labels.update({plain_key(s.text): s.ref for s in block.spans if s.kind == "reference"})
        if any(s.kind == "number" for s in block.spans):
            for slot in before_of([block], by).slots:
                if slot.value is not None:
                    figures.setdefault((slot.value, slot.unit), set()).add(slot.fact)
    return Known(labels, {key: frozenset(facts) for key, facts in figures.items()})
