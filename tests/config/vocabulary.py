"""The shipped vocabulary, read once the way the program reads it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from bulletin.load.schema import CodeListFile, LanguagePack, validated
from bulletin.load.yaml_text import Map, Seq, Tree, parse_yaml
from bulletin.model.country import Country
from bulletin.model.glossary import Term
from bulletin.model.signs import SignPreset
from bulletin.model.theme import Theme
from bulletin.shipped import shipped

T = TypeVar("T")


@cache
def tree(name: str) -> Map:
    path = shipped("config", *name.split("/"))
    parsed = parse_yaml(path.read_bytes(), name)
    assert not parsed.findings, parsed.findings
    assert isinstance(parsed.tree, Map)
    return parsed.tree


def names(folder: str) -> list[str]:
    return sorted(p.stem for p in shipped("config", folder).glob("*.yaml"))


def built(kind: type[T], node: Tree) -> T:
    assert isinstance(node, Map)
    value, findings = validated(kind, node, node.own)
    assert not findings, findings
    assert value is not None
    return value


def language(name: str) -> LanguagePack:
    return built(LanguagePack, tree(f"languages/{name}.yaml"))


def country(code: str) -> Country:
    return built(Country, tree(f"countries/{code}.yaml"))


def theme(name: str) -> Theme:
    return built(Theme, tree(f"themes/{name}.yaml"))


def code_lists() -> dict[str, CodeListFile]:
    return {name: built(CodeListFile, node) for name, node in tree("codelists.yaml").items()}


def presets() -> dict[str, dict[str, str]]:
    """Signs as the file says them, by preset."""
    listed = tree("signs.yaml")["presets"]
    assert isinstance(listed, Seq)
    found = [built(SignPreset, node) for node in listed]
    return {p.id: dict(p.signs) for p in found}


def terms() -> tuple[Term, ...]:
    listed = tree("glossary.yaml")["terms"]
    assert isinstance(listed, Seq)
    return tuple(built(Term, node) for node in listed)


def lexicon() -> list[tuple[str, str]]:
    pairs = tree("orthography.yaml")["pairs"]
    assert isinstance(pairs, Seq)
    found = []
    for pair in pairs:
        assert isinstance(pair, Seq)
        before, after = pair
        found.append((str(before), str(after)))
    return found


def local_texts(node: Tree, path: str = "") -> Iterator[tuple[str, Map]]:
    """Every map from languages to texts, with where it stands."""
    if isinstance(node, Map):
        if node and set(node) <= {"pt", "en"}:
            yield path, node
        for key, value in node.items():
            yield from local_texts(value, f"{path}.{key}")
    elif isinstance(node, Seq):
        for n, value in enumerate(node):
            yield from local_texts(value, f"{path}[{n}]")
