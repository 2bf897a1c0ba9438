"""What a change would do, as lines of text in the user's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin.ledger.impact import ClaimChange, ExhibitChange, FigureChange, Impact, WordsChange
from bulletin.pipeline.impact import Foreseen
from bulletin.pipeline.messages import figure, message, said

Texts = Mapping[str, str]
_MOST = 60
"""Lines of a group that are shown; all of them with --report json."""


def told(found: Foreseen, texts: Texts) -> Iterator[str]:
    seen = found.impact
    yield texts["impact_built" if found.since_build else "impact_changes"].format(changes="; ".join(found.changes))
    yield from _group("impact_claims", len(seen.claims), [line for c in seen.claims for line in _claim(c, texts)], texts)
    yield from _group("impact_words", len(seen.words), [line for w in seen.words for line in _words(w)], texts)
    for kind in ("table", "chart"):
        changed = [e for e in seen.exhibits if e.kind == kind]
        yield from _group(f"impact_{kind}s", len(changed), [line for e in changed for line in _exhibit(e, texts)], texts)
    yield from _group("impact_figures", len(seen.figures), [_figure(f, texts) for f in seen.figures], texts)
    for name, findings in (("new", found.new), ("gone", found.gone)):
        lines = [f"  [{texts.get(f'severity_{f.severity}', f.severity)}] {message(f, texts)}" for f in findings]
        yield from _group(f"impact_findings_{name}", len(findings), lines, texts)
    if found.refused:
        yield ""
        yield texts["impact_refused"]
    yield counts(seen, texts)


def counts(seen: Impact, texts: Texts) -> str:
    tables = sum(e.kind == "table" for e in seen.exhibits)
    return said(
        texts, "impact_counts", figures=len(seen.figures), claims=len(seen.claims), sentences=sum(max(len(w.old), len(w.new), 1) for w in seen.words),
        tables=tables, charts=len(seen.exhibits) - tables,
        languages=", ".join(seen.blocks) or "–",
    )  # fmt: skip


def _group(name: str, count: int, lines: list[str], texts: Texts) -> Iterator[str]:
    if count:
        yield ""
        yield f"{texts[name]} ({count})"
        yield from lines[:_MOST]
        if len(lines) > _MOST:
            yield said(texts, "impact_more", count=len(lines) - _MOST)


def _claim(change: ClaimChange, texts: Texts) -> Iterator[str]:
    old, new = (f"{c.kind} = {c.outcome}" if c else texts["impact_none"] for c in (change.old, change.new))
    if change.old and change.new and old == new:
        before, after = change.old.parameters, change.new.parameters
        names = [k for k in dict.fromkeys((*before, *after)) if before.get(k) != after.get(k)]
        old += " (" + ", ".join(f"{k}={before.get(k, '–')}" for k in names) + ")"
        new += " (" + ", ".join(f"{k}={after.get(k, '–')}" for k in names) + ")"
    yield f"  {change.id} [{', '.join(change.languages)}]: {old} → {new}"


def _words(change: WordsChange) -> Iterator[str]:
    yield f"  {change.language}  {change.where} {{#{change.block}}}"
    yield from (f"    - {s}" for s in change.old)
    yield from (f"    + {s}" for s in change.new)


def _exhibit(change: ExhibitChange, texts: Texts) -> Iterator[str]:
    yield f"  {change.language}  {change.title} {{#{change.block}}}" + ("" if change.cells else f": {texts['impact_form']}")
    yield from (f"    {place}: {old or '–'} → {new or '–'}" for place, old, new in change.cells)


def _figure(change: FigureChange, texts: Texts) -> str:
    languages = dict.fromkeys((*change.new, *change.old))
    parts = []
    for language in languages:
        old, new = (" / ".join(side.get(language, ())) or "–" for side in (change.old, change.new))
        parts.append(f"{language} {old} → {new}" if old != new else f"{language} {new}")
    told = list(_unseen(change, texts)) if change.old and change.new else []
    return f"  {change.id}: " + "; ".join([*parts, *told] or [texts["impact_form"]])


def _unseen(change: FigureChange, texts: Texts) -> Iterator[str]:
    """What differs beside the printed digits: the exact value, the status, whether it is illustrative."""
    if change.values[0] != change.values[1] and change.old == change.new:
        yield texts["impact_value"].format(change=_arrow(*("–" if v is None else figure(v, texts) for v in change.values)))
    if change.statuses[0] != change.statuses[1]:
        named = (", ".join(texts.get(f"status_{s}", s) for s in side) or "–" for side in change.statuses)
        yield texts["impact_status"].format(change=_arrow(*named))
    if change.illustrative[0] != change.illustrative[1]:
        yield _arrow(*(texts["trace_illustrative"] if made_up else "–" for made_up in change.illustrative))


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}"
