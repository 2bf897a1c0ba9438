"""Where a review stands: what came back, what was answered and what the files say, set against today's edition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bulletin.model.finding import Place
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.override import Override, Typed, pieces_of, placeholder_of
from bulletin.model.review import Query, QueryKind
from bulletin.model.round import Asked, Decision, Remarked, Round, Standing, joined_authors, query_id, remark_id
from bulletin.review.combine import Combined, Part, alike, combined, of_override
from bulletin.review.figures_read import agree
from bulletin.review.threeway import Tokens, keys, tokens_of

FIGURES = frozenset({"number-changed", "table-cell", "table-structure", "chart-data", "fixed-text"})
"""Questions about what is printed, not about how it is said: they stand whatever becomes of the wording."""
HOLDING = frozenset(
    {"uncertain-match", "trend-words", "wording-changed", "reviewers-disagree", "number-swapped", "number-ambiguous"}
)
"""Questions that keep a wording from being final."""
APART = " ‖ "
"""Between wordings that stand against each other."""

Key = tuple[str, str]
"""Language and block."""

Trends = Callable[[str, str, Mapping[str, str]], Sequence[str]]
"""Language, text with names, and what they stand for, to the words that today's data contradict."""


@dataclass(frozen=True)
class _Material:
    """What one reckoning starts from."""

    parts: Mapping[Key, tuple[Part, ...]]
    decisions: Mapping[str, Decision]
    today: Mapping[str, Issued]
    blocks: Mapping[Key, IssuedBlock]
    rounds: tuple[Round, ...]
    arriving: frozenset[str]
    trends: Trends

    @cached_property
    def places(self) -> frozenset[str]:
        """After which something can stand and that are no blocks: new paragraphs, sections."""
        news = {block for (_, block), parts in self.parts.items() if any(p.edit.change.kind == "new" for p in parts)}
        return frozenset(news | {b.section for b in self.blocks.values()})


@dataclass(frozen=True)
class _Proposal:
    override: Override | None
    asked: tuple[Asked, ...]
    combined: Combined = field(default_factory=Combined)


def standing(
    rounds: Sequence[Round],
    decisions: Sequence[Decision],
    today: Mapping[str, Issued],
    existing: Mapping[str, Mapping[str, Override]],
    *,
    arriving: Collection[str] = (),
    before: Sequence[Decision] | None = None,
    trends: Trends = lambda language, text, placeholders: (),
) -> Standing:
    """`today`: language to the edition as the program says it now, without overrides; empty: unknown, and nothing is held against
    it. `arriving`: names of the rounds that the overrides in the files do not know yet. `before`: the answers that they know.

    An entry that the earlier rounds and answers explain is the review's own and is written anew; any other was made by hand and
    stands, with what arrives laid into it.
    """
    now = _material(rounds, decisions, today, frozenset(arriving), trends)
    earlier = [r for r in rounds if r.name not in now.arriving]
    then = _material(earlier, decisions if before is None else before, today, frozenset(), trends)
    answered = {d.id for d in decisions if before is not None and d not in before}
    found: dict[Key, Override] = {(lang, block): o for lang, entries in existing.items() for block, o in entries.items()}
    asked: list[Asked] = []
    for key in sorted({*now.parts, *then.parts}):
        there = found.get(key)
        former = _proposed(key, then.parts[key], then) if key in then.parts else _Proposal(None, ())
        proposal = _proposed(key, now.parts.get(key, ()), now)
        if not alike(there, former.override):
            proposal = _by_hand(key, there, proposal, now, answered)
        elif there is not None and there.state == "rejected" and former.override and former.override.state != "rejected":
            proposal = _Proposal(there, _figures_only(proposal.asked))
        asked += proposal.asked
        if proposal.override is None:
            found.pop(key, None)
        else:
            found[key] = proposal.override
    asked += _others(now)
    overrides: dict[str, dict[str, Override]] = {}
    for (language, block), override in sorted(found.items()):
        overrides.setdefault(language, {})[block] = override
    return Standing(overrides, _once(asked), _remarks(now))


def active(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """The newest of each reviewer's files of one build: he has put the others aside."""
    newest: dict[tuple[str, str, tuple[str, ...]], Round] = {}
    for each in sorted(rounds, key=lambda r: (r.date, r.name)):
        newest[each.who.casefold(), each.build, each.languages] = each
    return tuple(sorted(newest.values(), key=lambda r: (r.date, r.name)))


def _material(
    rounds: Sequence[Round],
    decisions: Sequence[Decision],
    today: Mapping[str, Issued],
    arriving: frozenset[str],
    trends: Trends,
) -> _Material:
    standing_rounds = active(rounds)
    parts: dict[Key, list[Part]] = {}
    for each in standing_rounds:
        for edit in each.edits:
            change = edit.change
            if change.kind not in ("format", "table-cell", "structure", "chart-data"):
                parts.setdefault((change.language, change.block), []).append(Part(each, edit))
    apart: dict[Key, list[Part]] = {}
    for (language, block), found in parts.items():
        for name, group in _news_apart(block, found).items():
            apart.setdefault((language, name), []).extend(group)
    return _Material(
        {key: tuple(found) for key, found in apart.items()},
        {d.id: d for d in decisions},
        today,
        {(b.language, b.id): b for issued in today.values() for b in issued.blocks},
        standing_rounds,
        arriving,
        trends,
    )


def _news_apart(block: str, parts: list[Part]) -> dict[str, list[Part]]:
    """Different paragraphs put in at one place are no two wordings of one."""
    news = [p for p in parts if p.edit.change.kind == "new"]
    wordings = list(dict.fromkeys(keys(p.said) for p in news))
    if len(wordings) < 2:
        return {block: parts}
    found: dict[str, list[Part]] = {block: [p for p in parts if p not in news]}
    for part in news:
        n = wordings.index(keys(part.said))
        found.setdefault(block if not n else f"{block}-{n + 1}", []).append(part)
    return found


def _proposed(key: Key, parts: Sequence[Part], given: _Material, upon: Combined | None = None) -> _Proposal:
    made = combined(parts, upon)
    asked = [
        *(_asked(q, p.round, given, _names(p)) for p in parts for q in p.edit.change.queries),
        *_derived(key, parts, made, given),
    ]
    return _answered(key, made, _once(asked), given, parts[0].round if parts else None)


def _derived(key: Key, parts: Sequence[Part], made: Combined, given: _Material) -> list[Asked]:
    """Questions that come of setting the wording against others and against today's edition."""
    language, block = key
    if not made.changes:
        return []
    issued, reworded = _plain(parts), parts[-1].edit.change.after if parts else ""
    source = parts[0].round if parts else None

    def ask(kind: QueryKind, new: str, today: str = "", choices: tuple[str, ...] = ()) -> Asked:
        query = Query(kind, block, language, issued, new, authors=made.by)
        return replace(_asked(query, source, given, _plain_names(made)), today=today, choices=choices)

    found: list[Asked] = []
    if made.against:
        wordings = APART.join(made.said(r.tokens)[0] for r in made.against)
        choices = tuple(_printed(made, r.tokens, language, given) for r in made.against)
        found.append(ask("reviewers-disagree", wordings, choices=choices))
    now = given.blocks.get(key)
    if (made.drops or made.into) and any(p.edit.required for p in parts):
        if not any(q.kind == "required-block" for p in parts for q in p.edit.change.queries):
            found.append(ask("required-block", ""))
    elif given.today and _is_gone(key, made, given):
        found.append(ask("block-gone", reworded))
    elif now is not None and made.base and now.generated and now.generated != made.base and not _only_moves(made):
        found.append(ask("wording-changed", reworded, now.text))
    return found


def _is_gone(key: Key, made: Combined, given: _Material) -> bool:
    """Today's edition has no such block; a new paragraph needs the one that it stands after, which may be new itself."""
    if key[0] not in given.today:
        return False
    if not made.new:
        return key not in given.blocks
    language, after = key[0], made.follows
    return bool(after) and (language, after) not in given.blocks and after not in given.places


def _only_moves(made: Combined) -> bool:
    return made.moves and not made.tokens and not made.against


def _printed(made: Combined, tokens: Tokens, language: str, given: _Material) -> str:
    """The wording with today's figures, for people; a figure that is not printed today keeps its name."""
    issued = given.today.get(language)
    texts = {fact: said[language] for fact, said in issued.texts.items() if language in said} if issued else {}
    text, placeholders = made.said(tokens)
    figures = {name: texts.get(placeholder_of(p).ref, f"{{{name}}}") for name, p in placeholders.items()}
    return "".join(figures.get(said, f"{{{said}}}") if kind == "name" else said for kind, said in pieces_of(text))


def _plain_names(made: Combined) -> dict[str, str]:
    return {name: reference.partition("\1")[0] for name, reference in made.names.items()}


def _answered(key: Key, made: Combined, asked: tuple[Asked, ...], given: _Material, source: Round | None) -> _Proposal:
    """The entry, with what was answered to the questions about it."""
    now = given.blocks.get(key)
    made, edit = _chosen(made, asked)
    if made.tokens and not made.against:
        # A wording that was chosen or typed in is held against the data as any other.
        wrong = given.trends(key[0], made.said(made.tokens)[0], _plain_names(made))
        query = Query("trend-words", key[1], key[0], "", ", ".join(wrong), detail=now.text if now else "", authors=made.by)
        found = _asked(query, source, given, _plain_names(made))
        if wrong:
            asked = _once([*asked, found])
            made, edit = _chosen(made, (found,)) if edit is None else (made, edit)
    done = [a for a in asked if a.decision and a.state == "decided"]
    rejected = next((a.decision for a in done if _rejects(a)), None)
    bases = [a.decision.base for a in done if a.decision and a.decision.answer in ("edit", "take") and a.decision.base]
    base = now.generated if now and now.generated in bases else (bases or [made.base])[0]
    settled = edit or rejected
    if settled is not None:
        asked = tuple(
            replace(a, state="decided", decision=settled) if _is_moot(a, settled, now, rejected=rejected) else a for a in asked
        )
    refused = any(a.query.kind == "required-block" for a in asked) and edit is None
    made = replace(made, base=base, literals=_literals(made.literals, asked))
    if not made.changes or refused:
        return _Proposal(None, asked, made)
    held = any(a.state == "open" and (a.query.kind in HOLDING or _is_third(a)) for a in asked)
    override = replace(made.override(), state="rejected" if rejected and not edit else "needs-decision" if held else "applied")
    return _Proposal(override, asked, made)


def _chosen(made: Combined, asked: Sequence[Asked]) -> tuple[Combined, Decision | None]:
    """With the wording that was typed in, or taken from those that stand against each other; and the answer that typed it."""
    done = [a.decision for a in asked if a.decision and a.state == "decided"]
    edit = next((d for d in done if d.answer == "edit"), None)
    if edit is not None:
        return replace(made, tokens=tokens_of(edit.text, made.names), against=(), drops=False, into=""), edit
    taken = next(
        (a.decision for a in asked if a.query.kind == "reviewers-disagree" and a.decision and a.state == "decided"), None
    )
    if taken and taken.answer == "take" and 0 < taken.choice <= len(made.against):
        tokens = made.against[taken.choice - 1].tokens
        return replace(made, tokens=tokens, against=(), drops=not tokens), None
    return made, None


def _is_moot(asked: Asked, settled: Decision, now: IssuedBlock | None, *, rejected: Decision | None) -> bool:
    """A question about a wording that was refused, or replaced by another; not about what has changed since."""
    if asked.state != "open" or asked.query.kind in FIGURES or (asked.query.kind == "trend-words" and not rejected):
        return False
    changed = asked.query.kind == "wording-changed" and now is not None and settled.base not in ("", now.generated)
    return bool(rejected) or not changed


def _rejects(asked: Asked) -> bool:
    """The program's own words are to stand."""
    assert asked.decision is not None
    answer, kind = asked.decision.answer, asked.query.kind
    return answer == "reject" or (answer == "keep" and kind not in FIGURES | {"required-block"})


def _is_third(asked: Asked) -> bool:
    """The figure is neither what the reviewer saw nor what he wrote."""
    query = asked.query
    return query.kind == "number-changed" and bool(asked.today) and not agree(asked.today, query.old)


def _literals(literals: tuple[Typed, ...], asked: Sequence[Asked]) -> tuple[Typed, ...]:
    checked = {a.query.new: a.decision for a in asked if a.decision and a.decision.answer == "verified"}
    return tuple(Typed(t.text, "verified", d.note) if (d := checked.get(t.text)) else t for t in literals)


def _by_hand(key: Key, there: Override | None, proposal: _Proposal, given: _Material, answered: set[str]) -> _Proposal:
    """What a person has written, or taken out, in the file itself stands; what arrives is laid into it."""
    if any(a.id in answered and a.decision and a.decision.answer in ("edit", "take", "reject") for a in proposal.asked):
        return proposal
    fresh = tuple(p for p in given.parts.get(key, ()) if p.round.name in given.arriving)
    if there is None:
        return _proposed(key, fresh, given) if fresh else _Proposal(None, _figures_only(proposal.asked))
    old = tuple(a for a in _figures_only(proposal.asked))
    if there.state == "rejected" and not fresh:
        return _Proposal(there, old)
    laid = _proposed(key, fresh, given, of_override(there))
    asked = _once([*laid.asked, *old])
    if laid.override is not None and alike(laid.override, there) and not any(a.id in answered for a in asked):
        kept = "needs-decision" if laid.override.state == "needs-decision" else there.state
        return _Proposal(replace(there, state=kept), asked)
    return _Proposal(laid.override, asked)


def _figures_only(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    return tuple(a for a in asked if a.query.kind in FIGURES | {"block-gone"})


def _asked(query: Query, source: Round | None, given: _Material, names: Mapping[str, str] | None = None) -> Asked:
    name = query_id(query)
    decision = given.decisions.get(name)
    issued = given.today.get(query.language) or next(iter(given.today.values()), None)
    today = _today(query, issued) if issued and query.fact else ""
    asked = Asked(
        name,
        query,
        "open",
        today,
        source.places.get(query.fact, Place()) if source else Place(),
        source.name if source else "",
        placeholders=names or {},
        decision=decision,
    )
    block = given.blocks.get((query.language, query.block))
    asked = replace(asked, base=block.generated if block else "")
    # A number that was typed in is none of the data's, even where one of theirs is equal today.
    figure = query.kind in FIGURES or (query.kind.startswith("number") and query.kind != "number-new")
    if figure and query.new and today and agree(today, query.new):
        return replace(asked, state="agreed")
    if decision is None:
        return asked
    if decision.answer == "at-source":
        return replace(asked, waits=True)
    if query.kind == "wording-changed" and block is not None and decision.base not in ("", block.generated):
        return asked
    return replace(asked, state="decided")


def _today(query: Query, issued: Issued) -> str:
    """The figure in question as it is printed today where it stands; of a chart as its workbook has it, at the chart's scale."""
    for chart in issued.charts:
        if query.kind == "chart-data" and chart.id == query.block:
            return next((chart.rows[r][c] for r, c in _places(chart.facts, query.fact)), "")
    for table in issued.tables:
        if query.kind == "table-cell" and table.id == query.block:
            return next((table.grid[r][c].removesuffix(table.marks[r][c]) for r, c in _places(table.facts, query.fact)), "")
    return issued.texts.get(query.fact, {}).get(query.language, "")


def _places(facts: Sequence[Sequence[str]], fact: str) -> Iterator[tuple[int, int]]:
    """Row and column of the cells with that fact."""
    return ((r, c) for r, row in enumerate(facts) for c, found in enumerate(row) if found == fact)


def _names(part: Part) -> dict[str, str]:
    return {**part.edit.placeholders, **part.edit.change.placeholders}


def _plain(parts: Sequence[Part]) -> str:
    return next((p.edit.change.before for p in parts if p.edit.change.before), "")


def _others(given: _Material) -> list[Asked]:
    """Questions with which no wording goes: cells, charts, fixed words, sentences in which nothing but a figure was changed."""
    found = [_asked(q, r, given) for r in given.rounds for q in r.queries]
    kinds = ("format", "table-cell", "structure", "chart-data")
    found += [_asked(q, r, given) for r in given.rounds for e in r.edits if e.change.kind in kinds for q in e.change.queries]
    return [replace(a, worded=False) for a in found]


def _once(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """The same question by several reviewers is one."""
    found: dict[str, Asked] = {}
    for each in asked:
        former = found.get(each.id)
        if former is None:
            found[each.id] = each
        else:
            authors = joined_authors(former.query.authors, each.query.authors)
            found[each.id] = replace(former, query=replace(former.query, authors=authors))
    return tuple(found.values())


def _remarks(given: _Material) -> tuple[Remarked, ...]:
    found: dict[str, Remarked] = {}
    for each in given.rounds:
        # What replies to a comment of the program's own is a comment as any other.
        ids = {r.id for r in each.remarks}
        for remark in each.remarks:
            name = remark_id(remark)
            found[name] = Remarked(name, remark, each.name, given.decisions.get(name), remark.parent in ids)
    return tuple(found.values())
