"""The country and what it prints: places, orthography, signs, languages, code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bulletin.errors import ConfigError
from bulletin.load.lend import lend_pack
from bulletin.load.locale import make_locale, unknown_style
from bulletin.load.orthography import Speller, respell_tree, respelt
from bulletin.load.overlay import laid_over, laid_over_by_id, laid_over_by_key
from bulletin.load.project_files import ProjectFiles
from bulletin.load.schema import CodeListFile, LanguagePack, unique
from bulletin.load.yaml_text import Map, Seq, Tree, place
from bulletin.model.codes import Code, CodeList
from bulletin.model.country import Country
from bulletin.model.edition import Edition
from bulletin.model.finding import Place
from bulletin.model.locale import Locale
from bulletin.model.phrasing import Phrasing
from bulletin.model.signs import MEANINGS, SignPreset, faults_of


def read_country(project: ProjectFiles, edition: Edition) -> tuple[Country, Tree]:
    code = edition.country.lower()
    known = sorted(p.stem for p in (project.config / "countries").glob("*.yaml"))
    own = project.map_of(project.root / "config" / "country.yaml")
    shipped_tree = project.map_of(project.config / "countries" / f"{code}.yaml") if code in known else None
    if shipped_tree is None and own is None:
        project.stop_on_errors()
        project.error(
            "unknown-country", Place("bulletin.yaml", column="country"), country=edition.country, known=", ".join(known)
        )
        raise ConfigError(unique(project.findings))
    tree = laid_over(shipped_tree, own) if shipped_tree is not None and own is not None else own or shipped_tree
    line = tree.own if isinstance(tree, Map) else ("", 0)
    country = project.checked(Country, tree, line)
    project.stop_on_errors()
    assert country is not None
    for key in unknown_style(country):
        project.error("config-unknown-key", place(line, "style"), name=key, nearest="decimal")
    return country, tree


def read_spelling(project: ProjectFiles, edition: Edition, country: Country) -> Mapping[str, Speller]:
    """Language to how its shipped texts are set: by the norm of the country's orthography, then as its pack fits words together."""
    found: dict[str, list[Speller]] = {language: [] for language in edition.languages}
    norm = project.map_of(project.config / "orthography.yaml")
    pairs = norm.get("pairs") if norm is not None else None
    if norm is not None and isinstance(pairs, Seq) and norm.get("norm") == country.orthography:
        lexicon = {str(p[0]).lower(): str(p[1]) for p in pairs if isinstance(p, Seq) and len(p) == 2}
        found.setdefault(str(norm.get("language")), []).append(partial(respelt, lexicon=lexicon))
    for language in edition.languages:
        pack = project.map_of(project.config / "languages" / f"{language}.yaml")
        phrasing = pack.get("phrasing") if pack is not None else None
        fit = phrasing.get("fit") if isinstance(phrasing, Map) else None
        if isinstance(fit, Seq):
            rules = tuple((str(p[0]), str(p[1])) for p in fit if isinstance(p, Seq) and len(p) == 2)
            found[language].append(Phrasing(fit=rules).fitted)
    return {language: partial(_in_turn, tuple(spellers)) for language, spellers in found.items() if spellers}


def _in_turn(spellers: tuple[Speller, ...], text: str) -> str:
    for spell in spellers:
        text = spell(text)
    return text


SPELT = "shorthand"
"""Preset that spells signs in letters, for workbooks and data."""


def read_signs(
    project: ProjectFiles, edition: Edition, country: Country, texts: Any
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Meaning to sign, of the edition's preset laid over `default`, and as it is spelt."""
    presets = {p.id: p for p in project.entries("signs", "presets", SignPreset, texts)}
    name = edition.signs or country.signs
    if name not in presets:
        at = Place("bulletin.yaml", column="signs")
        project.error("unknown-signs", at, name=name[:60], known=", ".join(sorted(presets)))
        name = "default"
    spelt = presets[SPELT].signs if SPELT in presets else {}
    return {**presets["default"].signs, **presets[name].signs}, spelt


def check_signs(project: ProjectFiles, locale: Locale) -> None:
    for rule, sign, meaning in faults_of(locale.signs):
        project.error(rule, Place("config/signs.yaml"), sign=sign[:20], meaning=meaning, known=", ".join(MEANINGS))


def read_locales(
    project: ProjectFiles, edition: Edition, country: Country, signs: Mapping[str, str], languages: Sequence[str]
) -> Mapping[str, Locale]:
    locales: dict[str, Locale] = {}
    severity = edition.unfinished
    for language in languages:
        below = project.map_of(project.config / "languages" / f"{language}.yaml")
        above = project.map_of(project.root / "config" / "languages" / f"{language}.yaml")
        if below is None:
            continue
        respell_tree(below, {}, project.spelling.get(language))
        tree = below
        if above is not None:
            tree = laid_over_by_key(below, above)
        if "language" not in tree:
            tree.put("language", language, tree.own)
        if len(project.packs) > 1:
            lender = project.map_of(project.config / "languages" / f"{project.lender(language)}.yaml")
            file = f"shipped:config/languages/{language}.yaml"
            project.findings += lend_pack(tree, lender, file, severity) if lender is not None else []
        pack = project.checked(LanguagePack, tree, tree.own)
        if pack is not None:
            project.reviews[language] = len(pack.review)
            locales[language] = make_locale(pack, country, signs)
            check_signs(project, locales[language])
    return locales


def read_codelists(project: ProjectFiles, country: Country, texts: Any) -> Mapping[str, CodeList]:
    merged: dict[str, Map] = {}
    found = project.both("codelists")
    special = project.map_of(project.config / "countries" / "codelists" / f"{country.code.lower()}.yaml")
    trees = [t for t, own in found if not own] + ([special] if special else []) + [t for t, own in found if own]
    for tree in trees:
        for name, value in tree.items():
            if not isinstance(value, Map):
                project.error("config-not-map", place(tree.at[name], name), found="")
                continue
            codes = value.get("codes")
            if isinstance(codes, Seq):
                project.repeated(codes)
            old = merged.get(name)
            joined = value
            if old is not None:
                over = laid_over(old, value)
                assert isinstance(over, Map)
                joined = over
                below = old.get("codes")
                if isinstance(below, Seq) and isinstance(codes, Seq):
                    joined["codes"] = laid_over_by_id(below, codes)
            merged[name] = joined
    lists: dict[str, CodeList] = {}
    for name, tree_ in merged.items():
        named = Map(tree_.own)
        named.put(name, tree_, tree_.own)
        texts(named)
        file = project.checked(CodeListFile, tree_, tree_.own)
        if file is not None:
            lists[name.lower()] = CodeList(name, file.label, file.codes)
    area = lists.pop("area", None)
    places = tuple(Code(p.code, p.name, short=p.inside) for p in (country.place, *country.subdivisions))
    others = tuple(c for c in area.codes if c.id not in {p.id for p in places}) if area else ()
    label = area.label if area else {}
    lists["ref_area"] = CodeList("AREA", label, (*places, *others))
    return lists
