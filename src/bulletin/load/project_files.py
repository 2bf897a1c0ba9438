"""The YAML files of a project and of the program, read as trees and checked entries; findings are collected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bulletin.errors import ConfigError
from bulletin.load.files import FileReader
from bulletin.load.orthography import Speller, respell_tree
from bulletin.load.overlay import laid_over_by_id
from bulletin.load.printable import beyond_print
from bulletin.load.schema import unique, validated
from bulletin.load.translated import of_tree
from bulletin.load.translations import lay_texts, unknown_paths
from bulletin.load.yaml_text import Line, Map, Seq, Tree, parse_yaml, place
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.translation import Translated

T = TypeVar("T")


class ProjectFiles:
    """One reading of a project: its YAML files, the findings so far, and the words to respell."""

    def __init__(self, root: Path, program: Path | None = None) -> None:
        self.root = root
        self.files = FileReader(root, program)
        self.config = self.files.program / "config"
        self.templates = self.files.program / "bulletin_templates" / "narrative"
        self.findings: list[Finding] = []
        self.refused: dict[str, set[str]] = {}
        """By list: ids of entries that are there and wrong, so that nobody calls them unknown."""
        self.translated: list[Translated] = []
        self.spelling: Mapping[str, Speller] = {}
        self.declared: tuple[str, ...] = ()
        """Languages of the edition, those included that are left out this time."""
        self.partial: tuple[str, ...] = ()
        """Languages of the edition that are not complete."""
        self.reviews: dict[str, int] = {}
        """How many words of a pack wait for a national reader."""
        self.languages: tuple[str, ...] = ()
        """Those of the edition, once they are known."""
        self._partial: dict[str, bool] = {}
        self._translated: dict[Path, set[str]] = {}
        """Files of the project's own translations, with the paths of the texts that they may say."""

    @cached_property
    def packs(self) -> frozenset[str]:
        """Languages that the program knows."""
        return frozenset(p.stem for p in (self.config / "languages").glob("*.yaml"))

    def is_partial(self, language: str) -> bool:
        if language not in self._partial:
            tree = self.map_of(self.config / "languages" / f"{language}.yaml")
            self._partial[language] = tree is not None and tree.get("partial") is True
        return self._partial[language]

    def lender(self, language: str) -> str:
        """The language that lends what `language` lacks: the first whole one of the edition, else of all."""
        others = (*self.declared, *sorted(self.packs))
        return next((o for o in others if o != language and not self.is_partial(o)), language)

    def stop_on_errors(self) -> None:
        if any(f.severity is Severity.ERROR for f in self.findings):
            raise ConfigError(unique(self.findings))

    def error(self, rule: str, where: Place, **parameters: str | int) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, where, parameters=parameters))

    def yaml(self, path: Path) -> Tree:
        """The tree of a file; shipped texts respelt as the country and the language write them."""
        label = self.files.label(path)
        parsed = parse_yaml(self.files.read(path), label)
        self.findings.extend(parsed.findings)
        self._translate(path, parsed.tree)
        if label.startswith("shipped:"):
            respell_tree(parsed.tree, self.spelling)
        else:
            self.translated += of_tree(parsed.tree, label, self.packs)
        return parsed.tree

    def _translate(self, path: Path, tree: Tree) -> None:
        """Lays in the texts kept in `config/languages/<language>/`; those of the project come last."""
        own = self.root / "config"
        base = next((b for b in (self.config, own, self.root) if path.is_relative_to(b)), None)
        if base is None or not isinstance(tree, Map) or path.relative_to(base).parts[0] == "languages":
            return
        for language in self.languages:
            for folder in (self.config, own) if base == self.config else (own,):
                beside = folder / "languages" / language / path.relative_to(base)
                if not beside.is_file():
                    continue
                texts = parse_yaml(self.files.read(beside), self.files.label(beside))
                if not isinstance(texts.tree, Map):
                    self.findings.extend(texts.findings)
                    continue
                paths = lay_texts(tree, texts.tree, language, self.packs)
                if folder == own:
                    self._translated.setdefault(beside, set()).update(paths)
                else:
                    self.findings.extend((*texts.findings, *unknown_paths(texts.tree, paths)))

    def check_translations(self) -> None:
        """Texts of the project's own translations that belong nowhere; to be asked when every file has been read."""
        for language in self.languages:
            for path in sorted((self.root / "config" / "languages" / language).rglob("*.yaml")):
                texts = parse_yaml(self.files.read(path), self.files.label(path))
                self.findings.extend(texts.findings)
                if isinstance(texts.tree, Map):
                    self.findings.extend(unknown_paths(texts.tree, frozenset(self._translated.get(path, ()))))

    def map_of(self, path: Path) -> Map | None:
        """The tree of a file that must be a map; None when it is broken or not there."""
        if not path.is_file():
            return None
        tree = self.yaml(path)
        if tree is None or isinstance(tree, Map):
            self.findings.extend(beyond_print(tree))
            return tree
        self.error("config-not-map", Place(self.files.label(path), cell="1"), found="")
        return None

    def both(self, name: str) -> list[tuple[Map, bool]]:
        """Files `config/<name>.yaml` and `config/<name>/*.yaml`, shipped ones first, each with whether it is the country's own."""
        found: list[tuple[Map, bool]] = []
        for base, own in ((self.config, False), (self.root / "config", True)):
            paths = [base / f"{name}.yaml", *sorted((base / name).glob("*.yaml"))]
            if own and not paths[0].is_file():
                paths.append(self.root / f"{name}.yaml")
            for path in paths:
                tree = self.map_of(path)
                if tree is not None:
                    found.append((tree, own))
        return found

    def checked(self, kind: type[T], tree: Tree, line: Line) -> T | None:
        value, findings = validated(kind, tree, line)
        self.findings.extend(findings)
        return value

    def entries(self, name: str, key: str, kind: type[T], texts: Any) -> list[T]:
        """Entries of a list shared by several files, the country's own laid over the shipped ones by id."""
        layers = {False: Seq(("", 0)), True: Seq(("", 0))}
        for tree, own in self.both(name):
            for unknown in [k for k in tree if k not in (key, "schema")]:
                self.error("config-unknown-key", place(tree.at[unknown]), name=unknown, nearest=key)
            entries = tree.get(key)
            if entries is None:
                continue
            if not isinstance(entries, Seq):
                self.error("config-not-list", place(tree.at[key]), found="")
                continue
            for entry, at in zip(entries, entries.at, strict=True):
                layers[own].put(entry, at)
        for layer in layers.values():
            self.repeated(layer)
        merged = laid_over_by_id(layers[False], layers[True])
        texts(merged)
        values = []
        for entry, at in zip(merged, merged.at, strict=True):
            value = self.checked(kind, entry, at)
            if value is not None:
                values.append(value)
            elif isinstance(entry, Map):
                self.refused.setdefault(name, set()).add(str(entry.get("id", "")))
        return values

    def repeated(self, entries: Seq) -> None:
        seen: dict[str, Line] = {}
        for entry, at in zip(entries, entries.at, strict=True):
            name = str(entry.get("id", "")) if isinstance(entry, Map) else ""
            if name in seen:
                self.error("repeated-id", place(at), name=name, first=f"{seen[name][0]}:{seen[name][1]}")
            elif name:
                seen[name] = at
