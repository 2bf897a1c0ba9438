"""What one reviewed file says, with the wording that it departs from: a round to be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bulletin.model.finding import Place
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.review import Change, Collected
from bulletin.model.reviewed import ReadFile
from bulletin.model.round import Edit, Round, joined_authors
from bulletin.review.names import names_of

REFERENCE = "@"
_DAY = re.compile(r"(19|20)\d\d-[01]\d-[0-3]\d")


def round_of(
    name: str, who: str, date: str, label: str, file: ReadFile, issued: Issued, found: Collected, required: Collection[str]
) -> Round:
    """`required`: ids of blocks that cannot be left out. Places of figures are added by who has their lineage."""
    blocks = {(b.language, b.id): b for b in issued.blocks}
    edits = tuple(edit_of(c, blocks, c.block in required) for c in found.changes)
    edits = _whole(edits, issued)
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


def _whole(edits: Sequence[Edit], issued: Issued) -> tuple[Edit, ...]:
    """An edit of one of the paragraphs into which a reviewer had parted a block is one of the block: it has one entry."""
    blocks = {(b.language, b.id): b for b in issued.blocks}
    parts: dict[tuple[str, str], list[IssuedBlock]] = {}
    for block in issued.blocks:
        head, _, number = block.id.rpartition(".")
        whole = blocks.get((block.language, head))
        if number.isdecimal() and int(number) > 1 and not block.generated and block.editable and whole and whole.editable:
            parts.setdefault((block.language, head), [whole]).append(block)
    changed = {(e.change.language, e.change.block): e for e in edits}
    out: list[Edit] = []
    done: set[tuple[str, str]] = set()
    owner = {(language, b.id): (language, head) for (language, head), group in parts.items() for b in group}
    for edit in edits:
        key = (edit.change.language, edit.change.block)
        whole_of = owner.get(key)
        if whole_of is None or edit.change.kind in ("moved", "format") or edit.change.into:
            out.append(edit)
        elif whole_of not in done:
            done.add(whole_of)
            out.append(_joined([changed.get((whole_of[0], b.id)) for b in parts[whole_of]], parts[whole_of]))
    return tuple(out)


def _joined(edits: Sequence[Edit | None], blocks: Sequence[IssuedBlock]) -> Edit:
    """`None` for a paragraph that was left alone."""
    found = [e for e in edits if e is not None]
    placeholders = {n: r for e in found for m in (e.placeholders, e.change.placeholders) for n, r in m.items()}
    issued: list[str] = []
    said: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for edit, block in zip(edits, blocks, strict=True):
        text, names = template_of(block, placeholders)
        placeholders |= names
        issued.append(text)
        before.append(block.text)
        said.append(edit.change.text if edit else text)
        after.append(edit.change.after if edit else block.text)
    first = found[0].change
    change = replace(
        first,
        kind="reworded" if any(said) else "deleted",
        block=blocks[0].id,
        before="\n\n".join(before),
        after="\n\n".join(t for t in after if t),
        text="\n\n".join(t for t in said if t),
        placeholders=placeholders,
        literals=tuple(x for e in found for x in e.change.literals),
        generated=blocks[0].generated,
        authors=joined_authors(*(e.change.authors for e in found)),
        queries=tuple(q for e in found for q in e.change.queries),
    )
    return Edit(change, "\n\n".join(issued), placeholders, any(e.required for e in found))


def template_of(block: IssuedBlock, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The issued wording with a name for every figure and reference, those of `known` where it has them."""
    names = {reference: name for name, reference in reversed([*known.items()])}
    all_ = [REFERENCE + s.ref if s.kind == "reference" else s.ref for s in block.spans if s.kind != "literal"]
    names |= names_of(set(all_) - names.keys(), known)
    used: dict[str, str] = {}
    out, end = [], 0
    for span in sorted(block.spans, key=lambda s: s.start):
        if span.kind == "literal" or span.start < end:
            continue
        reference = REFERENCE + span.ref if span.kind == "reference" else span.ref
        name = names[reference]
        used[name] = reference
        out += [_escaped(block.text[end : span.start]), f"{{{name}}}"]
        end = span.end
    out.append(_escaped(block.text[end:]))
    return "".join(out), used


def with_places(given: Round, places: Mapping[str, Place]) -> Round:
    asked = {q.fact for q in given.queries} | {q.fact for e in given.edits for q in e.change.queries}
    return replace(given, places={f: places[f] for f in sorted(asked) if f in places})


def day_of(file: ReadFile, own: str = "") -> str:
    """ISO day of the last saving, else of the newest revision or comment; empty where the file says neither. `own`: under what name
    the program's comments stand."""
    dates = [r.date for p in file.paragraphs for r in p.revisions] + [c.date for c in file.comments if not own or c.author != own]
    dates += [r.date for t in file.tables for r in t.revisions]
    days = [d[:10] for d in dates if _DAY.match(d)]
    return file.saved[:10] if _DAY.match(file.saved) else max(days, default="")


def authors_of(file: ReadFile, own: str = "") -> tuple[str, ...]:
    """Those who changed or remarked most first."""
    names = Counter(r.author for p in file.paragraphs for r in p.revisions if r.author)
    names.update(r.author for t in file.tables for r in t.revisions if r.author)
    names.update(c.author for c in file.comments if c.author and c.author != own)
    return tuple(name for name, _ in sorted(names.items(), key=lambda n: (-n[1], n[0])))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
