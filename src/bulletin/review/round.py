"""What one reviewed file says, with the wording that it departs from: a round to be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from bulletin.model.finding import Place
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.review import Change, Collected
from bulletin.model.reviewed import ReadFile
from bulletin.model.round import Edit, Round

REFERENCE = "@"
_DAY = re.compile(r"(19|20)\d\d-[01]\d-[0-3]\d")


def round_of(
    name: str, who: str, date: str, label: str, file: ReadFile, issued: Issued, found: Collected, required: Collection[str]
) -> Round:
    """`required`: ids of blocks that cannot be left out. Places of figures are added by who has their lineage."""
    blocks = {(b.language, b.id): b for b in issued.blocks}
    edits = tuple(edit_of(c, blocks, c.block in required) for c in found.changes)
    return Round(
        name, who, date, label, file.digest, issued.build, issued.edition, issued.languages, file.application,
        edits, found.queries, found.remarks, found.unmatched,
    )  # fmt: skip


def edit_of(change: Change, blocks: Mapping[tuple[str, str], IssuedBlock], required: bool = False) -> Edit:
    block = blocks.get((change.language, change.block))
    if block is None:
        return Edit(change)
    text, placeholders = template_of(block, change.placeholders)
    if change.kind == "moved" and not change.follows:
        # The head of a section is named by it.
        change = replace(change, follows=block.section)
    return Edit(change, text, placeholders, required or block.kind in ("title", "heading"))


def template_of(block: IssuedBlock, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The issued wording with a name for every figure and reference, those of `known` where it has them."""
    names = {reference: name for name, reference in reversed([*known.items()])}
    used: dict[str, str] = {}
    out, end = [], 0
    for span in sorted(block.spans, key=lambda s: s.start):
        if span.kind == "literal" or span.start < end:
            continue
        reference = REFERENCE + span.ref if span.kind == "reference" else span.ref
        name = names.get(reference)
        if name is None:
            taken = {*known, *used}
            name = next(n for n in (f"n{i}" for i in range(1, len(taken) + 2)) if n not in taken)
            names[reference] = name
        used[name] = reference
        out += [_escaped(block.text[end : span.start]), f"{{{name}}}"]
        end = span.end
    out.append(_escaped(block.text[end:]))
    return "".join(out), used


def with_places(given: Round, places: Mapping[str, Place]) -> Round:
    asked = {q.fact for q in given.queries} | {q.fact for e in given.edits for q in e.change.queries}
    return replace(given, places={f: places[f] for f in sorted(asked) if f in places})


def day_of(file: ReadFile) -> str:
    """ISO day of the last saving, else of the newest revision or comment; empty where the file says neither."""
    dates = [r.date for p in file.paragraphs for r in p.revisions] + [c.date for c in file.comments]
    dates += [r.date for t in file.tables for r in t.revisions]
    days = [d[:10] for d in dates if _DAY.match(d)]
    return file.saved[:10] if _DAY.match(file.saved) else max(days, default="")


def authors_of(file: ReadFile) -> tuple[str, ...]:
    """Those who changed or remarked most first."""
    names = Counter(r.author for p in file.paragraphs for r in p.revisions if r.author)
    names.update(r.author for t in file.tables for r in t.revisions if r.author)
    names.update(c.author for c in file.comments if c.author)
    return tuple(name for name, _ in sorted(names.items(), key=lambda n: (-n[1], n[0])))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
