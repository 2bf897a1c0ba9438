"""A country's own entries laid over the shipped ones, by id."""

from __future__ import annotations

import re

from bulletin.load.yaml_text import Map, Seq, Tree

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def is_per_language(tree: Tree) -> bool:
    """Whether a map has one value per language."""
    return isinstance(tree, Map) and bool(tree) and all(_LANGUAGE.fullmatch(key) for key in tree)


def laid_over(below: Tree, above: Tree) -> Tree:
    """Fields of `above` replace those of `below`; texts per language are joined language by language."""
    if not (isinstance(below, Map) and isinstance(above, Map)):
        return above
    merged = Map(above.own)
    for source in (below, above):
        for key, value in source.items():
            old = merged.get(key)
            joined = laid_over(old, value) if is_per_language(old) and is_per_language(value) else value
            merged.put(key, joined, source.at[key])
    return merged


def laid_over_by_id(below: Seq, above: Seq, key: str = "id") -> Seq:
    """Entries of `above` are laid over the entry of the same id, new ones come last."""
    merged = Seq(below.own)
    position: dict[str, int] = {}
    for source in (below, above):
        for entry, at in zip(source, source.at, strict=True):
            name = entry.get(key) if isinstance(entry, Map) else None
            if isinstance(name, str) and name in position and source is above:
                merged[position[name]] = laid_over(merged[position[name]], entry)
                merged.at[position[name]] = at
                continue
            if isinstance(name, str):
                position.setdefault(name, len(merged))
            merged.put(entry, at)
    return merged


def laid_over_by_key(below: Map, above: Map) -> Map:
    """The same for maps of entries, field by field."""
    merged = Map(below.own)
    for source in (below, above):
        for key, value in source.items():
            merged.put(key, laid_over(merged[key], value) if key in merged else value, source.at[key])
    return merged
