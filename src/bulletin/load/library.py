"""What a library of editions takes from the program: languages, names of countries, signs, themes of indicators, the look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from bulletin.load.lend import lend_pack
from bulletin.load.locale import read_literals
from bulletin.load.project_files import ProjectFiles
from bulletin.load.schema import CodeListFile, LanguagePack
from bulletin.load.yaml_text import Map, Seq
from bulletin.model.country import Country
from bulletin.model.finding import Severity
from bulletin.model.locale import Locale
from bulletin.model.signs import SignPreset
from bulletin.model.text import MESSAGES, LocalText
from bulletin.model.theme import Theme
from bulletin.shipped import shipped

LOOK = "indico"
THEMES = (
    "context", "contributory", "noncontributory", "coverage", "coverage_national", "expenditure", "adequacy", "sustainability",
    "service", "targets",
)  # fmt: skip
"""Files of the catalogue, in the order of the bulletin; others come after them."""


@dataclass(frozen=True)
class Vocabulary:
    locales: Mapping[str, Locale]
    """In the order asked for, the program's own language first; languages that are not complete have none."""
    tongues: Mapping[str, str]
    """Every language asked for to what its speakers call it."""
    countries: Mapping[str, LocalText]
    """Code to name, of all countries that the program knows."""
    currencies: Mapping[str, LocalText]
    """Code of the country to the noun of its money, in the plural."""
    themes: Mapping[str, str]
    """Indicator to the file of the catalogue that it is in, in their order."""
    outside: frozenset[str]
    """Areas that are of no country."""
    look: Theme


def read_vocabulary(languages: Sequence[str]) -> Vocabulary:
    """Languages that the program does not know are left out."""
    files = ProjectFiles(shipped("config", "languages"))
    known = [n for n in dict.fromkeys((MESSAGES, *languages)) if n in files.packs]
    files.languages = tuple(known)
    presets = {p.id: p for p in files.entries("signs", "presets", SignPreset, lambda _: None)}
    packs = {n: pack for n in known if (pack := _pack(files, n))}
    locales = {n: _locale(pack, presets["default"].signs) for n, pack in packs.items() if not pack.partial}
    tongues = {n: pack.words.get("web_language", n) for n, pack in packs.items()}
    tree = files.map_of(files.config / "themes" / f"{LOOK}.yaml")
    look = files.checked(Theme, tree, ("", 0))
    files.stop_on_errors()
    assert look is not None
    countries = _countries(files)
    names, money = {c.code: c.place.name for c in countries}, {c.code: c.currency.noun for c in countries}
    return Vocabulary(locales, tongues, names, money, _themes(files), _outside(files), look)


def _pack(files: ProjectFiles, language: str) -> LanguagePack | None:
    tree = files.map_of(files.config / "languages" / f"{language}.yaml")
    if tree is None:
        return None
    if "language" not in tree:
        tree.put("language", language, tree.own)
    if tree.get("partial") is True:  # only its names are asked for
        lender = files.map_of(files.config / "languages" / f"{MESSAGES}.yaml")
        lend_pack(tree, lender or Map(("", 0)), "", Severity.INFO)
    return files.checked(LanguagePack, tree, tree.own)


def _locale(pack: LanguagePack, signs: Mapping[str, str]) -> Locale:
    """As the language pack has it, without the style of any country."""
    values = {f.name: getattr(pack, f.name) for f in fields(LanguagePack) if f.name != "review"}
    tag = pack.tag.removesuffix("-{country}") or pack.language
    locale = Locale(**(values | {"tag": tag, "signs": {**signs, **pack.signs}, "literals": read_literals(pack)}))
    return replace(locale, words={key: locale.phrasing.fitted(text) for key, text in locale.words.items()})


def _countries(files: ProjectFiles) -> tuple[Country, ...]:
    trees = [files.map_of(path) for path in _shipped(files, "countries")]
    found = (files.checked(Country, tree, tree.own) for tree in trees if tree is not None)
    return tuple(c for c in found if c is not None)


def _themes(files: ProjectFiles) -> dict[str, str]:
    found = {}
    paths = {path.stem: path for path in _shipped(files, "indicators")}
    for path in (paths[name] for name in sorted(paths, key=lambda n: (THEMES.index(n) if n in THEMES else len(THEMES), n))):
        tree = files.map_of(path)
        entries = tree.get("indicators") if tree is not None else None
        for entry in entries if isinstance(entries, Seq) else ():
            if isinstance(entry, Map):
                found[str(entry.get("id"))] = path.stem
    return found


def _outside(files: ProjectFiles) -> frozenset[str]:
    tree = files.map_of(files.config / "codelists.yaml")
    area = tree.get("AREA") if tree is not None else None
    listed = files.checked(CodeListFile, area, area.own) if isinstance(area, Map) else None
    return frozenset(c.id for c in listed.codes) if listed is not None else frozenset()


def _shipped(files: ProjectFiles, folder: str) -> list[Path]:
    return sorted((files.config / folder).glob("*.yaml"))
