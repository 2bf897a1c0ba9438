"""Texts of a language kept beside a configuration file, `languages/<language>/<same path>.yaml`, laid into its maps of languages."""

from __future__ import annotations

from bulletin.load.nearest import nearest
from bulletin.load.overlay import is_per_language
from bulletin.load.texts import OPTIONAL, all_maps
from bulletin.load.yaml_text import Map, Tree, place
from bulletin.model.finding import Finding, Severity


def lay_texts(tree: Tree, texts: Map, language: str, known: frozenset[str]) -> frozenset[str]:
    """Puts the texts in place and says which paths were found; a text left empty stays missing. What only some languages say of a
    place or code is put beside its name."""
    maps = {m.path: m.node for m in all_maps(tree, known)}
    found = {path for path, node in maps.items() if is_per_language(node) and known & set(node)}
    for path, text in texts.items():
        entry, _, key = path.rpartition(".")
        if path not in found and key in OPTIONAL and ({f"{entry}.name", f"{entry}.label"} & found):
            maps[path] = Map(texts.at[path])
            maps[entry].put(key, maps[path], texts.at[path])
            found.add(path)
        if path in found and text not in (None, ""):
            maps[path].put(language, text, texts.at[path])
    return frozenset(found)


def unknown_paths(texts: Map, paths: frozenset[str]) -> list[Finding]:
    """One finding per text that belongs nowhere."""
    return [
        Finding("translation-unknown", Severity.ERROR, place(at), path, {"name": path, "nearest": nearest(path, paths) or "?"})
        for path, at in texts.at.items()
        if path not in paths
    ]
