"""Texts of a language kept beside a configuration file, `languages/<language>/<same path>.yaml`, laid into its maps of languages."""

from __future__ import annotations

from bulletin.load.nearest import nearest
from bulletin.load.texts import text_maps
from bulletin.load.yaml_text import Map, Tree, place
from bulletin.model.finding import Finding, Severity


def lay_texts(tree: Tree, texts: Map, language: str, known: frozenset[str]) -> frozenset[str]:
    """Puts the texts in place and says which paths were found; a text left empty stays missing."""
    found = {m.path: m.node for m in text_maps(tree, known)}
    for path, text in texts.items():
        if path in found and text not in (None, ""):
            found[path].put(language, text, texts.at[path])
    return frozenset(found)


def unknown_paths(texts: Map, paths: frozenset[str]) -> list[Finding]:
    """One finding per text that belongs nowhere."""
    return [
        Finding("translation-unknown", Severity.ERROR, place(at), path, {"name": path, "nearest": nearest(path, paths) or "?"})
        for path, at in texts.at.items()
        if path not in paths
    ]
