"""A project folder and the shipped configuration become one validated Project; all faults come together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from bulletin.errors import ConfigError
from bulletin.load.files import FileReader, is_safe_name
from bulletin.load.geometry import read_geometry
from bulletin.load.locale import make_locale, unknown_style
from bulletin.load.narrative import laid_over_paragraphs, paragraphs
from bulletin.load.nearest import nearest
from bulletin.load.orthography import LANGUAGE, Lexicon, respell_tree, respelt_template
from bulletin.load.outline_changes import apply_changes, repeated_ids
from bulletin.load.overlay import laid_over, laid_over_by_id, laid_over_by_key
from bulletin.load.schema import Changes, CodeListFile, LanguagePack, OutlineHead, unique, validated
from bulletin.load.texts import missing_texts
from bulletin.load.yaml_text import Line, Map, Seq, Tree, parse_yaml, place
from bulletin.model.codes import Code, CodeList
from bulletin.model.country import Country
from bulletin.model.edition import Edition, SourceRef
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.geometry import Geometry
from bulletin.model.glossary import Term
from bulletin.model.indicator import Indicator
from bulletin.model.locale import Locale
from bulletin.model.outline import BoxSpec, ChapterSpec, Outline, TextSpec
from bulletin.model.project import ParagraphTemplate, Project
from bulletin.model.rule import RuleKind
from bulletin.model.signs import MEANINGS, SignPreset, faults_of
from bulletin.model.theme import Theme

T = TypeVar("T")

CHANGE_KEYS = ("schema", "add", "omit", "change")


def load_project(
    root: Path, languages: Sequence[str] | None = None, *, program: Path | None = None
) -> tuple[Project, tuple[Finding, ...]]:
    """The project and its warnings; raises ConfigError with every finding when one is an error.

    `languages` restricts the edition to some of its languages, so that nothing is asked of the others. `program` is the folder
    that holds the shipped `config/` and `bulletin_templates/`.
    """
    return _Loading(root, program).project(tuple(languages or ()))


class _Loading:
    """One reading of a project: collects findings while the parts are put together."""

    def __init__(self, root: Path, program: Path | None) -> None:
        self.root = root
        self.files = FileReader(root, program)
        self.config = self.files.program / "config"
        self.templates = self.files.program / "bulletin_templates" / "narrative"
        self.findings: list[Finding] = []
        self.lexicon: Lexicon = {}

    def stop_on_errors(self) -> None:
        if any(f.severity is Severity.ERROR for f in self.findings):
            raise ConfigError(unique(self.findings))

    def error(self, rule: str, where: Place, **parameters: str | int) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, where, parameters=parameters))

    def project(self, languages: tuple[str, ...]) -> tuple[Project, tuple[Finding, ...]]:
        edition, changes = self.edition(languages)
        country, country_tree = self.country(edition)
        self.lexicon = self.read_lexicon() if country.orthography == "pre1990" else {}
        if self.lexicon:
            country, country_tree = self.country(edition)
        known = frozenset(p.stem for p in (self.config / "languages").glob("*.yaml"))
        severity = Severity.WARNING if edition.status == "draft" else Severity.ERROR

        def texts(tree: Tree) -> None:
            self.findings.extend(missing_texts(tree, edition.languages, known, severity))

        texts(country_tree)
        signs = self.signs(edition, country, texts)
        locales = self.locales(edition, country, signs)
        indicators = self.entries("indicators", "indicators", Indicator, texts)
        codelists = self.codelists(country, texts)
        glossary = self.entries("glossary", "terms", Term, texts)
        sources = self.entries("sources", "sources", SourceRef, texts)
        rules = self.entries("rules", "rules", RuleKind, texts)
        outline = self.outline(edition, changes, texts)
        theme = self.theme(edition)
        self.stop_on_errors()
        assert outline is not None
        assert theme is not None
        narrative = self.narrative(edition, outline, severity)
        patterns = {language: self.patterns(language) for language in edition.languages}
        geometry = self.geometry(country)
        messages = self.messages()
        self.check_edition(edition, {s.id for s in sources}, {i.id for i in indicators})
        self.check_collect(edition, country, sources, {i.id for i in indicators})
        self.stop_on_errors()
        project = Project(
            root=self.root,
            edition=edition,
            country=country,
            catalogue={i.id: i for i in indicators},
            codelists=codelists,
            outline=outline,
            locales=locales,
            narrative=narrative,
            patterns=patterns,
            sources={s.id: s for s in sources},
            glossary=tuple(t for t in glossary if not t.countries or country.code in t.countries),
            theme=theme,
            geometry=geometry,
            messages=messages,
            inputs=self.files.inputs,
            rules={r.id: r for r in rules},
        )
        return project, unique(self.findings)

    # Files

    def yaml(self, path: Path) -> Tree:
        """The tree of a file; shipped Portuguese texts respelt for countries that keep the former orthography."""
        label = self.files.label(path)
        parsed = parse_yaml(self.files.read(path), label)
        self.findings.extend(parsed.findings)
        if label.startswith("shipped:"):
            respell_tree(parsed.tree, self.lexicon)
        return parsed.tree

    def map_of(self, path: Path) -> Map | None:
        """The tree of a file that must be a map; None when it is broken or not there."""
        if not path.is_file():
            return None
        tree = self.yaml(path)
        if tree is None or isinstance(tree, Map):
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
        values = [self.checked(kind, entry, at) for entry, at in zip(merged, merged.at, strict=True)]
        return [v for v in values if v is not None]

    def repeated(self, entries: Seq) -> None:
        seen: dict[str, Line] = {}
        for entry, at in zip(entries, entries.at, strict=True):
            name = str(entry.get("id", "")) if isinstance(entry, Map) else ""
            if name in seen:
                self.error("repeated-id", place(at), name=name, first=f"{seen[name][0]}:{seen[name][1]}")
            elif name:
                seen[name] = at

    # Parts

    def edition(self, languages: tuple[str, ...]) -> tuple[Edition, Map]:
        path = self.root / "bulletin.yaml"
        if not path.is_file():
            raise ConfigError(
                [Finding("no-project", Severity.ERROR, Place("bulletin.yaml"), parameters={"name": self.root.name})]
            )
        tree = self.map_of(path)
        self.stop_on_errors()
        if tree is None:
            raise ConfigError(
                [Finding("no-project", Severity.ERROR, Place("bulletin.yaml"), parameters={"name": self.root.name})]
            )
        changes, values = Map(tree.own), Map(tree.own)
        for key, value in tree.items():
            (changes if key in CHANGE_KEYS else values).put(key, value, tree.at[key])
        top = ("bulletin.yaml", 1)
        edition = self.checked(Edition, values, top)
        self.checked(Changes, changes, top)
        self.stop_on_errors()
        assert edition is not None
        known = sorted(p.stem for p in (self.config / "languages").glob("*.yaml"))
        at = place(values.at["languages"], "languages")
        for language in (*edition.languages, *languages):
            if language not in known:
                self.error("unknown-language", at, name=language, known=", ".join(known))
        if not edition.languages:
            self.error("config-wrong-length", at, count=1)
        for language in languages:
            if language in known and language not in edition.languages:
                self.error("language-not-in-edition", at, name=language, known=", ".join(edition.languages))
        for key in ("id", "theme", "outline"):
            name = str(getattr(edition, key))
            if not is_safe_name(name):
                self.error("unsafe-name", place(values.at.get(key, top), key), name=name[:60])
        if edition.years.first > edition.years.last:
            self.error("years-reversed", place(values.at["years"]), first=edition.years.first, last=edition.years.last)
        if not _is_date(edition.release_date):
            self.error("not-a-date", place(values.at["release_date"], "release_date"), found=edition.release_date[:40])
        self.stop_on_errors()
        severity = Severity.WARNING if edition.status == "draft" else Severity.ERROR
        wanted = tuple(lang for lang in edition.languages if not languages or lang in languages)
        self.findings.extend(missing_texts(values, wanted, frozenset(known), severity))
        return replace(edition, languages=wanted), changes

    def country(self, edition: Edition) -> tuple[Country, Tree]:
        code = edition.country.lower()
        known = sorted(p.stem for p in (self.config / "countries").glob("*.yaml"))
        own = self.map_of(self.root / "config" / "country.yaml")
        shipped_tree = self.map_of(self.config / "countries" / f"{code}.yaml") if code in known else None
        if shipped_tree is None and own is None:
            self.stop_on_errors()
            self.error(
                "unknown-country", Place("bulletin.yaml", column="country"), country=edition.country, known=", ".join(known)
            )
            raise ConfigError(unique(self.findings))
        tree = laid_over(shipped_tree, own) if shipped_tree is not None and own is not None else own or shipped_tree
        line = tree.own if isinstance(tree, Map) else ("", 0)
        country = self.checked(Country, tree, line)
        self.stop_on_errors()
        assert country is not None
        for key in unknown_style(country):
            self.error("config-unknown-key", place(line, "style"), name=key, nearest="decimal")
        return country, tree

    def read_lexicon(self) -> Lexicon:
        tree = self.map_of(self.config / "orthography.yaml")
        pairs = tree.get("pairs") if tree is not None else None
        if not isinstance(pairs, Seq):
            return {}
        return {str(p[0]).lower(): str(p[1]) for p in pairs if isinstance(p, Seq) and len(p) == 2}

    def signs(self, edition: Edition, country: Country, texts: Any) -> Mapping[str, str]:
        """Meaning to sign, of the edition's preset laid over `default`."""
        presets = {p.id: p for p in self.entries("signs", "presets", SignPreset, texts)}
        name = edition.signs or country.signs
        if name not in presets:
            at = Place("bulletin.yaml", column="signs")
            self.error("unknown-signs", at, name=name[:60], known=", ".join(sorted(presets)))
            return presets["default"].signs
        return {**presets["default"].signs, **presets[name].signs}

    def check_signs(self, locale: Locale) -> None:
        for rule, sign, meaning in faults_of(locale.signs):
            self.error(rule, Place("config/signs.yaml"), sign=sign[:20], meaning=meaning, known=", ".join(MEANINGS))

    def locales(self, edition: Edition, country: Country, signs: Mapping[str, str]) -> Mapping[str, Locale]:
        locales: dict[str, Locale] = {}
        for language in edition.languages:
            below = self.map_of(self.config / "languages" / f"{language}.yaml")
            above = self.map_of(self.root / "config" / "languages" / f"{language}.yaml")
            if below is None:
                continue
            if language == LANGUAGE:
                respell_tree(below, self.lexicon, inside=True)
            tree = below
            if above is not None:
                tree = laid_over_by_key(below, above)
            if "language" not in tree:
                tree.put("language", language, tree.own)
            pack = self.checked(LanguagePack, tree, tree.own)
            if pack is not None:
                locales[language] = make_locale(pack, country, signs)
                self.check_signs(locales[language])
        return locales

    def codelists(self, country: Country, texts: Any) -> Mapping[str, CodeList]:
        merged: dict[str, Map] = {}
        found = self.both("codelists")
        special = self.map_of(self.config / "countries" / "codelists" / f"{country.code.lower()}.yaml")
        trees = [t for t, own in found if not own] + ([special] if special else []) + [t for t, own in found if own]
        for tree in trees:
            for name, value in tree.items():
                if not isinstance(value, Map):
                    self.error("config-not-map", place(tree.at[name], name), found="")
                    continue
                codes = value.get("codes")
                if isinstance(codes, Seq):
                    self.repeated(codes)
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
            texts(tree_)
            file = self.checked(CodeListFile, tree_, tree_.own)
            if file is not None:
                lists[name.lower()] = CodeList(name, file.label, file.codes)
        area = lists.pop("area", None)
        places = tuple(Code(p.code, p.name, short=p.inside) for p in (country.place, *country.subdivisions))
        others = tuple(c for c in area.codes if c.id not in {p.id for p in places}) if area else ()
        label = area.label if area else {}
        lists["ref_area"] = CodeList("AREA", label, (*places, *others))
        return lists

    def outline(self, edition: Edition, changes: Map, texts: Any) -> Outline | None:
        folder = self.config / "outlines" / edition.outline
        own = self.root / "config" / "outlines" / edition.outline
        if own.is_dir():
            folder = own
        paths = sorted(folder.glob("*.yaml"))
        known = sorted(p.name for p in (self.config / "outlines").glob("*") if p.is_dir())
        if not paths:
            self.error("unknown-outline", Place("bulletin.yaml", column="outline"), name=edition.outline, known=", ".join(known))
            return None
        head: OutlineHead | None = None
        chapters: dict[str, tuple[Tree, Line]] = {}
        for path in paths:
            tree = self.map_of(path)
            if tree is None:
                continue
            if "order" in tree:
                texts(tree)
                head = self.checked(OutlineHead, tree, tree.own)
            else:
                chapters[str(tree.get("chapter"))] = (tree, tree.own)
        if head is None:
            self.stop_on_errors()
            self.error("outline-without-order", Place(self.files.label(folder)))
            return None
        ordered = Seq(("bulletin.yaml", 1))
        for name in head.order:
            if name in chapters:
                ordered.put(*chapters.pop(name))
            else:
                where = Place(self.files.label(folder), column="order")
                self.error("unknown-id", where, name=name, nearest=nearest(name, chapters) or "?")
        for name, (_, line) in chapters.items():
            self.findings.append(Finding("chapter-not-in-order", Severity.WARNING, place(line), parameters={"name": name}))
        self.findings.extend(apply_changes(ordered, changes))
        self.findings.extend(repeated_ids(ordered))
        texts(ordered)
        specs = [self.checked(ChapterSpec, chapter, line) for chapter, line in zip(ordered, ordered.at, strict=True)]
        return Outline(
            head.id,
            edition.title or head.title,
            edition.subtitle or head.subtitle,
            tuple(s for s in specs if s is not None),
        )

    def theme(self, edition: Edition) -> Theme | None:
        own = self.root / "config" / "themes" / f"{edition.theme}.yaml"
        path = own if own.is_file() else self.config / "themes" / f"{edition.theme}.yaml"
        tree = self.map_of(path)
        if tree is None:
            known = ", ".join(sorted(p.stem for p in (self.config / "themes").glob("*.yaml")))
            self.error("unknown-theme", Place("bulletin.yaml", column="theme"), name=edition.theme, known=known)
            return None
        return self.checked(Theme, tree, tree.own)

    def narrative(
        self, edition: Edition, outline: Outline, severity: Severity
    ) -> Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]:
        texts: dict[str, dict[str, tuple[ParagraphTemplate, ...]]] = {lang: {} for lang in edition.languages}
        ids = {c.chapter for c in outline.chapters}
        for language in edition.languages:
            for chapter in outline.chapters:
                own_path = self.root / "text" / language / f"{chapter.chapter}.md"
                below = self.paragraphs_of(self.templates / language / f"{chapter.chapter}.md", own=False)
                texts[language][chapter.chapter] = laid_over_paragraphs(
                    below, self.paragraphs_of(own_path, own=True, waiting=severity)
                )
            for path in sorted((self.root / "text" / language).glob("*.md")):
                if path.stem not in ids:
                    where = Place(self.files.label(path))
                    self.error("unknown-chapter-text", where, name=path.stem, nearest=nearest(path.stem, ids) or "?")
        for chapter in outline.chapters:
            per = {language: texts[language][chapter.chapter] for language in edition.languages}
            everything = {p.id: p for paragraphs_ in per.values() for p in paragraphs_}
            wants_text = any(isinstance(i, TextSpec | BoxSpec) for s in chapter.sections for i in s.items)
            if not everything and wants_text:
                where = Place(f"text/{edition.languages[0]}/{chapter.chapter}.md")
                self.findings.append(
                    Finding(
                        "missing-narrative", Severity.WARNING, where, key=chapter.chapter, parameters={"chapter": chapter.chapter}
                    )
                )
            for language, paragraphs_ in per.items():
                have = {p.id for p in paragraphs_}
                for name, paragraph in everything.items():
                    if name not in have:
                        self.findings.append(
                            Finding(
                                "missing-paragraph",
                                severity,
                                paragraph.place,
                                key=f"{chapter.chapter}/{name}@{language}",
                                parameters={"language": language, "name": name, "file": f"text/{language}/{chapter.chapter}.md"},
                            )
                        )
        return texts

    def paragraphs_of(self, path: Path, *, own: bool, waiting: Severity = Severity.ERROR) -> tuple[ParagraphTemplate, ...]:
        """`waiting`: how grave it is that a paragraph of an earlier edition has not been confirmed."""
        if not path.is_file():
            return ()
        lexicon = self.lexicon if not own and path.parent.name == LANGUAGE else {}
        found, findings = paragraphs(self.files.read(path), self.files.label(path), own=own, lexicon=lexicon)
        self.findings.extend(findings)
        carried = [p for p in found if p.unconfirmed]
        if carried:
            key = f"{path.stem}@{path.parent.name}"
            parameters: dict[str, Parameter] = {"count": len(carried), "first": carried[0].id, "edition": carried[0].unconfirmed}
            self.findings.append(Finding("text-unconfirmed", waiting, carried[0].place, key, parameters))
        return found

    def patterns(self, language: str) -> str:
        path = self.templates / language / "patterns.md.j2"
        if not path.is_file():
            return ""
        text = self.files.read(path).decode("utf-8")
        return respelt_template(text, self.lexicon) if language == LANGUAGE else text

    def geometry(self, country: Country) -> Geometry | None:
        if not country.geometry:
            return None
        where = Place(f"config/geo/{country.geometry}")
        if not is_safe_name(country.geometry):
            self.error("unsafe-name", where, name=country.geometry[:60])
            return None
        own = self.root / "config" / "geo" / country.geometry
        path = own if own.is_file() else self.config / "geo" / country.geometry
        if not path.is_file():
            self.error("file-missing", where)
            return None
        try:
            geometry = read_geometry(self.files.read(path), country.geometry_vintage)
        except ValueError:
            self.error("geometry-unreadable", Place(self.files.label(path)))
            return None
        return geometry

    def messages(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        for path in sorted((self.config / "messages").glob("*.yaml")):
            tree = self.map_of(path)
            found[path.stem] = {key: str(value) for key, value in (tree or {}).items()}
        return found

    def check_edition(self, edition: Edition, sources: set[str], indicators: set[str]) -> None:
        """Names in bulletin.yaml that must exist elsewhere."""
        where = Place("bulletin.yaml", column="prefer")
        for preference in edition.prefer:
            if preference.indicator not in indicators and preference.indicator != "*":
                near = nearest(preference.indicator, indicators) or "?"
                self.error("unknown-indicator", where, name=preference.indicator, nearest=near)
            for source in preference.order:
                if source not in sources:
                    self.error("unknown-source", where, name=source, nearest=nearest(source, sources) or "?")
        where = Place("bulletin.yaml", column="denominators")
        for indicator, source in edition.denominators.items():
            if indicator not in indicators:
                self.error("unknown-indicator", where, name=indicator, nearest=nearest(indicator, indicators) or "?")
            if source not in sources:
                self.error("unknown-source", where, name=source, nearest=nearest(source, sources) or "?")

    def check_collect(self, edition: Edition, country: Country, sources: Sequence[SourceRef], indicators: set[str]) -> None:
        """Institutions, dates and names under `collect:`."""
        where = Place("bulletin.yaml", column="collect")
        known = {n.casefold(): n for i in country.institutions for n in (i.id, i.acronym)}
        known |= {s.institution.casefold(): s.institution for s in sources if s.institution}
        for wanted in edition.collect:
            if wanted.institution.casefold() not in known:
                near = nearest(wanted.institution, known.values()) or "?"
                self.error("unknown-institution", where, name=wanted.institution, nearest=near)
            if wanted.due and not _is_date(wanted.due):
                self.error("not-a-date", where, found=wanted.due[:40])
            if wanted.source and wanted.source not in {s.id for s in sources}:
                near = nearest(wanted.source, [s.id for s in sources]) or "?"
                self.error("unknown-source", where, name=wanted.source, nearest=near)
            for name in (n for supply in wanted.supplies for n in supply.indicators):
                stem = name.removesuffix("*")
                if not any(i == name or (stem != name and i.startswith(stem)) for i in indicators):
                    self.error("unknown-indicator", where, name=name, nearest=nearest(stem, indicators) or "?")


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
