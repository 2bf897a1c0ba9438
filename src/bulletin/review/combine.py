"""What several reviewers did to one block, as one change: edits that do not touch are joined, others stand against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bulletin.model.override import Alternative, Override, Placeholder, Reviewer, Typed, placeholder_of
from bulletin.model.round import Edit, Round, joined_authors
from bulletin.review.threeway import Tokens, keys, merged, named, same, text_of, tokens_of

_FORMAT = "\1"
"""Between a reference and the format in which its figure is printed."""


@dataclass(frozen=True)
class Part:
    round: Round
    edit: Edit

    @property
    def issued(self) -> Tokens:
        return tokens_of(self.edit.issued, self.edit.placeholders)

    @property
    def said(self) -> Tokens:
        return tokens_of(self.edit.change.text, self.edit.change.placeholders)

    @property
    def authors(self) -> tuple[Reviewer, ...]:
        return self.edit.change.authors or (Reviewer(self.round.who, self.round.date),)

    @property
    def rewords(self) -> bool:
        return not self.leaves_out and bool(self.edit.change.text) and not same(self.issued, self.said)

    @property
    def leaves_out(self) -> bool:
        """The block itself goes: taken out, or its words stand in another."""
        return self.edit.change.kind == "deleted" or bool(self.edit.change.into)


@dataclass(frozen=True)
class Rival:
    tokens: Tokens
    """Empty: the block is left out."""
    by: tuple[Reviewer, ...]


@dataclass(frozen=True)
class Combined:
    tokens: Tokens = ()
    """The wording; empty where the block goes, or where it only moves."""
    drops: bool = False
    into: str = ""
    """Id of the block into which it was joined."""
    moves: bool = False
    new: bool = False
    follows: str = ""
    by: tuple[Reviewer, ...] = ()
    literals: tuple[Typed, ...] = ()
    base: str = ""
    """Digest of the generated wording on which the last reviewers rested."""
    issued: Tokens = ()
    """What they saw."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Name to reference, of everything that may be named."""
    against: tuple[Rival, ...] = ()
    """Wordings that cannot be joined."""

    @property
    def changes(self) -> bool:
        return bool(self.tokens) or self.drops or bool(self.into) or self.moves or bool(self.against)

    def said(self, tokens: Tokens) -> tuple[str, dict[str, str | Placeholder]]:
        """The text with names, and what they stand for."""
        used = named((self.names,), tokens)
        text = text_of(tokens, {reference: name for name, reference in used.items()})
        return text, {name: _placeholder(reference) for name, reference in used.items()}

    def override(self) -> Override:
        """As it belongs in the file; its state is another matter."""
        text, placeholders = self.said(self.tokens or (self.issued if self.against else ()))
        alternatives = tuple(Alternative(*self.said(r.tokens), by=r.by) for r in self.against)
        action = "insert-after" if self.new else "move-after" if self.moves else "replace"
        if not self.against and (self.drops or self.into):
            return Override("merge" if self.into else "drop", base=self.base, by=self.by, into=self.into)
        return Override(
            action,  # type: ignore[arg-type]
            text,
            "" if self.new else self.base,
            placeholders,
            self.by,
            after=self.follows if action != "replace" else "",
            literals=tuple(t for t in self.literals if t.text in text),
            alternatives=alternatives,
        )


def combined(parts: Sequence[Part], upon: Combined | None = None) -> Combined:
    """Reviewers of one file sent out against each other, then those of the next one upon what came of it."""
    found = upon or Combined()
    ordered = sorted(parts, key=lambda p: (p.round.date, p.round.name))
    first: dict[tuple[str, ...], int] = {}
    for n, part in enumerate(ordered):
        first.setdefault(keys(part.issued), n)
    ordered.sort(key=lambda p: first[keys(p.issued)])
    for _, wave in groupby(ordered, key=lambda p: keys(p.issued)):
        found = _laid(found, list(wave))
    return found


def of_override(override: Override) -> Combined:
    """What stands in the file."""

    def tokens(text: str, placeholders: Mapping[str, str | Placeholder]) -> Tokens:
        return tokens_of(text, references(placeholders))

    said = tokens(override.text, override.placeholders)
    rivals = tuple(Rival(tokens(a.text, a.placeholders), a.by) for a in override.alternatives)
    undecided = rivals if override.state == "needs-decision" else ()
    return Combined(
        tokens=said,
        drops=override.action == "drop",
        into=override.into,
        moves=override.action == "move-after",
        new=override.action == "insert-after",
        follows=override.after,
        by=override.by,
        literals=override.literals,
        base=override.base,
        issued=said if undecided else (),
        names=_names([references(override.placeholders), *(references(a.placeholders) for a in override.alternatives)]),
        against=undecided,
    )


def alike(one: Override | None, other: Override | None) -> bool:
    """The same change, whatever its state and its authors."""
    if one is None or other is None:
        return one is other
    return _content(one) == _content(other)


def references(placeholders: Mapping[str, str | Placeholder]) -> dict[str, str]:
    found = {name: placeholder_of(said) for name, said in placeholders.items()}
    return {name: p.ref + (_FORMAT + p.format if p.format else "") for name, p in found.items()}


def _placeholder(reference: str) -> str | Placeholder:
    ref, _, form = reference.partition(_FORMAT)
    return Placeholder(ref, form) if form else ref  # type: ignore[arg-type]


def _content(override: Override) -> tuple[object, ...]:
    return override.action, keys(tokens_of(override.text, references(override.placeholders))), override.after, override.into


def _laid(before: Combined, parts: Sequence[Part]) -> Combined:
    base = parts[0].issued
    changing = [p for p in parts if p.rewords or p.leaves_out or p.edit.change.kind in ("moved", "new")]
    groups = (before.names, *(m for p in parts for m in (p.edit.placeholders, p.edit.change.placeholders)))
    literals = (*before.literals, *(Typed(x) for p in changing for x in p.edit.change.literals))
    seen = replace(
        before,
        names=_names(groups),
        base=next((p.edit.change.generated for p in reversed(parts) if p.edit.change.generated), before.base),
        issued=base or before.issued,
        by=joined_authors(before.by, *(p.authors for p in changing)),
        literals=tuple({t.text: t for t in reversed(literals)}.values())[::-1],
        new=before.new or any(p.edit.change.kind == "new" for p in changing),
    )
    if not changing:
        return seen
    rivals = [Rival(before.tokens, before.by)] if before.tokens and not same(before.tokens, base) else []
    rivals += [Rival(p.said, p.authors) for p in changing if p.rewords]
    rivals = _distinct(rivals)
    moves = {p.edit.change.follows for p in changing if p.edit.change.kind == "moved"}
    intos = {p.edit.change.into for p in changing if p.edit.change.into}
    drops = any(p.leaves_out and not p.edit.change.into for p in changing)
    said = rivals[0].tokens if len(rivals) == 1 else merged(base, [r.tokens for r in rivals]) if rivals else ()
    stands = before.against and not any(same(r.tokens, base) for r in before.against)
    kinds = sum((drops, bool(intos), bool(rivals or moves)))
    if said is None or stands or kinds > 1 or len(moves) > 1 or len(intos) > 1:
        gone = joined_authors(*(p.authors for p in changing if p.leaves_out))
        moved = joined_authors(*(p.authors for p in changing if p.edit.change.kind == "moved" and not p.rewords))
        rivals = [
            *before.against,
            *(rivals if stands else _with_the_others(base, rivals)),
            *([Rival(base, moved)] if moved and kinds > 1 else []),
        ]
        return replace(seen, against=tuple(_distinct([*rivals, *([Rival((), gone)] if gone else [])])), tokens=base)
    follows = next(iter(moves), "") or next((p.edit.change.follows for p in changing if p.edit.change.kind == "new"), "")
    return replace(
        seen,
        tokens=said or (() if drops or intos else before.tokens),
        drops=drops or (before.drops and not said),
        into=next(iter(intos), "" if said else before.into),
        moves=bool(moves) or before.moves,
        follows=follows or before.follows,
        against=(),
    )


def _with_the_others(base: Tokens, rivals: Sequence[Rival]) -> list[Rival]:
    """Each wording of those that touch each other, with the edits of the reviewers that touch nobody's."""
    touching = [r for r in rivals if any(o is not r and merged(base, [r.tokens, o.tokens]) is None for o in rivals)]
    free = [r for r in rivals if r not in touching]
    if not free or not touching:
        return list(rivals)
    found = [(r, merged(base, [r.tokens, *(f.tokens for f in free)])) for r in touching]
    if any(tokens is None for _, tokens in found):
        return list(rivals)
    by = joined_authors(*(f.by for f in free))
    return [Rival(tokens or (), joined_authors(r.by, by)) for r, tokens in found]


def _distinct(rivals: Sequence[Rival]) -> list[Rival]:
    found: dict[tuple[str, ...], Rival] = {}
    for rival in rivals:
        former = found.get(keys(rival.tokens))
        by = joined_authors(former.by, rival.by) if former else rival.by
        found[keys(rival.tokens)] = Rival(rival.tokens, by)
    return list(found.values())


def _names(groups: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Every reference under one name; one that two reviewers gave to different figures stays with the first."""
    found: dict[str, str] = {}
    for group in groups:
        for name, reference in sorted(group.items()):
            if reference not in found.values():
                free = name if name not in found else next(n for n in (f"{name}{i}" for i in range(2, 1000)) if n not in found)
                found[free] = reference
    return found
