"""An answer to `bulletin trace` as lines of text in the user's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bulletin.ledger.answer import Answer, Appearance, Calculation, Change, ClaimSeen, Kind, Leaf, Outcome, Trace
from bulletin.model.text import MESSAGES, LocalText
from bulletin.pipeline.messages import figure, said

Texts = Mapping[str, str]
_FEW = 3
"""Figures that are told in full; more are told in a line each."""


def told(found: Answer, texts: Texts) -> Iterator[str]:
    language = texts.get("message_language", MESSAGES)
    yield texts[f"trace_outcome_{found.outcome}"].format(
        question=found.question, edition=found.edition, count=found.count, key=found.key, file=found.place.file,
        reason=texts.get(f"ignored_{found.reason}", found.reason),
        statuses=", ".join(texts.get(f"status_{s}", s) for s in (*found.statuses, *found.signs)),
    )  # fmt: skip
    if found.near:
        yield texts["trace_where" if found.outcome is Outcome.NO_CELL else "trace_near"]
    for near in found.near:
        yield f"  · {near}"
    if found.outcome is Outcome.WORDS:
        for a in found.appearances:
            yield f"  {_place(a, texts)}"
        yield from _claims(found.claims, texts)
    in_full = found.count <= _FEW
    for trace in found.traces if in_full else ():
        yield ""
        yield from _figure(trace, found, texts, language)
    for trace in () if in_full else found.traces:
        yield f"  {_printed(trace.texts)}  {trace.id}  ← {_origins(trace.leaves)}"
        if found.outcome is not Outcome.WORDS:
            yield from (f"      {_place(a, texts)}" for a in trace.appearances[:1])
    if found.count > len(found.traces):
        yield said(texts, "trace_more", count=found.count - len(found.traces))
    if not in_full:
        yield texts["trace_one"]


def _figure(t: Trace, found: Answer, texts: Texts, language: str) -> Iterator[str]:
    marks = [texts.get(f"status_{s}", s) for s in t.statuses if s != "A"] + [texts["trace_illustrative"]] * t.illustrative
    yield f"{_printed(t.texts)}  {t.id}"
    value = "" if t.value is None else f"{figure(t.value, texts)} {t.unit}".strip()
    yield "  " + " · ".join(
        w for w in (_in(found.labels.get(t.indicator, {}), language) or t.indicator, t.period, value, *marks) if w
    )
    yield f"  {texts['trace_printed']}"
    yield from (f"    {_place(a, texts)}" for a in t.appearances)
    yield from _claims(t.claims, texts)
    if t.calculation:
        yield from _calculation(t.calculation, found, texts, language)
    yield f"  {texts['trace_inputs' if t.calculation else 'trace_received']}"
    for leaf in t.leaves:
        source = _in(found.sources.get(leaf.source, {}), language)
        yield "    " + " · ".join(w for w in (_where(leaf), leaf.key if leaf.key != t.id else "", leaf.source, source) if w)
    for change in t.changes:
        yield "  " + _change(change, texts, language)


def _place(a: Appearance, texts: Texts) -> str:
    where = " › ".join(a.sections)
    parts = [p for p in (where, a.exhibit) if p]
    names = {Kind.CELL: ("row", "column"), Kind.MARK: ("series", "point")}.get(a.kind, ("point", "point"))
    parts += [texts[f"trace_{name}"].format(name=said) for name, said in zip(names, (a.row, a.column), strict=True) if said]
    if a.sentence and a.sentence not in a.exhibit:
        parts.append(f"«{a.sentence}»")
    kind = texts[f"trace_kind_{a.kind}"]
    figure = f" [{a.text}]" if a.text and a.kind is not Kind.BLOCK else ""
    return f"{a.language}  {kind}{figure}: {' · '.join(parts) or a.block}"


def _claims(claims: tuple[ClaimSeen, ...], texts: Texts) -> Iterator[str]:
    """The same claim of several languages once, with its sentence in each."""
    grouped: dict[tuple[str, str, str], list[ClaimSeen]] = defaultdict(list)
    for claim in claims:
        grouped[claim.id, claim.kind, claim.outcome].append(claim)
    for (name, kind, outcome), same in grouped.items():
        parameters = ", ".join(f"{k}={v}" for k, v in same[0].parameters.items() if v)
        yield "  " + texts["trace_claim"].format(id=name, kind=kind, outcome=outcome, parameters=parameters)
        yield from (f"    {c.language}  «{c.sentence}»" for c in same if c.sentence)


def _calculation(how: Calculation, found: Answer, texts: Texts, language: str) -> Iterator[str]:
    name, _, source = how.name.partition(":")
    labels = {role: f"«{_in(found.labels.get(i, {}), language) or i}»" for role, i in how.inputs.items()}
    pattern = texts.get(f"calculation_{name}", name)
    words = pattern.format_map(
        _Parts({**labels, **_numbered(how.arguments), "source": source, "all": ", ".join(labels.values())})
    )
    parameters = "".join(f"; {k} = {v}" for k, v in how.parameters.items())
    yield f"  {texts['trace_calculation']} {words}{parameters}"
    for n, argument in enumerate(how.arguments, 1):
        yield f"    [{n}] {argument}  {_printed(how.texts.get(argument, {}))}".rstrip()


class _Parts(dict[str, str]):
    """A part that a formula can do without is printed as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _numbered(arguments: tuple[str, ...]) -> dict[str, str]:
    return {letter: f"[{n}]" for n, (letter, _) in enumerate(zip("abcdefgh", arguments, strict=False), 1)}


def _change(change: Change, texts: Texts, language: str) -> str:
    return texts["trace_revised"].format(
        since=change.since, old=_value(change.old, texts), new=_value(change.new, texts),
        reason=_in(change.reason, language) or texts[f"cause_{change.cause or 'none'}"],
    )  # fmt: skip


def _value(value: float | None, texts: Texts) -> str:
    return "–" if value is None else figure(value, texts)


def _printed(said: Mapping[str, tuple[str, ...]]) -> str:
    """Every printed form, each once, languages in the order of the file."""
    return " / ".join(dict.fromkeys(t for texts in said.values() for t in texts)) or "–"


def _where(leaf: Leaf) -> str:
    return str(leaf.place) or leaf.key


def _origins(leaves: tuple[Leaf, ...]) -> str:
    shown = "; ".join(_where(leaf) for leaf in leaves[:3])
    return shown + (f"; +{len(leaves) - 3}" if len(leaves) > 3 else "")


def _in(text: LocalText, language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")
