"""How the words of the edition are decided: the shipped limits and weights, with those that a country changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from bulletin.load.project_files import ProjectFiles
from bulletin.load.yaml_text import Map, Tree
from bulletin.model.finding import Place
from bulletin.model.narration import Lexicon, Narration

NAME = "narrative"


def read_narration(files: ProjectFiles, languages: Sequence[str]) -> Narration:
    """A country's `config/narrative.yaml` says only what differs; errors are findings, with file and line."""
    found = _decided(files)
    return replace(found, lexicon={language: _lexicon(files, language) for language in languages})


def _lexicon(files: ProjectFiles, language: str) -> Lexicon:
    """The words of all files together."""
    layers = [files.checked(Lexicon, tree, tree.own) or Lexicon() for tree, _ in files.both(f"lexicon/{language}")]
    return Lexicon(**{f.name: tuple(w for layer in layers for w in getattr(layer, f.name)) for f in fields(Lexicon)})


def _decided(files: ProjectFiles) -> Narration:
    merged: Map | None = None
    for tree, _ in files.both(NAME):
        merged = tree if merged is None else _joined(merged, tree)
    if merged is None:
        return Narration()
    found = files.checked(Narration, merged, merged.own) or Narration()
    wrong = [n for n in found.openings if n not in (0, 1, 2)]
    if wrong or not found.openings:
        where = Place(merged.at["openings"][0], cell=str(merged.at["openings"][1]), column="openings")
        files.error("config-not-allowed", where, found=str(wrong[0]) if wrong else "", expected="0, 1, 2")
    return found


def _joined(below: Map, above: Map) -> Map:
    """Key by key, as deep as maps go."""
    merged = Map(above.own)
    for source in (below, above):
        for key, value in source.items():
            old: Tree = merged.get(key)
            merged.put(key, _joined(old, value) if isinstance(old, Map) and isinstance(value, Map) else value, source.at[key])
    return merged
