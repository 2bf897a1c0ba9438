"""`add`, `omit` and `change` of bulletin.yaml applied to the standard outline, by id."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.load.nearest import nearest
from bulletin.load.overlay import laid_over
from bulletin.load.schema import ITEM_KEYS
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Severity

_WEAK = ("text", "list")
"""Kinds whose id may repeat a section's: they are looked up last."""


@dataclass(frozen=True)
class _Spot:
    within: Seq
    entry: Map
    kind: str

    @property
    def index(self) -> int:
        return next(n for n, one in enumerate(self.within) if one is self.entry)


def item_id(item: Tree) -> tuple[str, str]:
    """Kind and id of an outline item, empty when it has none."""
    if isinstance(item, Map):
        for key in ITEM_KEYS:
            if isinstance(item.get(key), str):
                return key, str(item[key])
    return "", ""


def _spots(chapters: Seq) -> dict[str, _Spot]:
    strong: dict[str, _Spot] = {}
    weak: dict[str, _Spot] = {}
    later: list[tuple[str, _Spot]] = []
    for chapter in _maps(chapters):
        strong.setdefault(str(chapter.get("chapter")), _Spot(chapters, chapter, "chapter"))
        figures = chapter.get("figures")
        for figure in _maps(figures):
            if isinstance(figures, Seq):
                weak.setdefault(str(figure.get("id")), _Spot(figures, figure, "figure"))
        sections = chapter.get("sections")
        if not isinstance(sections, Seq):
            continue
        for section in _maps(sections):
            later.append((str(section.get("id")), _Spot(sections, section, "section")))
            items = section.get("items")
            if not isinstance(items, Seq):
                continue
            for item in _maps(items):
                kind, name = item_id(item)
                if kind in _WEAK:
                    weak.setdefault(name, _Spot(items, item, kind))
                elif kind:
                    later.append((name, _Spot(items, item, kind)))
                inner = item.get("items") if kind == "figures" else None
                for figure in _maps(inner):
                    if isinstance(inner, Seq):
                        weak.setdefault(str(figure.get("id")), _Spot(inner, figure, "figure"))
    for name, spot in later:
        strong.setdefault(name, spot)
    return weak | strong


def _maps(tree: Tree) -> list[Map]:
    return [one for one in tree if isinstance(one, Map)] if isinstance(tree, Seq) else []


def apply_changes(chapters: Seq, changes: Map) -> list[Finding]:
    """Alters `chapters` in place; unknown ids become findings."""
    findings: list[Finding] = []
    additions = changes.get("add")
    for n, entry in enumerate(_maps(additions)):
        at = additions.at[n] if isinstance(additions, Seq) else entry.own
        findings += _add(chapters, entry, at)
    changed = changes.get("change")
    if isinstance(changed, Map):
        for name, values in changed.items():
            spot = _spots(chapters).get(name)
            if spot is None:
                findings.append(_unknown(name, changed.at[name], chapters))
            elif isinstance(values, Map):
                spot.within[spot.index] = laid_over(spot.entry, values)
    omitted = changes.get("omit")
    if isinstance(omitted, Seq):
        for value, at in zip(omitted, omitted.at, strict=True):
            spot = _spots(chapters).get(str(value))
            if spot is None:
                findings.append(_unknown(str(value), at, chapters))
            else:
                index = spot.index
                del spot.within[index]
                del spot.within.at[index]
    return findings


def _add(chapters: Seq, entry: Map, at: Line) -> list[Finding]:
    spots = _spots(chapters)
    names = {key: str(entry.get(key) or "") for key in ("to", "after", "before")}
    unknown = [_unknown(name, entry.at[key], chapters) for key, name in names.items() if name and name not in spots]
    if unknown:
        return unknown
    kind = next((k for k in ("item", "section", "chapter") if isinstance(entry.get(k), Map)), "")
    beside = spots.get(names["after"]) or spots.get(names["before"])
    target = spots.get(names["to"])
    within: Tree
    if kind == "chapter":
        within = chapters
    elif target is not None:
        within = target.entry.get("sections" if target.kind == "chapter" and kind == "section" else "items")
        if kind == "item" and target.kind == "chapter":
            sections = _maps(target.entry.get("sections"))
            within = sections[-1].get("items") if sections else None
    else:
        within = beside.within if beside else None
    if not kind or not isinstance(within, Seq) or (beside is not None and beside.within is not within):
        return [Finding("add-nowhere", Severity.ERROR, place(at), parameters={"to": names["to"], "after": names["after"]})]
    index = len(within) if beside is None else beside.index + (1 if names["after"] else 0)
    within.insert(index, entry[kind])
    within.at.insert(index, entry.at[kind])
    return []


def _unknown(name: str, at: Line, chapters: Seq) -> Finding:
    known = list(_spots(chapters))
    return Finding("unknown-id", Severity.ERROR, place(at), parameters={"name": name, "nearest": nearest(name, known) or "?"})


def repeated_ids(chapters: Seq) -> list[Finding]:
    """Ids of chapters, sections, tables, charts, boxes and key figures that occur twice."""
    seen: dict[tuple[str, str], Line] = {}
    findings: list[Finding] = []

    def note(kind: str, name: str, at: Line) -> None:
        if not name or kind in _WEAK:
            return
        if (kind, name) in seen:
            first = seen[(kind, name)]
            findings.append(
                Finding("repeated-id", Severity.ERROR, place(at), parameters={"name": name, "first": f"{first[0]}:{first[1]}"})
            )
        seen.setdefault((kind, name), at)

    for chapter in _maps(chapters):
        note("chapter", str(chapter.get("chapter") or ""), chapter.own)
        for section in _maps(chapter.get("sections")):
            note("section", str(section.get("id") or ""), section.own)
            for item in _maps(section.get("items")):
                kind, name = item_id(item)
                note("exhibit" if kind in ("table", "text_table", "chart") else kind, name, item.own)
    return findings
