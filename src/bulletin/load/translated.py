"""The project's own texts in all their languages, and the record of the wording in which they were confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.load.files import read_path
from bulletin.load.texts import text_maps
from bulletin.load.yaml_text import Map, Seq, Tree, place
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import ParagraphTemplate
from bulletin.model.translation import Confirmed, Translated

RECORD = "text/translations.json"


def of_tree(tree: Tree, file: str, known: frozenset[str]) -> Iterator[Translated]:
    """Of a configuration file of the project; `known` are the languages of all packs."""
    name = Path(file).name
    for found in text_maps(tree, known):
        texts = {language: _line(value) for language, value in found.node.items() if language in known and value}
        places = {language: place(found.node.at[language], found.path) for language in texts}
        yield Translated(f"{name}/{found.path}", texts, places)


def of_narrative(narrative: Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]) -> Iterator[Translated]:
    """Paragraphs of which the country has written at least one language itself."""
    found: dict[str, dict[str, ParagraphTemplate]] = {}
    for language, chapters in narrative.items():
        for chapter, templates in chapters.items():
            for template in templates:
                found.setdefault(f"{chapter}/{template.id}", {})[language] = template
    for name, said in found.items():
        if any(t.own for t in said.values()):
            texts = {language: " ".join(t.text.split()) for language, t in said.items()}
            yield Translated(name, texts, {language: t.place for language, t in said.items()})


def own_texts(
    units: Iterable[Translated], narrative: Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]
) -> Iterator[Translated]:
    """Without the languages in which a paragraph is the shipped one."""
    shipped = {
        (f"{chapter}/{t.id}", language)
        for language, chapters in narrative.items()
        for chapter, templates in chapters.items()
        for t in templates
        if not t.own
    }
    for unit in units:
        yield replace(unit, texts={language: text for language, text in unit.texts.items() if (unit.id, language) not in shipped})


def once(found: Iterable[Translated]) -> tuple[Translated, ...]:
    """The last of each id: a file that is read twice is respelt the second time."""
    return tuple({unit.id: unit for unit in found}.values())


def read_confirmed(root: Path) -> Confirmed:
    """Empty where nothing was recorded yet. Raises ConfigError for a record that cannot be read."""
    path = root / RECORD
    if not path.is_file():
        return {}
    try:
        texts = json.loads(read_path(path, RECORD))["texts"]
        return {str(t["id"]): {str(k): str(v) for k, v in t.items() if k != "id"} for t in texts}
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ConfigError([Finding("translations-unreadable", Severity.ERROR, Place(RECORD))]) from fault


def _line(value: Tree) -> str:
    if isinstance(value, Map):
        return " | ".join(f"{key}: {_line(inner)}" for key, inner in value.items())
    if isinstance(value, Seq):
        return " | ".join(_line(inner) for inner in value)
    return " ".join(str(value).split())
