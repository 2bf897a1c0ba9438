"""Texts of a language kept beside a configuration file, `languages/<language>/<same path>.yaml`, laid into its maps of languages."""

from __future__ import annotations

from bulletin.load.nearest import nearest
from bulletin.load.overlay import is_per_language
from bulletin.load.texts import OPTIONAL, all_maps
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Severity

_AVOID = "avoid"
"""Words that must not stand for a term of the glossary; every language has its own."""


def lay_texts(tree: Tree, texts: Map, language: str, known: frozenset[str]) -> frozenset[str]:
    """Puts the texts in place and says which paths were found; a text left empty stays missing. What only some languages say of a
    place or code is put beside its name, and the words it avoids among those of the other languages."""
    maps = {m.path: m.node for m in all_maps(tree, known)}
    found = {path for path, node in maps.items() if is_per_language(node) and known & set(node)}
    for path, text in texts.items():
        entry, _, key = path.rpartition(".")
        if path not in found and key in OPTIONAL and ({f"{entry}.name", f"{entry}.label"} & found):
            maps[path] = Map(texts.at[path])
            maps[entry].put(key, maps[path], texts.at[path])
            found.add(path)
        if key == _AVOID and f"{entry}.term" in found:
            _avoid(maps[entry], text, language, texts.at[path])
            found.add(path)
        elif path in found and text not in (None, ""):
            maps[path].put(language, text, texts.at[path])
    return frozenset(found)


def _avoid(entry: Map, words: Tree, language: str, at: Line) -> None:
    """Adds pairs of language and word; what is no list of words is left for the check of the entry to tell."""
    listed = entry.get(_AVOID)
    if not isinstance(words, Seq):
        entry.put(_AVOID, words, at)
        return
    pairs = listed if isinstance(listed, Seq) else Seq(at)
    for word, line in zip(words, words.at, strict=True):
        pair = Seq(line)
        pair.put(language, line)
        pair.put(word, line)
        pairs.put(pair, line)
    entry.put(_AVOID, pairs, at)


def unknown_paths(texts: Map, paths: frozenset[str]) -> list[Finding]:
    """One finding per text that belongs nowhere."""
    return [
        Finding("translation-unknown", Severity.ERROR, place(at), path, {"name": path, "nearest": nearest(path, paths) or "?"})
        for path, at in texts.at.items()
        if path not in paths
    ]
