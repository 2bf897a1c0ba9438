"""Names under which a reviewer's wording holds figures and references: short, readable, the same for every reviewer of a block."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_KEY = re.compile(r"(?P<indicator>[A-Z]\w*)\.(?P<area>[\w-]+)(?P<dimensions>(?:\.\w+=[^.@,()\s]+)*)(?:@(?P<period>[\w-]+))?")
_LONGEST, _MARKS = 28, 6


@dataclass(frozen=True)
class _Parts:
    base: str
    marks: tuple[str, ...]
    """What tells facts of one base apart: period, area, the periods and areas of the keys before the last, dimensions, whole keys."""


def names_of(facts: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Fact id, or `@` and a block id, to a name that matches `[a-z][a-z0-9_]*`; independent of the order in which they are given."""
    listed = sorted(set(facts))
    parts = {fact: _parts(fact) for fact in listed}
    alike: dict[str, list[str]] = defaultdict(list)
    for fact in listed:
        alike[parts[fact].base].append(fact)
    proposed = {fact: _told_apart(fact, alike[parts[fact].base], parts) for fact in listed}
    used, found = set(taken), dict[str, str]()
    repeated = Counter(proposed.values())
    for fact in listed:
        name, n = proposed[fact], 1
        while name in used or (n > 1 and repeated[name]):
            n += 1
            name = f"{proposed[fact]}_{n}"
        used.add(name)
        found[fact] = name
    return found


def _told_apart(fact: str, group: Sequence[str], parts: Mapping[str, _Parts]) -> str:
    own = parts[fact]
    if len(group) == 1:
        return own.base
    columns = list(zip(*(parts[f].marks for f in group), strict=True))
    differing = [n for n, column in enumerate(columns) if len(set(column)) > 1]
    chosen: list[int] = []
    for n in differing:
        told = {tuple(columns[c][g] for c in chosen) for g in range(len(group))}
        if len(told) == len(group):
            break
        chosen.append(n)
    mine = [columns[n][group.index(fact)] for n in chosen]
    return _safe("_".join([own.base, *mine]))


def _parts(fact: str) -> _Parts:
    if fact.startswith("@"):
        return _Parts(_safe(f"ref_{fact[1:]}")[:_LONGEST].rstrip("_"), ("",) * _MARKS)
    operation = re.match(r"(\w+)\(", fact)
    keys = list(_KEY.finditer(fact))
    if not keys:
        return _Parts(_safe(fact)[:_LONGEST].rstrip("_"), ("",) * _MARKS)
    first, last = keys[0], keys[-1]
    words = [w for w in (operation[1] if operation else "", first["indicator"]) if w]
    area = last["area"].rpartition("-")[2]
    dimensions = [d.partition("=")[2] for d in last["dimensions"].split(".") if d]
    others = keys[:-1]
    marks = (
        last["period"] or "",
        area,
        "_".join(k["period"] or "" for k in others),
        "_".join(k["area"].rpartition("-")[2] for k in others),
        "_".join(dimensions),
        "_".join(k[0] for k in others),
    )
    return _Parts(_safe("_".join(words))[:_LONGEST].rstrip("_"), marks)


def _safe(words: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    return name if name[:1].isalpha() else f"n_{name}".rstrip("_")
